"""The verbs of people: the only writers."""
