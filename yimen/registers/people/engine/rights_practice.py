"""How soon a resident's request about her own data is answered (权利请求答复期限)."""

from datetime import date

from pydantic import Field

from yimen.foundations.definitions.api import Grammar, current, working_calendar

KIND, STANDARD = "rights_practice", "standard"


class RightsPractice(Grammar):
    """The period of an answer (答复期限), by working days."""

    labels = {"working_days": "答复期限（工作日）", "source": "依据"}

    working_days: int = Field(ge=1, le=30)
    source: str = Field(min_length=4)


def answer_due(*, on: date) -> date:
    """By which day a request received on a day is answered (答复期限)."""
    practice = current(KIND, STANDARD, on=on).body
    return working_calendar(on=on).add_working_days(on, practice.working_days).day
