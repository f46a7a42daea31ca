"""Decisions about places (地点规则), from facts alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from yimen.kernel.areas import Level, is_area_code, level
from yimen.kernel.findings import Finding
from yimen.kernel.text import narrow
from yimen.kernel.working_days import WorkingCalendar

SERIAL_DIGITS = 3
SATURDAY = 5
LONGEST_CLOSURE = 60  # days looked ahead for the next open day; longer means "closed until told otherwise"


# --- area codes ---------------------------------------------------------------------------------------------------


def child_level(parent: str) -> Level | None:
    """The level of areas directly inside ``parent`` (下一级); a grid has none, "" stands above the counties."""
    order = list(Level)
    if not parent:
        return order[0]
    place = order.index(level(parent)) + 1
    return order[place] if place < len(order) else None


def next_code(parent: str, issued: Iterable[str], *, wanted: str = "") -> str | None:
    """The code to issue inside ``parent`` (发号): the wanted one if it fits and was never issued, else the next serial.

    ``issued`` are all codes ever issued inside, of closed areas too: a code is never used again. None when all 999
    serials are spent.
    """
    taken = set(issued)
    fits = wanted.startswith(parent) and len(wanted) == len(parent) + SERIAL_DIGITS and is_area_code(wanted)
    if fits and wanted not in taken:
        return wanted
    serial = max((int(code[-SERIAL_DIGITS:]) for code in taken), default=0) + 1
    if serial <= 999:
        return f"{parent}{serial:03d}"
    free = (f"{parent}{number:03d}" for number in range(1, 1000))
    return next((code for code in free if code not in taken), None)


def short_name(name: str) -> str:
    """The name as people say it (简称): 潘火街道 → 潘火, 东莺社区居委会 → 东莺."""
    return (
        re.sub(r"(社区居委会|社区居民委员会|村村委会|村民委员会|居委会|社区|街道|镇|乡)$", "", name) or name
    )


# --- doors ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DoorQuery:
    """What somebody typed for a door (门牌): words that may name the estate, and the parts of the number if any."""

    words: str
    building: str = ""
    unit: str = ""
    room: str = ""


_NUMBER = r"([0-9]{1,4}[A-Z]?)"
_DOOR = re.compile(
    rf"^(?P<words>.*?)\s*(?:{_NUMBER}\s*(?:号楼|幢|栋|座|-|#)\s*)?(?:{_NUMBER}\s*(?:单元|-)\s*)?(?:{_NUMBER}\s*(?:室|号|房)?)?$"
)


def parse_door(text: str) -> DoorQuery:
    """Read 东方丽都3幢2单元501室, 东方丽都 3-2-501, 3-501 or 东方丽都: building, unit and room as far as they are said."""
    typed = narrow(text).upper().replace("—", "-").replace("－", "-")
    found = _DOOR.match(typed)
    if found is None:
        return DoorQuery(words=typed)
    _, building, unit, room = found.groups()
    if unit and not building:  # 3-501 was read as unit and room
        building, unit = unit, ""
    return DoorQuery(found["words"].strip(" -，,、"), building or "", unit or "", room or "")


def door_label(building: str, unit: str, room: str) -> str:
    """The door as people write it (门牌): 3幢2单元501室."""
    return f"{building}{f'{unit}单元' if unit else ''}{room}室"


def why_not_on_this_floor(floor: int, floors: int, floors_below: int) -> Finding | None:
    """A room can only lie on a floor that the building has (楼层)."""
    if floor == 0 or floor > floors or floor < -floors_below:
        below = f"，地下{floors_below}层" if floors_below else ""
        return Finding("places.no_such_floor", f"这幢楼地上{floors}层{below}，没有第{floor}层。", "floor")
    return None


# --- opening hours --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, order=True)
class Hours:
    """One stretch of a weekday (开放时段); Monday is 0."""

    weekday: int
    opens: time
    closes: time

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


def why_not_these_hours(hours: Sequence[Hours]) -> list[Finding]:
    """Each stretch must end after it begins, and stretches of a weekday must not overlap."""
    found = [
        Finding(
            "places.hours_backwards", f"{_weekday(item.weekday)} {item} 的结束时间不晚于开始时间。", "hours"
        )
        for item in hours
        if item.closes <= item.opens
    ]
    ordered = sorted(hours)
    for before, after in pairwise(ordered):
        if before.weekday == after.weekday and after.opens < before.closes:
            sentence = f"{_weekday(before.weekday)} {before} 与 {after} 重叠。"
            found.append(Finding("places.hours_overlap", sentence, "hours"))
    return found


@dataclass(frozen=True)
class OpenDay:
    """A day on which a site is open (开放日); ``provisional_years`` as in the working-day answers."""

    on: date
    hours: tuple[Hours, ...]
    provisional_years: tuple[int, ...] = ()


def hours_on(
    day: date, weekly: Sequence[Hours], *, keeps_calendar: bool, calendar: WorkingCalendar
) -> tuple[Hours, ...]:
    """When a site is open on ``day`` (当日开放时段); empty means closed.

    A site that keeps the calendar (国务院办公厅节假日安排) is closed on a public holiday, weekends inside it too, and opens on
    a make-up day (调休补班) with the hours of the first weekday it opens, when the weekend has none of its own.
    """
    own = tuple(sorted(item for item in weekly if item.weekday == day.weekday()))
    if not keeps_calendar:
        return own
    weekend = day.weekday() >= SATURDAY
    if not calendar.is_working_day(day):
        return own if weekend and not _is_holiday(day, calendar) else ()
    if own or not weekend:
        return own
    first = min((item.weekday for item in weekly if item.weekday < SATURDAY), default=None)
    return tuple(sorted(item for item in weekly if item.weekday == first))


def _is_holiday(day: date, calendar: WorkingCalendar) -> bool:
    announced = any(day in year.off for year in calendar.announced)
    return announced or day in calendar.statutory.get(day.year, ())


def days_after(day: date, count: int = LONGEST_CLOSURE) -> Iterator[date]:
    """The ``count`` days after ``day``, the nearest first."""
    return (day + timedelta(days=step) for step in range(1, count + 1))


def _weekday(number: int) -> str:
    return "周" + "一二三四五六日"[number]


def opening_after(open_day: "OpenDay | None", clock: time) -> Hours | None:
    """The first stretch of a day that has not begun at ``clock`` (今天稍后开放)."""
    return next((one for one in open_day.hours if one.opens > clock), None) if open_day else None


def open_stretch(open_day: "OpenDay | None", clock: time) -> Hours | None:
    """The stretch of a day in which ``clock`` lies (正在开放); the closing minute is outside."""
    return (
        next((one for one in open_day.hours if one.opens <= clock < one.closes), None) if open_day else None
    )


# --- nearness -------------------------------------------------------------------------------------------------------

EARTH_METRES = 6_371_000
CHINA = ((3.0, 54.0), (73.0, 136.0))


def why_not_this_position(latitude: float | None, longitude: float | None) -> Finding | None:
    """A position is whole and lies in China (坐标); None for no position at all."""
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None:
        return Finding("places.position_half", "纬度和经度要么都填，要么都不填。", "latitude")
    (south, north), (west, east) = CHINA
    if not (south <= latitude <= north and west <= longitude <= east):
        return Finding(
            "places.position_outside",
            "这个坐标不在国内：纬度在 3–54，经度在 73–136，是不是写反了？",
            "latitude",
        )
    return None


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> int:
    """The distance of two positions as the crow flies (直线距离)."""
    (north, east), (north2, east2) = one, other
    half = sin(radians(north2 - north) / 2) ** 2
    half += cos(radians(north)) * cos(radians(north2)) * sin(radians(east2 - east) / 2) ** 2
    return round(2 * EARTH_METRES * asin(sqrt(half)))


def how_near(home: str, area: str, metres: int | None) -> tuple[int, int, str]:
    """How near a site of ``area`` is to who lives in ``home``, to sort by (就近): her own community, her street's centre,
    then the neighbours by distance, those without a position last and in the order of their codes."""
    if home.startswith(area):
        step = 0 if len(area) >= 12 or len(home) <= len(area) else 1
    else:
        step = 0 if area.startswith(home) else 2
    return step, metres if metres is not None else 10**9, area
