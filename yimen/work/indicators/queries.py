"""Read indicators: the only place where services and steering get a figure, so that no two screens disagree."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from yimen.foundations.definitions.api import current
from yimen.kernel.actor import Actor
from yimen.kernel.periods import Month, months_between
from yimen.registers.places.api import folding
from yimen.work.indicators.engine.grammar import IndicatorGrammar
from yimen.work.indicators.ports import measures
from yimen.work.indicators.rules import ACTS, PERSONS
from yimen.work.ledger.api import Ask, Bands, entries_url, figures


class Indicator(NamedTuple):
    """An indicator as pages show it (指标). ``measure`` is acts, quantity, persons or a named measure."""

    key: str
    title: str
    unit: str
    measure: str
    explanation: str
    is_flow: bool
    items: tuple[str, ...]
    bands: Bands

    @property
    def adds_up(self) -> bool:
        """May values of communities and months be added? Persons and what stands at a date may not."""
        return self.is_flow and self.measure != PERSONS


class Lists(NamedTuple):
    """The lists behind the values of an indicator in an area (数字背后的清单), of a period or of one of its months."""

    indicator: Indicator
    area: str
    first: Month
    last: Month
    on: date
    own: bool

    def opens(self, month: Month | None = None) -> str:
        """The address of the list, "" where there is none."""
        return _opens(
            self.indicator,
            area=self.area,
            first=month or self.first,
            last=month or self.last,
            on=self.on,
            own=self.own,
        )


@dataclass(frozen=True)
class Table:
    """Values of some indicators under an area over some months (指标表).

    Each cell, margin and total is counted for itself where the measure does not add up, and summed where it does.
    """

    area: str
    months: tuple[Month, ...]
    indicators: Mapping[str, Indicator]
    by_month: Collection[str]
    on: date
    _values: Mapping[tuple[str, str], Sequence[int]] = field(repr=False)

    def value(self, key: str, *, area: str = "", month: Month | None = None) -> int:
        """The value in a community (everywhere under the area when left out) and month (the whole period when left out).

        The code of the street itself means what was done by the street itself (本级). What stands at a date is told as
        at the end of the month, or of the period. A month of an indicator whose months were not asked for is a bug.
        """
        if month is None:
            return self._values.get((key, area), _NOTHING)[WHOLE]
        return dict(zip(self.months, self.by_months(key, area=area), strict=True)).get(month, 0)

    def by_months(self, key: str, *, area: str = "") -> Sequence[int]:
        """The values of all months in their order, as `value` tells each."""
        if key not in self.by_month:
            raise KeyError(f"the months of {key} were not asked for")
        told = self._values.get((key, area))
        return told[:WHOLE] if told else [0] * len(self.months)

    def lists(self, key: str, *, area: str = "") -> Lists:
        """The lists behind the values in a community; of the whole period as far as it has come."""
        first, end = self.months[0], self.months[-1]
        last = max(first, min(end, Month.of(self.on)))
        return Lists(self.indicators[key], area or self.area, first, last, self.on, area == self.area)

    @property
    def places(self) -> tuple[str, ...]:
        """The communities (and the street itself) in which something was counted."""
        return tuple(sorted({area for (_, area), told in self._values.items() if area and any(told)}))


# Where the value of the whole period stands, after those of its months.
WHOLE = -1
_NOTHING = (0,)


def indicator(key: str, *, on: date) -> Indicator:
    """The indicator in force on a day. Refuses an unknown one with the nearest key (`NoDefinition`)."""
    body: IndicatorGrammar = current("indicator", key, on=on).body
    return Indicator(
        key=key,
        title=body.title,
        unit=body.unit,
        measure=body.measure,
        explanation=body.explanation,
        is_flow=body.is_flow,
        items=body.items,
        bands=Bands(body.bands.sexes, body.bands.age_bands, body.bands.residences),
    )


def table(
    keys: Iterable[str],
    *,
    area: str,
    first: Month,
    last: Month,
    by: Actor,
    on: date,
    areas: Sequence[str] = (),
    by_month: Collection[str] | None = None,
    as_now: bool = False,
) -> Table:
    """All values of a page by community and month under ``area``, in the few statements of `ledger.figures` and what each
    named measure needs. ``on`` is today: the definitions in force, and the day of what stands now.
    ``areas`` are the communities to ask named measures about; the ledger knows its own. ``by_month`` are the keys whose months
    are wanted, all by default; of the others only the whole period is read.
    ``as_now``: what was done in a community that ended since counts in the one that took over (按现行区划); what stands at a date
    is told as it stood.
    """
    known = {key: indicator(key, on=on) for key in dict.fromkeys(keys)}
    months = tuple(months_between(first, last))
    if by_month is None:
        by_month = known
    values: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * (len(months) + 1))
    totals, persons = figures(
        [_ask(one) for one in known.values() if one.adds_up],
        [_ask(one) for one in known.values() if one.measure == PERSONS],
        area=area,
        first=first,
        last=last,
        by=by,
        by_month=by_month,
        folds=folding(area).folds if as_now else None,
    )
    counts_acts = {one.key for one in known.values() if one.measure == ACTS}
    for key, place, month, acts, quantity in totals:
        count = acts if key in counts_acts else quantity
        here, everywhere = values[key, place], values[key, ""]
        here[WHOLE] += count
        everywhere[WHOLE] += count
        if month:
            at = _place(month, first)
            here[at] += count
            everywhere[at] += count
    standing = {}
    for one in known.values():
        if not one.is_flow:
            wanted = months if one.key in by_month else ()
            standing |= _standing(
                one, area=area, areas=areas, months=wanted, first=first, last=last, by=by, on=on
            )
    for (key, place, month), count in (persons | standing).items():
        values[key, place][_place(month, first) if month else WHOLE] = count
    return Table(area=area, months=months, indicators=known, by_month=by_month, on=on, _values=dict(values))


def value(key: str, *, area: str, first: Month, last: Month, by: Actor, on: date) -> int:
    """One value of one indicator, under ``area`` over the months (指标值)."""
    return table([key], area=area, first=first, last=last, by=by, on=on).value(key)


def opens(key: str, *, area: str, first: Month, last: Month, on: date, own: bool = False) -> str:
    """The address of the list behind a value: entries, or persons for a number of persons.

    ``own``: of the area itself (本级) only, as `Table.value` tells it for the code of the street.
    """
    return _opens(indicator(key, on=on), area=area, first=first, last=last, on=on, own=own)


def _opens(one: Indicator, *, area: str, first: Month, last: Month, on: date, own: bool) -> str:
    if not one.is_flow:
        return measures.get(one.measure).opens(area, min(last.last_day, on))
    return entries_url(
        items=one.items, area=area, first=first, last=last, measure=one.measure, bands=one.bands, own=own
    )


def _place(month: Month, first: Month) -> int:
    return (month.year - first.year) * 12 + month.number - first.number


def _ask(one: Indicator) -> Ask:
    return Ask(one.key, one.items, one.bands)


def _standing(
    one: Indicator,
    *,
    area: str,
    areas: Sequence[str],
    months: Sequence[Month],
    first: Month,
    last: Month,
    by: Actor,
    on: date,
) -> dict[tuple[str, str, Month | None], int]:
    if first.first_day > on:
        return {}
    days = {month: min(month.last_day, on) for month in months if month.first_day <= on}
    days |= {None: min(last.last_day, on)}
    places = {"": area} | {place: place for place in areas if place != area}
    found = measures.get(one.measure).values(list(places.values()), sorted(set(days.values())), by=by)
    return {
        (one.key, told, month): found.get((place, day), 0)
        for told, place in places.items()
        for month, day in days.items()
    }
