"""How a street keeps its telephone and its duty (咨询来电和值班规矩): its grammar, and which one holds where."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Literal

from pydantic import Field

from yimen.foundations.definitions.api import Grammar, find_current, working_calendar
from yimen.kernel.areas import lineage
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.kernel.periods import Month, parse_month
from yimen.services.hotline.rules import Part, offices_are_open, slots_of_month

DEFAULT = "default"
_HOUR = "^([01][0-9]|2[0-3]):[0-5][0-9]$"


class PartOfDay(Grammar):
    """One part of the time in which the offices are shut (班次)."""

    labels = {
        "key": "编号",
        "title": "名称",
        "days": "哪些天",
        "days.every": "每天",
        "days.off": "周末和节假日",
        "starts": "从",
        "ends": "到",
    }

    key: str = Field(pattern="^[a-z_]+$", max_length=20)
    title: str = Field(min_length=1, max_length=20)
    days: Literal["every", "off"]
    starts: str = Field(pattern=_HOUR)
    ends: str = Field(pattern=_HOUR)


class HotlineRule(Grammar):
    """The rule of one area (规矩). The key is the area code; ``default`` serves where none is given."""

    labels = {
        "title": "名称",
        "source": "依据",
        "opens": "上班",
        "closes": "下班",
        "parts": "班次",
        "sign_by": "接班签收最晚",
        "call_back_hours": "回电默认几小时内",
        "keep_days": "答复几天后抹去来电人和内容",
        "door_per_hour": "同一来源每小时留言",
        "street_per_hour": "全街道每小时留言",
    }

    title: str = Field(min_length=2, max_length=60)
    source: str = Field(min_length=2)
    opens: str = Field(pattern=_HOUR)
    closes: str = Field(pattern=_HOUR)
    parts: tuple[PartOfDay, ...] = Field(min_length=1)
    sign_by: str = Field(pattern=_HOUR)
    call_back_hours: int = Field(ge=1, le=240)
    keep_days: int = Field(ge=30, le=730)
    door_per_hour: int = Field(ge=1, le=100)
    street_per_hour: int = Field(ge=1, le=10_000)

    @property
    def shifts(self) -> tuple[Part, ...]:
        return tuple(
            Part(one.key, one.title, one.days, as_time(one.starts), as_time(one.ends)) for one in self.parts
        )

    @property
    def hours(self) -> dict[str, time]:
        return {"opens": as_time(self.opens), "closes": as_time(self.closes)}


def as_time(text: str) -> time:
    """The hour that a definition writes as 17:30."""
    return time.fromisoformat(text)


def rule_of(area: str, *, on: date) -> HotlineRule:
    """The rule that holds in an area on a day: its own, its street's, or the default, which also holds for no area."""
    for key in (*(reversed(lineage(area)) if area else ()), DEFAULT):
        if (found := find_current("hotline_rule", key, on=on)) is not None:
            return found.body
    raise LookupError("hotline_rule/default")


def is_open(area: str, *, at: datetime) -> bool:
    """Whether the offices of an area are open now (是否上班时间)."""
    on = day_of(at)
    calendar = working_calendar(on=on)

    def works(day: date) -> bool:
        return bool(calendar.is_working_day(day))

    return offices_are_open(at, **rule_of(area, on=on).hours, works=works)


def run_rule_example(body: HotlineRule, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """A worked example: is somebody there at a moment, and which shifts a day has."""
    moment = datetime.fromisoformat(given["at"]).replace(tzinfo=STREET_TIME)
    calendar = working_calendar(on=on or moment.date())

    def works(day: date) -> bool:
        return bool(calendar.is_working_day(day))

    month = parse_month(moment.date().isoformat()[:7])
    slots = slots_of_month(
        month if isinstance(month, Month) else Month.of(moment.date()), parts=body.shifts, works=works
    )
    return {
        "open": offices_are_open(moment, **body.hours, works=works),
        "shifts": [slot.title for slot in slots if slot.on == moment.date()],
    }
