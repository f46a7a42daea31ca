"""What a list may be (名单任务规矩)."""

from datetime import date

from pydantic import Field

from yimen.foundations.definitions.api import Grammar, current

KIND, KEY, RETENTION = "list_practice", "standard", "namelists_rows"


class ListPractice(Grammar):
    """How many rows one list has at most (名单任务规矩)."""

    labels = {"most_rows": "一张名单最多多少行", "source": "依据"}

    most_rows: int = Field(ge=1, le=5000)
    source: str = Field(min_length=2)


def practice(*, on: date) -> ListPractice:
    """The practice in force on a day (现行规矩)."""
    return current(KIND, KEY, on=on).body


def keep_years(*, on: date) -> int:
    """How many years after its end the rows of a list are kept (名单保存年限)."""
    return current("retention", RETENTION, on=on).body.years
