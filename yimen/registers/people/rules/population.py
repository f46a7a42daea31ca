"""The population that a life adds up to (人口口径): what changes, in which month, in which cell.

A person counts at the end of a month in one cell (area, sex, age band, kind), and in a second one where her hukou lies in
another street of the installation. A birthday that lifts her into the next band and the end of half a year without hukou
are known beforehand, so they are written into their month at once, and nothing has to be recomputed at night.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from yimen.kernel.periods import AGE_BANDS, age_band, age_on, birthday_at
from yimen.registers.people.choices import PopulationKind

_LOCAL, _SETTLED, _SHORT, _AWAY = (
    PopulationKind.LOCAL.value,
    PopulationKind.SETTLED.value,
    PopulationKind.SHORT.value,
    PopulationKind.AWAY.value,
)
HALF_A_YEAR = 6  # months; 居住证暂行条例 第二条
_HORIZON = timedelta(days=1)


class Stay(NamedTuple):
    """One dated address: ``area`` is a community, or "" outside the installation."""

    since: date
    until: date | None
    area: str

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class Life(NamedTuple):
    """What counts of a person: her addresses, birth, death, and the day from which the register counts her."""

    sex: str
    birth_on: date | None
    died_on: date | None
    counted_from: date
    lives: tuple[Stay, ...]
    hukou: tuple[Stay, ...]


class Cell(NamedTuple):
    """Where an amount is written: ``month`` is its first day, ``measure`` stock, born, arrived, left or died."""

    area: str
    month: date
    measure: str
    sex: str
    band: str
    kind: str


def cells_of(life: Life) -> Counter[Cell]:
    """All that this life writes into the tallies; sums to zero in each stock cell she is not in any more."""
    amounts: defaultdict[Cell, int] = defaultdict(int)
    homes = _homes_by_day(life.counted_from, life.died_on, life.lives, life.hukou)
    bands = _bands_by_day(life)
    was: tuple[tuple[str, str], ...] = ()
    was_band = ""
    for day in sorted({*homes, *bands}):
        now, band = homes.get(day, was), bands.get(day, was_band)
        if (now, band) == (was, was_band):
            continue
        month = _month(day)
        for area, kind in was:
            amounts[Cell(area, month, "stock", life.sex, was_band, kind)] -= 1
        for area, kind in now:
            amounts[Cell(area, month, "stock", life.sex, band, kind)] += 1
        was, was_band = now, band
    for cell in _flows(life):
        amounts[cell] += 1
    return Counter({cell: amount for cell, amount in amounts.items() if amount})


def settled_since(lives: tuple[Stay, ...], day: date) -> date | None:
    """Since when she lives without a break in the street she lives in on ``day``; None when she lives nowhere here."""
    present = next((stay for stay in lives if stay.holds(day)), None)
    if present is None or not present.area:
        return None
    since = present.since
    if len(lives) == 1:
        return since
    for stay in sorted(lives, key=lambda each: each.since, reverse=True):
        if stay.until == since and stay.area[:9] == present.area[:9] and stay.area:
            since = stay.since
    return since


def half_a_year_after(day: date) -> date:
    """The day on which half a year is full; a day that the month lacks becomes the first of the next one."""
    years, month = divmod(day.month - 1 + HALF_A_YEAR, 12)
    try:
        return date(day.year + years, month + 1, day.day)
    except ValueError:
        return date(day.year + years + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def _homes(lives_at: tuple[Stay, ...], hukou_at: tuple[Stay, ...], day: date) -> tuple[tuple[str, str], ...]:
    """In which areas she counts on this day, and as what kind; whether she is still alive is not asked here."""
    lives = next((stay.area for stay in lives_at if stay.holds(day)), "")
    hukou = next((stay.area for stay in hukou_at if stay.holds(day)), "")
    if lives and hukou[:9] == lives[:9]:
        return ((lives, _LOCAL),)
    away = ((hukou, _AWAY),) if hukou else ()
    if not lives:
        return away
    since = settled_since(lives_at, day)
    settled = since is not None and day >= half_a_year_after(since)
    return ((lives, _SETTLED if settled else _SHORT), *away)


# A family moves together, and comes in together.
@lru_cache(maxsize=2000)
def _homes_by_day(
    counted_from: date, died_on: date | None, lives: tuple[Stay, ...], hukou: tuple[Stay, ...]
) -> Mapping[date, tuple[tuple[str, str], ...]]:
    """Where she counts from each day on which that may change, nowhere from her death on."""
    days = {counted_from}
    for stay in (*lives, *hukou):
        days |= {stay.since, stay.until} if stay.until else {stay.since}
    for stay in lives:
        if since := settled_since(lives, stay.since):
            days.add(half_a_year_after(since))
    if died_on:
        days.add(died_on)
    return MappingProxyType(
        {
            day: _homes(lives, hukou, day) if died_on is None or day < died_on else ()
            for day in days
            if day >= counted_from
        }
    )


def _bands_by_day(life: Life) -> dict[date, str]:
    """Her age band from the day she is counted, and from each birthday that lifts her into the next one."""
    first = life.counted_from
    bands = {first: _band(life, first)}
    if life.birth_on:
        reached = first.year - life.birth_on.year
        for band in AGE_BANDS:
            if band.since >= reached and (day := birthday_at(life.birth_on, band.since)) > first:
                bands[day] = band.key
    return bands


def _band(life: Life, day: date) -> str:
    return age_band(age_on(life.birth_on, max(day, life.birth_on))).key if life.birth_on else ""


def _flows(life: Life) -> list[Cell]:
    flows = []

    def add(day: date, area: str, measure: str, kind: str) -> None:
        flows.append(Cell(area, _month(day), measure, life.sex, _band(life, day), kind))

    for stay in life.lives:
        if not stay.area:
            continue
        if _tells(life, stay.since) and not _continues(life.lives, stay, before=True):
            measure = "born" if stay.since == life.birth_on else "arrived"
            add(stay.since, stay.area, measure, _kind_on(life, stay.since))
        if stay.until and _tells(life, stay.until) and not _continues(life.lives, stay, before=False):
            add(stay.until, stay.area, "left", _kind_on(life, stay.until - _HORIZON))
    if life.died_on and life.died_on >= life.counted_from:
        for area, kind in _homes(life.lives, life.hukou, max(life.died_on - _HORIZON, life.counted_from)):
            if kind != _AWAY:
                add(life.died_on, area, "died", kind)
    return flows


def _tells(life: Life, day: date) -> bool:
    """Does a move on this day count: while the register counts her, and before her death?"""
    return day >= life.counted_from and _alive(life, day)


def _alive(life: Life, day: date) -> bool:
    return life.died_on is None or day < life.died_on


def _kind_on(life: Life, day: date) -> str:
    return next((kind for _, kind in _homes(life.lives, life.hukou, day) if kind != _AWAY), _SHORT)


def _continues(stays: tuple[Stay, ...], stay: Stay, *, before: bool) -> bool:
    """Did she live in the same community right before (after) this stay? Then it is a move within, not a flow."""
    if before:
        return any(other.until == stay.since and other.area == stay.area for other in stays)
    return any(other.since == stay.until and other.area == stay.area for other in stays)


def _month(day: date) -> date:
    return day.replace(day=1)
