"""How long rows of one kind are kept (保存期限), as data."""

from datetime import date, timedelta
from typing import Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar, current

KIND = "retention"


class Term(Grammar):
    """The term of one kind of rows (保存期限): so long after what ``since`` says."""

    labels = {
        "title": "清除什么",
        "years": "年",
        "days": "天",
        "since": "从哪天起算",
        "does": "到期怎么办",
        "does.delete": "删除",
        "does.empty": "抹去能认出人的内容，留下计数用的",
        "source": "依据",
    }

    title: str = Field(min_length=2, max_length=40)
    years: int = Field(default=0, ge=0, le=100)
    days: int = Field(default=0, ge=0, le=3660)
    since: str = Field(min_length=2, max_length=40)
    does: Literal["delete", "empty"]
    source: str = Field(min_length=4)

    @model_validator(mode="after")
    def _lasts(self) -> "Term":
        if not self.years and not self.days:
            raise ValueError("写明保存多久：years 或 days")
        return self

    def before(self, on: date) -> date:
        """Whatever began before this day is past its term on ``on``."""
        # Of a leap day the day before the first of March: the term is full a day later rather than a day too soon.
        day = 28 if (on.month, on.day) == (2, 29) else on.day
        return on.replace(year=on.year - self.years, day=day) - timedelta(days=self.days)

    @property
    def in_words(self) -> str:
        """三年 in figures: 3 年 90 天."""
        return " ".join(f"{count} {unit}" for count, unit in ((self.years, "年"), (self.days, "天")) if count)


def term_of(key: str, *, on: date) -> Term:
    """The term in force on a day."""
    return current(KIND, key, on=on).body
