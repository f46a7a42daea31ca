"""What the words of a heading mean (表头词): one definition for each fact that can be filled by itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar, current_all
from yimen.foundations.forms.ports import prefill_sources
from yimen.steering.returns.rules import Shape, fold_heading, shown_as


class Heading(Grammar):
    """A fact that tables ask for: the words they use for it, and where it is known."""

    labels = {
        "title": "名称",
        "words": "表头的写法",
        "shape": "内容形式",
        "shape.text": "文字",
        "shape.date": "日期",
        "shape.month": "年月",
        "shape.number": "数字",
        "shape.id_number": "证件号码",
        "shape.phone": "电话",
        "fact": "取自（预填项目）",
        "items": "取自台账项目",
        "measure": "台账怎么算",
        "measure.last_day": "最近一次的日期",
        "measure.times_this_year": "今年的次数",
        "measure.times_this_month": "本月的次数",
        "permission": "要有的权限",
        "order": "顺序",
    }

    title: str = Field(min_length=1, max_length=30)
    words: tuple[str, ...] = Field(min_length=1)
    shape: Literal["text", "date", "month", "number", "id_number", "phone"] = "text"
    fact: str = Field(default="", pattern=r"^([a-z_]+\.[a-z_]+)?$")
    items: tuple[str, ...] = ()
    measure: Literal["", "last_day", "times_this_year", "times_this_month"] = ""
    permission: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$")
    order: int = 100

    @model_validator(mode="after")
    def _comes_from_one_place(self) -> "Heading":
        if bool(self.fact) == bool(self.items) or bool(self.items) != bool(self.measure):
            raise ValueError("写明取自哪里：要么一个预填项目（fact），要么台账项目和算法（items、measure）")
        return self


def headings(*, on: date) -> dict[str, Heading]:
    """All headings in force, by key, in their order."""
    found = sorted(current_all("heading", on=on), key=lambda one: (one.body.order, one.key))
    return {one.key: one.body for one in found}


def words_of(known: Mapping[str, Heading]) -> dict[str, str]:
    """Folded word → key of the heading it stands for."""
    return {fold_heading(word): key for key, body in known.items() for word in (body.title, *body.words)}


def check_heading(heading: Heading) -> list[str]:
    """What the grammar alone cannot see: does anybody know this fact?"""
    if not heading.fact:
        return []
    key, item = heading.fact.split(".")
    source = prefill_sources.find(key)
    known = source is not None and source.load_many is not None and item in source.items
    return [] if known else [f"没有哪里能批量提供“{heading.fact}”"]


def run_heading_example(heading: Heading, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """Is this heading understood, and how is a value of it written? ``heading`` and ``value`` given."""
    words = {fold_heading(word) for word in (heading.title, *heading.words)}
    answer: dict[str, Any] = {"understood": fold_heading(str(given.get("heading", ""))) in words}
    if "value" in given:
        value, shape = given["value"], Shape(heading.shape)
        # Kept in the database, a day of an example is a text.
        if shape in (Shape.DATE, Shape.MONTH) and isinstance(value, str):
            value = date.fromisoformat(value)
        answer["written"] = shown_as(value, shape)
    return answer
