"""The population that a life adds up to (人口口径): what changes, in which month, in which cell.

A person counts at the end of a month in one cell (area, sex, age band, kind), and in a second one where her hukou lies in
another street of the installation. A birthday that lifts her into the next band and the end of half a year without hukou
are known beforehand, so they are written into their month at once, and nothing has to be recomputed at night.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta
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
    before: frozenset[tuple[str, str, str]] = frozenset()
    for day in _days_of_change(life):
        now = _state(life, day)
        if now == before:
            continue
        month = _month(day)
        for area, band, kind in before - now:
            amounts[Cell(area, month, "stock", life.sex, band, kind)] -= 1
        for area, band, kind in now - before:
            amounts[Cell(area, month, "stock", life.sex, band, kind)] += 1
        before = now
    for cell in _flows(life):
        amounts[cell] += 1
    return Counter({cell: amount for cell, amount in amounts.items() if amount})


def settled_since(lives: tuple[Stay, ...], day: date) -> date | None:
    """Since when she lives without a break in the street she lives in on ``day``; None when she lives nowhere here."""
    present = next((stay for stay in lives if stay.holds(day)), None)
    if present is None or not present.area:
        return None
    since = present.since
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


def _state(life: Life, day: date) -> frozenset[tuple[str, str, str]]:
    if life.died_on and day >= life.died_on:
        return frozenset()
    lives = next((stay.area for stay in life.lives if stay.holds(day)), "")
    hukou = next((stay.area for stay in life.hukou if stay.holds(day)), "")
    band = _band(life, day)
    cells = set()
    if lives and hukou[:9] == lives[:9]:
        cells.add((lives, band, _LOCAL))
    elif lives:
        since = settled_since(life.lives, day)
        settled = since is not None and day >= half_a_year_after(since)
        cells.add((lives, band, _SETTLED if settled else _SHORT))
    if hukou and hukou[:9] != lives[:9]:
        cells.add((hukou, band, _AWAY))
    return frozenset(cells)


def _band(life: Life, day: date) -> str:
    return age_band(age_on(life.birth_on, max(day, life.birth_on))).key if life.birth_on else ""


def _days_of_change(life: Life) -> list[date]:
    days = {life.counted_from}
    for stay in (*life.lives, *life.hukou):
        days |= {stay.since} | ({stay.until} if stay.until else set())
    for stay in life.lives:
        if since := settled_since(life.lives, stay.since):
            days.add(half_a_year_after(since))
    if life.birth_on:
        reached = life.counted_from.year - life.birth_on.year
        days |= {birthday_at(life.birth_on, band.since) for band in AGE_BANDS if band.since >= reached}
    if life.died_on:
        days.add(life.died_on)
    return sorted(day for day in days if day >= life.counted_from)


def _flows(life: Life) -> list[Cell]:
    flows = []

    def add(day: date, area: str, measure: str, kind: str) -> None:
        if area and day >= life.counted_from:
            flows.append(Cell(area, _month(day), measure, life.sex, _band(life, day), kind))

    for stay in life.lives:
        if stay.area and not _continues(life.lives, stay, before=True) and _alive(life, stay.since):
            measure = "born" if stay.since == life.birth_on else "arrived"
            add(stay.since, stay.area, measure, _kind_on(life, stay.since))
        if (
            stay.area
            and stay.until
            and not _continues(life.lives, stay, before=False)
            and _alive(life, stay.until)
        ):
            add(stay.until, stay.area, "left", _kind_on(life, stay.until - _HORIZON))
    if life.died_on:
        last = max(life.died_on - _HORIZON, life.counted_from)
        for area, _band_then, kind in sorted(_state_alive(life, last)):
            if kind != _AWAY:
                add(life.died_on, area, "died", kind)
    return flows


def _alive(life: Life, day: date) -> bool:
    return life.died_on is None or day < life.died_on


def _state_alive(life: Life, day: date) -> frozenset[tuple[str, str, str]]:
    return _state(Life(life.sex, life.birth_on, None, life.counted_from, life.lives, life.hukou), day)


def _kind_on(life: Life, day: date) -> str:
    kinds = [kind for _, _, kind in sorted(_state_alive(life, day)) if kind != _AWAY]
    return kinds[0] if kinds else _SHORT


def _continues(stays: tuple[Stay, ...], stay: Stay, *, before: bool) -> bool:
    """Did she live in the same community right before (after) this stay? Then it is a move within, not a flow."""
    if before:
        return any(other.until == stay.since and other.area == stay.area for other in stays)
    return any(other.since == stay.until and other.area == stay.area for other in stays)


def _month(day: date) -> date:
    return day.replace(day=1)
