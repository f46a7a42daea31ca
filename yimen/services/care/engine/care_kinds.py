"""The kinds of care data (专项), as definitions: what they are called, and by what right they are recorded."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Definition, Grammar, current_all, find_current
from yimen.services.care.rules import must_report, why_not_offered

KIND = "care_kind"


class CareKind(Grammar):
    """One kind of care data (专项). ``rests_on`` is her separate consent, or a law that asks for the record.

    It is offered to who is at least ``age_from`` and at most ``age_to`` full years old (周岁); nothing said is everybody.
    ``ages_source`` says who says so. Who gives it to somebody younger than ``report_below`` reads ``report``: what must be
    reported to the police, by which law (强制报告).
    """

    labels = {
        "title": "名称",
        "rests_on": "依据",
        "rests_on.consent": "本人单独同意",
        "rests_on.law": "法律要求记录",
        "basis": "法律依据",
        "notice": "告知内容",
        "age_from": "从几周岁",
        "age_to": "到几周岁（含）",
        "ages_source": "年龄的出处",
        "report_below": "不满几周岁提示报告",
        "report": "提示报告什么",
        "order": "排列",
    }

    title: str = Field(min_length=2, max_length=20)
    rests_on: Literal["consent", "law"]
    basis: str = Field(min_length=4, max_length=200)
    notice: str = Field(min_length=10, max_length=200)
    age_from: int | None = Field(default=None, ge=0, le=150)
    age_to: int | None = Field(default=None, ge=0, le=150)
    ages_source: str = Field(default="", max_length=200)
    report_below: int | None = Field(default=None, ge=1, le=18)
    report: str = Field(default="", max_length=200)
    order: int = 50

    @model_validator(mode="after")
    def _somebody_fits(self) -> Self:
        if self.age_from is not None and self.age_to is not None and self.age_from > self.age_to:
            raise ValueError("“从几周岁”大于“到几周岁”，没有人合适")
        if (self.report_below is None) != (not self.report):
            raise ValueError("“不满几周岁提示报告”和“提示报告什么”要一起写")
        return self


def care_kinds(*, on: date) -> list[Definition]:
    """The kinds in force, in order."""
    return sorted(current_all(KIND, on=on), key=lambda one: (one.body.order, one.key))


def care_kind(key: str, *, on: date) -> CareKind | None:
    """One of them."""
    found = find_current(KIND, key, on=on)
    return found.body if found else None


def run_care_kind_example(kind: CareKind, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """Is it offered at this ``age``, and is who gives it told of the duty to report?"""
    found = why_not_offered(age_from=kind.age_from, age_to=kind.age_to, age=given["age"])
    told = must_report(report_below=kind.report_below, age=given["age"])
    return {"offered": found is None, "must_report": told}
