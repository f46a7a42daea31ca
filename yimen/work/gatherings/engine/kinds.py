"""What kinds of gathering there are (活动种类): their grammar, and what one of them enters into the ledger."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar, current, current_all
from yimen.work.gatherings.rules import what_is_entered

KIND = "gathering_kind"
ALL_HELD, ALL_ATTENDED = "gathering_held", "gathering_attended"


class GatheringKind(Grammar):
    """One kind of gathering (活动种类): lecture, rehearsal, duty of volunteers, class, outreach."""

    labels = {
        "title": "名称",
        "description": "说明",
        "series_type": "形式",
        "series_type.lecture": "讲座",
        "series_type.club": "社团",
        "series_type.duty": "志愿服务",
        "series_type.class": "课堂",
        "series_type.outreach": "宣传",
        "series_type.meeting": "会议",
        "held_item": "场次记入",
        "attended_item": "人次记入",
        "service_item": "服务时长记入",
        "signs_up": "要报名",
        "capacity": "默认名额",
        "minutes": "默认多少分钟",
        "leader": "带活动的叫",
        "led_by": "可以带的岗位",
        "helped_by": "可以帮忙的岗位",
        "asks_leader": "要带的人确认",
        "materials": "要备的物料",
        "order": "次序",
    }

    title: str = Field(min_length=2, max_length=20)
    description: str = Field(default="", max_length=200)
    series_type: Literal["lecture", "club", "duty", "class", "outreach", "meeting"]
    held_item: str = Field(min_length=1)
    attended_item: str = Field(min_length=1)
    service_item: str = ""
    signs_up: bool = True
    capacity: int | None = Field(default=None, ge=1, le=10_000)
    minutes: int = Field(default=90, ge=10, le=960)
    leader: str = Field(default="负责人", min_length=2, max_length=10)
    led_by: tuple[str, ...] = ()
    helped_by: tuple[str, ...] = ()
    asks_leader: bool = True
    materials: tuple[str, ...] = ()
    order: int = Field(default=50, ge=0, le=999)

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        items = (self.held_item, self.attended_item, *([self.service_item] if self.service_item else []))
        return tuple(("item", item) for item in items)

    @model_validator(mode="after")
    def _fits_together(self):
        if self.helped_by and not self.service_item:
            raise ValueError("有人帮忙的，要写明服务时长记入哪一项（service_item）")
        if self.held_item == self.attended_item:
            raise ValueError("场次和人次不能记入同一项")
        return self


def kind_of(key: str, *, on: date) -> GatheringKind:
    """The kind in force on a day."""
    return current(KIND, key, on=on).body


def kinds_in_force(*, on: date) -> dict[str, GatheringKind]:
    """All kinds by key, in their order (活动种类)."""
    found = sorted(current_all(KIND, on=on), key=lambda one: (one.body.order, one.key))
    return {one.key: one.body for one in found}


def run_kind_example(kind: GatheringKind, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """What closing enters: by item, how many entries and which quantity."""
    lines = what_is_entered(
        held=kind.held_item,
        attended=kind.attended_item,
        service=kind.service_item,
        present=given.get("present", 0),
        guests=given.get("guests", 0),
        helpers=given.get("helpers", 0),
        minutes=given.get("minutes", kind.minutes),
    )
    return {"lines": [asdict(line) for line in lines]}
