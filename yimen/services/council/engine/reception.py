"""When people are received (接待日): the grammar of the rule, and the day it makes of a month."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar, find_nearest, working_calendar
from yimen.kernel.periods import Month
from yimen.services.council.rules import reception_day_of

KIND = "reception_rule"


class ReceptionRule(Grammar):
    """The monthly reception day of an area (接待日规矩). The key is the area code, or ``default``."""

    labels = {
        "title": "名称",
        "day_of_month": "每月几日",
        "on_rest_day": "遇休息日",
        "opens": "开始",
        "closes": "结束",
        "source": "依据",
    }

    title: str = Field(min_length=2, max_length=40)
    day_of_month: int = Field(ge=1, le=28)
    on_rest_day: Literal["same", "next"] = "next"
    opens: time
    closes: time
    source: str = Field(min_length=2)

    @model_validator(mode="after")
    def _forwards(self):
        if self.opens >= self.closes:
            raise ValueError("结束要晚于开始")
        return self

    def day_in(self, month: Month, *, on: date) -> date:
        """The reception day of a month, as the calendar known on ``on`` has it."""
        day = month.first_day.replace(day=self.day_of_month)
        later = working_calendar(on=on).working_day_on_or_after(day).day
        return reception_day_of(day, working_day=later, on_rest_day=self.on_rest_day)


def rule_for(area: str, *, on: date) -> ReceptionRule | None:
    """The rule that holds for an area (接待日规矩), or None where there is none."""
    found = find_nearest(KIND, area, on=on)
    return found.body if found else None


def next_reception_day(area: str, *, on: date) -> date | None:
    """The next reception day from ``on`` (下一个接待日), that day included."""
    rule = rule_for(area, on=on)
    if rule is None:
        return None
    month = Month.of(on)
    days = (rule.day_in(each, on=on) for each in (month, month.next()))
    return next(day for day in days if day >= on)


def run_reception_example(
    rule: ReceptionRule, given: Mapping[str, Any], on: date | None
) -> Mapping[str, Any]:
    """The day that a month gets."""
    year, month = map(int, given["month"].split("-"))
    day = date(year, month, 1)
    return {"day": rule.day_in(Month.of(day), on=on or day).isoformat()}
