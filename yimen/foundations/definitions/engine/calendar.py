"""The grammars of the calendar: what the State Council announces, and the statutory days (放假安排、法定节假日)."""

from datetime import date, timedelta
from typing import Self

from pydantic import Field, model_validator

from yimen.foundations.definitions.rules.grammar import Grammar


class Notice(Grammar):
    """The notice a calendar rests on (依据)."""

    labels = {
        "title": "文件",
        "number": "文号",
        "published_on": "发布日期",
        "site": "发布机关网站",
        "path": "网页",
    }

    title: str
    number: str = ""
    published_on: date | None = None
    site: str = ""
    path: str = ""

    @property
    def line(self) -> str:
        return "，".join(part for part in (self.title, self.number) if part)


class Holiday(Grammar):
    """One holiday (节日): days off from ``first`` to ``last`` and the make-up working days (调休上班) that go with it."""

    labels = {
        "name": "节日",
        "first": "放假第一天",
        "last": "放假最后一天",
        "made_up": "调休上班",
    }

    name: str
    first: date
    last: date
    made_up: tuple[date, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"「{self.name}」的最后一天早于第一天")
        if any(self.first <= day <= self.last for day in self.made_up):
            raise ValueError(f"「{self.name}」的调休上班日落在放假期间")
        if any(day.weekday() < 5 for day in self.made_up):
            raise ValueError(f"「{self.name}」的调休上班日本来就是工作日")
        return self

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=step) for step in range((self.last - self.first).days + 1))


class YearGrammar(Grammar):
    """The announced calendar of one year (年度放假安排)."""

    labels = {
        "year": "年份",
        "notice": "依据",
        "holidays": "放假",
    }

    year: int = Field(ge=2000, le=2100)
    notice: Notice
    holidays: tuple[Holiday, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _of_the_year(self) -> Self:
        far = [
            day
            for day in (*self.days_off, *self.days_made_up)
            if not date(self.year - 1, 12, 1) <= day <= date(self.year + 1, 1, 31)
        ]
        if far:
            raise ValueError(f"{far[0]} 不在 {self.year} 年放假安排的范围内")
        return self

    @property
    def days_off(self) -> frozenset[date]:
        return frozenset(day for holiday in self.holidays for day in holiday.days)

    @property
    def days_made_up(self) -> frozenset[date]:
        return frozenset(day for holiday in self.holidays for day in holiday.made_up)


class StatutoryYear(Grammar):
    """The statutory days of one year, holiday by holiday."""

    labels = {
        "year": "年份",
        "days": "法定节假日",
    }

    year: int = Field(ge=2000, le=2100)
    days: dict[str, tuple[date, ...]] = Field(min_length=1)

    @model_validator(mode="after")
    def _of_the_year(self) -> Self:
        strange = [day for days in self.days.values() for day in days if day.year != self.year]
        if strange:
            raise ValueError(f"{strange[0]} 不在 {self.year} 年")
        return self


class StatutoryGrammar(Grammar):
    """The statutory days (法定节假日) for years that are not announced yet."""

    labels = {
        "notice": "依据",
        "years": "各年",
    }

    notice: Notice
    years: tuple[StatutoryYear, ...] = Field(min_length=1)

    @property
    def by_year(self) -> dict[int, frozenset[date]]:
        return {one.year: frozenset(day for days in one.days.values() for day in days) for one in self.years}
