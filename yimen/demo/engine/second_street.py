"""The second street: a few people and cases, every text and number of which carries a mark that must never be seen elsewhere."""

# Whoever belongs to the first street must not find these on any page, part, export, error or header.
CANARY_DIGITS = "739184"
CANARY = f"异街暗记{CANARY_DIGITS}"
CANARY_FEN = int(CANARY_DIGITS)
PHONES = f"154{CANARY_DIGITS}"
PEOPLE = {"330212008001": 40, "330212008002": 10, "330212008003": 8}
