"""The kinds of care data (专项), as definitions: what they are called, and by what right they are recorded."""

from datetime import date
from typing import Literal

from pydantic import Field

from yimen.foundations.definitions.api import Definition, Grammar, current_all, find_current

KIND = "care_kind"


class CareKind(Grammar):
    """One kind of care data (专项). ``rests_on`` is her separate consent, or a law that asks for the record."""

    labels = {
        "title": "名称",
        "rests_on": "依据",
        "rests_on.consent": "本人单独同意",
        "rests_on.law": "法律要求记录",
        "basis": "法律依据",
        "notice": "告知内容",
        "order": "排列",
    }

    title: str = Field(min_length=2, max_length=20)
    rests_on: Literal["consent", "law"]
    basis: str = Field(min_length=4, max_length=200)
    notice: str = Field(min_length=10, max_length=200)
    order: int = 50


def care_kinds(*, on: date) -> list[Definition]:
    """The kinds in force, in order."""
    return sorted(current_all(KIND, on=on), key=lambda one: (one.body.order, one.key))


def care_kind(key: str, *, on: date) -> CareKind | None:
    """One of them."""
    found = find_current(KIND, key, on=on)
    return found.body if found else None
