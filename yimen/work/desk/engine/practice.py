"""The practice in force (办件规矩)."""

from datetime import date

from yimen.foundations.definitions.api import current
from yimen.work.desk.engine.grammar import Practice

KEY = "standard"


def practice(*, on: date) -> Practice:
    """How the work is watched over on a day."""
    return current("practice", KEY, on=on).body
