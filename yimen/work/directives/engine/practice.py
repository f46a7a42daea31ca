"""How a street urges (督办规矩)."""

from datetime import date

from pydantic import Field

from yimen.foundations.definitions.api import Grammar, current, working_calendar
from yimen.work.directives.choices import DirectiveKind

KIND, KEY = "directive_practice", "standard"


class DirectivePractice(Grammar):
    """Within how many working days one usually answers, and how many days before it one is reminded (督办规矩)."""

    labels = {
        "urge_working_days": "督办一般几个工作日内答复",
        "remark_working_days": "批示一般几个工作日内答复",
        "remind_days": "到期前几天提醒",
        "source": "依据",
    }

    urge_working_days: int = Field(ge=0, le=60)
    remark_working_days: int = Field(ge=0, le=60)
    remind_days: int = Field(ge=0, le=30)
    source: str = Field(min_length=2)

    def working_days(self, kind: str) -> int:
        return self.remark_working_days if kind == DirectiveKind.REMARK else self.urge_working_days


def practice(*, on: date) -> DirectivePractice:
    """The practice in force on a day (现行规矩)."""
    return current(KIND, KEY, on=on).body


def usual_day(kind: str, *, on: date) -> date:
    """By which day one usually answers what is given on a day (一般期限)."""
    return working_calendar(on=on).add_working_days(on, practice(on=on).working_days(kind)).day
