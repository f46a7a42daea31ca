"""Telephones as they are kept."""

from yimen.kernel.text import clean_line
from yimen.standards.phone import Phone, parse_phone

LONGEST = 40


def kept_phone(typed: str) -> str:
    """A telephone as it is kept; what cannot be read is kept as it was said, for no number may block a case."""
    read = parse_phone(typed) if typed else None
    return str(read) if isinstance(read, Phone) else clean_line(typed)[:LONGEST]
