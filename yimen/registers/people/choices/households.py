"""Relation to the householder (与户主关系), GB/T 4761-2008."""

from yimen.standards.household_relation import HOUSEHOLD_RELATION

HOUSEHOLDER = "02"
ROLES = {entry.code: entry.label for entry in HOUSEHOLD_RELATION.entries}

# Those who may be called for a parent (找子女): sons, daughters and who married them.
CHILD_ROLES = frozenset(code for code in ROLES if code[0] in "23")


def role_label(code: str) -> str:
    """The Chinese word for a role; an unknown code is shown as it is."""
    return ROLES.get(code, code)
