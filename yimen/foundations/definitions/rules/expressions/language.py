"""What belongs to the expression language, and its limits."""

LONGEST = 500  # characters
DEEPEST = 12  # parentheses, lists, calls and choices within each other
MOST_PARTS = 200  # names, values and operators
LONGEST_LIST = 200

FUNCTIONS = {"size", "has"}
METHODS = {"startsWith", "endsWith", "contains"}
LOOPS = {"exists", "all", "filter"}


class BadExpression(ValueError):
    """An expression cannot be used; the message is the Chinese sentence."""
