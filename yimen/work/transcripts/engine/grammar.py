"""Another system into which cases are typed as well (外部系统), as a definition."""

import contextlib
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Definition, Grammar, current_all, find_current
from yimen.work.transcripts.engine.fields import Known, shown_fields

KIND = "outside_system"
OF_THE_PERSON = ("name", "id_number", "phone", "address")


class OutsideField(Grammar):
    """One field of the other system (外部字段), in its place there: the label it shows, and where its value comes from."""

    labels = {
        "label": "外部系统里的名称",
        "source": "从哪里来",
        "source.name": "申请人姓名",
        "source.id_number": "申请人身份证号码",
        "source.phone": "申请人电话",
        "source.address": "申请人住址",
        "source.case_number": "本系统办件编号",
        "source.accepted_on": "受理日期",
        "source.answer": "申请表里的回答",
        "source.fixed": "固定填写",
        "source.typed": "手工填写",
        "key": "申请表的哪一题",
        "text": "固定填写的内容",
    }

    label: str = Field(min_length=1, max_length=40)
    source: Literal[
        "name", "id_number", "phone", "address", "case_number", "accepted_on", "answer", "fixed", "typed"
    ] = "typed"
    key: str = Field(default="", max_length=60)
    text: str = Field(default="", max_length=100)

    @model_validator(mode="after")
    def says_only_what_it_needs(self):
        if (self.source == "answer") != bool(self.key):
            raise ValueError('取自申请表的写 source = "answer" 和 key（题目代号），别的不写 key')
        if (self.source == "fixed") != bool(self.text):
            raise ValueError('固定填写的写 source = "fixed" 和 text（内容），别的不写 text')
        return self


class OutsideState(Grammar):
    """A state as the other system calls it (外部状态), and whether the matter is over there."""

    labels = {"title": "名称", "ended": "算办结"}

    title: str = Field(min_length=1, max_length=20)
    ended: bool = False


class OutsideExport(Grammar):
    """How the Excel of the other system is read (导出表): its headings for number and state, and by which column a row is
    matched to ours."""

    labels = {
        "number": "外部编号在哪一列",
        "state": "状态在哪一列",
        "match": "按什么对应",
        "match.case_number": "本系统办件编号",
        "match.outside_number": "外部编号",
        "match.id_number": "身份证号码",
        "key": "对应的那一列叫什么",
    }

    number: str = Field(min_length=1, max_length=40)
    state: str = Field(min_length=1, max_length=40)
    match: Literal["case_number", "outside_number", "id_number"]
    key: str = Field(default="", max_length=40)

    @model_validator(mode="after")
    def one_column_each(self):
        if (self.match == "outside_number") == bool(self.key):
            raise ValueError("按外部编号对应的不写 key；按办件编号、身份证号码对应的写 key（列名）")
        named = [one for one in (self.number, self.state, self.key) if one]
        if len(set(named)) < len(named):
            raise ValueError("外部编号、状态和对应的列不能是同一列")
        return self

    @property
    def column(self) -> str:
        """The heading of the column by which rows are matched (对应列)."""
        return self.key or self.number


class OutsideSystem(Grammar):
    """Another system into which cases of some matters are typed too (外部系统): its fields in its own order, its states,
    and how its Excel is read."""

    labels = {
        "title": "系统名称",
        "matters": "哪些事项要抄录",
        "dates": "日期写法",
        "fields": "字段",
        "states": "状态",
        "export": "导出表",
        "source": "依据",
    }

    title: str = Field(min_length=2, max_length=40)
    matters: tuple[str, ...] = Field(min_length=1)
    dates: Literal["2026-01-31", "2026/01/31", "20260131", "2026年1月31日"] = "2026-01-31"
    fields: tuple[OutsideField, ...] = Field(min_length=1, max_length=60)
    states: tuple[OutsideState, ...] = Field(min_length=2, max_length=30)
    export: OutsideExport
    source: str = Field(min_length=4, max_length=300)

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        return tuple(("matter", one) for one in self.matters)

    @model_validator(mode="after")
    def once_and_with_an_end(self):
        for words, of in (
            (self.matters, "事项"),
            ([one.label for one in self.fields], "字段"),
            ([one.title for one in self.states], "状态"),
        ):
            if len(set(words)) < len(words):
                raise ValueError(f"同一个{of}写了两次")
        if len({one.ended for one in self.states}) < 2:
            raise ValueError("状态里至少有一个算办结（ended = true），也至少有一个还没办结")
        return self

    def state(self, title: str) -> OutsideState | None:
        """The state of that name, None where the system knows none."""
        return next((one for one in self.states if one.title == title), None)

    def asks(self, *sources: str) -> bool:
        """Does any field come from one of these sources?"""
        return any(one.source in sources for one in self.fields)


def systems(*, on: date) -> list[Definition]:
    """The other systems in force on a day, by their names."""
    return sorted(current_all(KIND, on=on), key=lambda one: (one.body.title, one.key))


def find_system(key: str, *, on: date) -> OutsideSystem | None:
    """One of them, None when it is no longer used."""
    found = find_current(KIND, key, on=on)
    return found.body if found else None


def _answered(value: Any) -> Any:
    """An answer of an example: kept versions know days as text."""
    if isinstance(value, str) and len(value) == len("2026-01-31"):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(value)
    return value


def run_system_example(body: OutsideSystem, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """``known`` are facts by source, ``answers`` by question: the lines of the card come out. ``state``: is it over there?
    ``matter``: is it typed into this system?"""
    told: dict[str, Any] = dict(given.get("known", {}))
    known = Known(
        facts={key: value for key, value in told.items() if key != "accepted_on"},
        accepted_on=date.fromisoformat(str(told["accepted_on"])) if "accepted_on" in told else None,
        answers={key: _answered(value) for key, value in given.get("answers", {}).items()},
    )
    state = body.state(given.get("state", ""))
    return {
        "lines": [f"{one.label}：{one.text}" for one in shown_fields(body, known)],
        "by_hand": [one.label for one in shown_fields(body, known) if one.by_hand],
        "ended": state.ended if state else None,
        "needed": given.get("matter", "") in body.matters,
    }
