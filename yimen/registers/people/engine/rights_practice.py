"""How residents' rights over their own data are served (权利请求): until when answered, how long a page of one's own is good."""

from datetime import date

from pydantic import Field

from yimen.foundations.definitions.api import Grammar, current, working_calendar

KIND, STANDARD = "rights_practice", "standard"


class RightsPractice(Grammar):
    """The period of an answer (答复期限), by working days; how long a slip and the page it opens are good (凭条、本人页面)."""

    labels = {
        "working_days": "答复期限（工作日）",
        "slip_minutes": "本人页面的凭条有效（分钟）",
        "page_days": "本人页面在一部手机上有效（天）",
        "most_open": "一个人最多几个请求同时待答复",
        "source": "依据",
    }

    working_days: int = Field(ge=1, le=30)
    slip_minutes: int = Field(default=30, ge=5, le=24 * 60)
    page_days: int = Field(default=30, ge=1, le=180)
    most_open: int = Field(default=10, ge=1, le=100)
    source: str = Field(min_length=4)


def practice_on(on: date) -> RightsPractice:
    """How rights are served on a day (权利请求办理规定)."""
    return current(KIND, STANDARD, on=on).body


def answer_due(*, on: date) -> date:
    """By which day a request received on a day is answered (答复期限)."""
    return working_calendar(on=on).add_working_days(on, practice_on(on).working_days).day
