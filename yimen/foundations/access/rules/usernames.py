"""The shape of a login name (登录名)."""

from yimen.kernel.text import narrow

SHORTEST = 2
LONGEST = 40


def as_username(typed: str) -> str:
    """A login name as it is kept and compared: half-width, small letters, however the input method wrote it."""
    return narrow(typed).lower()


def is_username(name: str) -> bool:
    """May this be a login name: 2 to 40 characters without blanks?"""
    return SHORTEST <= len(name) <= LONGEST and len(name.split()) == 1
