"""The kinds of care data (专项), as definitions: what they are called, and by what right they are recorded."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Definition, Grammar, current_all, find_current
from yimen.services.care.rules import why_not_offered

KIND = "care_kind"


class CareKind(Grammar):
    """One kind of care data (专项). ``rests_on`` is her separate consent, or a law that asks for the record.

    It is offered to who is at least ``age_from`` and at most ``age_to`` full years old (周岁); nothing said is everybody.
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
        "order": "排列",
    }

    title: str = Field(min_length=2, max_length=20)
    rests_on: Literal["consent", "law"]
    basis: str = Field(min_length=4, max_length=200)
    notice: str = Field(min_length=10, max_length=200)
    age_from: int | None = Field(default=None, ge=0, le=150)
    age_to: int | None = Field(default=None, ge=0, le=150)
    order: int = 50

    @model_validator(mode="after")
    def _somebody_fits(self) -> Self:
        if self.age_from is not None and self.age_to is not None and self.age_from > self.age_to:
            raise ValueError("“从几周岁”大于“到几周岁”，没有人合适")
        return self


def care_kinds(*, on: date) -> list[Definition]:
    """The kinds in force, in order."""
    return sorted(current_all(KIND, on=on), key=lambda one: (one.body.order, one.key))


def care_kind(key: str, *, on: date) -> CareKind | None:
    """One of them."""
    found = find_current(KIND, key, on=on)
    return found.body if found else None


def run_care_kind_example(kind: CareKind, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """Is it offered at this ``age``?"""
    found = why_not_offered(age_from=kind.age_from, age_to=kind.age_to, age=given["age"])
    return {"offered": found is None}
