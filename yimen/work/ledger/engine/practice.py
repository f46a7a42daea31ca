"""The practice of the ledger (台账规矩): how late a deed may be entered, how long a slip may be taken back."""

from datetime import date

from pydantic import Field

from yimen.foundations.definitions.api import Grammar, current
from yimen.kernel.findings import Finding
from yimen.work.ledger.rules import why_not_late

KIND, KEY = "ledger_practice", "standard"


class LedgerPractice(Grammar):
    """How a street keeps its ledger (台账规矩)."""

    labels = {
        "late_free_days": "几天内补录不用写原因",
        "undo_minutes": "随手记几分钟内可以自己撤回",
        "source": "依据",
    }

    late_free_days: int = Field(ge=0, le=92)
    undo_minutes: int = Field(ge=0, le=1440)
    source: str = Field(min_length=2)


def practice(*, on: date) -> LedgerPractice:
    """The practice in force on a day."""
    return current(KIND, KEY, on=on).body


def late_finding(*, happened_on: date, today: date, reason: str) -> Finding | None:
    """Why a deed of that day cannot be entered today (补录): it lies ahead, or too far back and nobody says why."""
    return why_not_late(
        happened_on=happened_on, today=today, reason=reason, free_days=practice(on=today).late_free_days
    )
