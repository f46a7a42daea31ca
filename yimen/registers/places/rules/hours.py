"""When a site is open (开放时间)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise

from yimen.kernel.findings import Finding
from yimen.kernel.working_days import WorkingCalendar

SATURDAY = 5
LONGEST_CLOSURE = 60  # days looked ahead for the next open day; longer means "closed until told otherwise"


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
