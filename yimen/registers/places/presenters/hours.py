"""How opening hours are told (开放时间): by day, by week, by period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from yimen.registers.places.choices import Weekday
from yimen.registers.places.forms import HoursForm, WindowDaysForm
from yimen.registers.places.rules.hours import Hours

if TYPE_CHECKING:
    from yimen.registers.places.models import Site, SiteHours


@dataclass(frozen=True)
class HoursPeriod:
    """What was published for one period: (days, hours), days with the same hours together."""

    since: date
    until: date | None
    days: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class HoursPage:
    site: "Site"
    form: HoursForm | WindowDaysForm
    least: int = 0


def week_lines(hours: Sequence[Hours]) -> list[tuple[str, str]]:
    """Seven lines, Monday first; "" for a closed day."""
    return [(day.label, hours_words(one for one in hours if one.weekday == day.value)) for day in Weekday]


def hours_words(hours: Iterable[Hours]) -> str:
    """08:30–11:30、14:00–17:00."""
    return "、".join(str(one) for one in sorted(hours))


def hours_periods(rows: Sequence["SiteHours"]) -> list[HoursPeriod]:
    """The history of hours by period, the latest first."""
    periods: dict[tuple[date, date | None], list[Hours]] = {}
    for row in rows:
        periods.setdefault((row.since, row.until), []).append(Hours(row.weekday, row.opens, row.closes))
    return [
        HoursPeriod(since, until, _together(week_lines(hours)))
        for (since, until), hours in sorted(periods.items(), key=lambda item: item[0][0], reverse=True)
    ]


def _together(lines: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    # 周一至周五 08:30–11:30; 周六 09:00–12:00
    runs: list[tuple[str, list[str]]] = []
    for hours, days in groupby(lines, key=lambda line: line[1]):
        runs.append((hours, [day for day, _ in days]))
    return tuple(
        (days[0] if len(days) == 1 else f"{days[0]}至{days[-1]}", hours) for hours, days in runs if hours
    )


def week_words(hours: Sequence[Hours]) -> str:
    """周一至周五 08:30–11:30、14:00–17:00；周六 09:00–12:00."""
    return "；".join(f"{days} {times}" for days, times in _together(week_lines(hours)))
