"""How the queue is kept (叫号规矩), as a definition."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import Field

from yimen.foundations.definitions.api import Grammar, current
from yimen.work.bookings.rules import (
    goes_first,
    place_after,
    place_in_line,
    place_of_booked,
    seats_in_slot,
)

KIND, KEY = "queue_practice", "standard"


class FirstGround(Grammar):
    """One reason to go first (优先对象). It is said at the counter, looked up nowhere, and not kept."""

    labels = {"key": "代号", "title": "名称", "age": "满几周岁", "basis": "依据"}

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=2, max_length=30)
    age: int | None = Field(default=None, ge=50, le=100)
    basis: str = Field(min_length=4, max_length=200)


class QueuePractice(Grammar):
    """Who goes first and by how much, when somebody who missed her call comes back, what an estimate rests on (叫号规矩)."""

    labels = {
        "grounds": "优先对象",
        "head_start_minutes": "优先提前多少分钟",
        "back_after": "过号后隔几位再叫",
        "misses_most": "最多过号几次",
        "minutes_each": "没有数据时按一位几分钟估计",
        "slot_minutes": "预约一个时段几分钟",
        "booked_percent": "时段里留给预约的百分之几",
        "grace_minutes": "预约的人迟到几分钟以内仍按预约",
        "farthest_days": "最多提前几天约",
        "source": "依据",
    }

    grounds: tuple[FirstGround, ...] = Field(min_length=1)
    head_start_minutes: int = Field(ge=0, le=600)
    back_after: int = Field(ge=0, le=20)
    misses_most: int = Field(ge=1, le=5)
    minutes_each: int = Field(ge=1, le=120)
    slot_minutes: int = Field(ge=5, le=240)
    booked_percent: int = Field(ge=1, le=100)
    grace_minutes: int = Field(ge=0, le=120)
    farthest_days: int = Field(ge=0, le=90)
    source: str = Field(min_length=4)

    def first(self, said: tuple[str, ...] | list[str], *, age: int | None = None) -> bool:
        """Does she go first, by what she said (是否优先)?"""
        return goes_first(said, age=age, grounds=[(one.key, one.age) for one in self.grounds])

    def capacity(self, counters: int) -> int:
        """How many are promised one slot (每个时段约几位)."""
        return seats_in_slot(
            counters=counters, minutes=self.slot_minutes, each=self.minutes_each, percent=self.booked_percent
        )


def practice(*, on: date) -> QueuePractice:
    """The practice in force on a day."""
    return current(KIND, KEY, on=on).body


def run_queue_example(body: QueuePractice, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """``said``, ``age``, ``came``: does she go first, and her place; ``waiting``: where one who was not there comes back.

    ``begins`` is a promised time, and ``counters`` give how many are promised one slot.
    """

    def moment(text: str) -> datetime:
        return datetime.fromisoformat(f"2026-01-01T{text}")

    first = body.first(given.get("said", ()), age=given.get("age"))
    found: dict[str, Any] = {"first": first}
    if "came" in given:
        place = place_in_line(moment(given["came"]), first=first, head_start=body.head_start_minutes)
        found["place"] = f"{place:%H:%M}"
    if "begins" in given:
        booked = place_of_booked(
            moment(given["came"]),
            begins=moment(given["begins"]),
            head_start=body.head_start_minutes,
            grace=body.grace_minutes,
        )
        found["place"] = f"{booked:%H:%M}"
    if "counters" in given:
        found["capacity"] = body.capacity(given["counters"])
    if "waiting" in given:
        places = [moment(one) for one in given["waiting"]]
        back = place_after(places, after=body.back_after, now=moment(given["now"]))
        found["behind"] = sum(one < back for one in places)
        found["over"] = given["misses"] >= body.misses_most
        found["waits"] = back - moment(given["now"]) > timedelta(0)
    return found
