"""The practice of duties (待办规矩)."""

from datetime import date

from pydantic import Field

from yimen.foundations.definitions.api import Grammar, current

KIND, KEY = "duty_practice", "standard"


class DutyPractice(Grammar):
    """How far a duty may be put off, and which words its title must not show (待办规矩)."""

    labels = {
        "put_off_most_days": "一次最多推迟几天",
        "unfit_words": "标题里不能出现的词",
        "source": "依据",
    }

    put_off_most_days: int = Field(ge=1, le=366)
    unfit_words: tuple[str, ...] = ()
    source: str = Field(min_length=2)


def practice(*, on: date) -> DutyPractice:
    """The practice in force on a day."""
    return current(KIND, KEY, on=on).body
