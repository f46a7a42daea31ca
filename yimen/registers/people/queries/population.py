"""How many people there are (人口数): from tallies, never by counting files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from yimen.kernel.actor import Actor
from yimen.kernel.periods import AGE_BANDS
from yimen.kernel.refusals import NotAllowed
from yimen.registers.people.choices import AddressKind, PopulationKind
from yimen.registers.people.models import Person, Residence
from yimen.registers.people.permissions import FIND

LIVING_HERE = (PopulationKind.LOCAL, PopulationKind.SETTLED)
REGISTERED = (PopulationKind.LOCAL, PopulationKind.AWAY)

_STOCK = """
SELECT sex, band, kind, sum(amount) FROM (
    SELECT sex, band, kind, amount FROM people_populationtally WHERE area = %s AND measure = 'stock' AND month <= %s
    UNION ALL
    SELECT sex, band, kind, amount FROM people_populationdelta
    WHERE area >= %s AND area < %s AND measure = 'stock' AND month <= %s
) AS changes GROUP BY 1, 2, 3
"""
_LIVING = """
SELECT area, sum(amount) FROM (
    SELECT area, kind, amount FROM people_populationtally WHERE area = ANY(%s) AND measure = 'stock' AND month <= %s
    UNION ALL
    SELECT left(area, 12), kind, amount FROM people_populationdelta
    WHERE left(area, 12) = ANY(%s) AND measure = 'stock' AND month <= %s
) AS changes WHERE kind = ANY(%s) GROUP BY 1
"""
_FLOW = """
SELECT measure, sum(amount) FROM (
    SELECT measure, amount FROM people_populationtally
    WHERE area = %s AND measure <> 'stock' AND month >= %s AND month <= %s
    UNION ALL
    SELECT measure, amount FROM people_populationdelta
    WHERE area >= %s AND area < %s AND measure <> 'stock' AND month >= %s AND month <= %s
) AS changes GROUP BY 1
"""


@dataclass(frozen=True)
class PopulationCell:
    sex: str
    band: str
    kind: str
    count: int


@dataclass(frozen=True)
class Population:
    """The population of an area at the end of a month (月末人口)."""

    area: str
    month: date
    cells: tuple[PopulationCell, ...]

    def count(
        self,
        *,
        kinds: Iterable[str] = LIVING_HERE,
        sex: str = "",
        age_from: int = 0,
        age_until: int | None = None,
    ) -> int:
        """How many; by default those who live here, with hukou or settled for half a year (常住), whatever the hukou.

        ``age_from`` and ``age_until`` (not included) must be limits of the age bands; people of unknown age count only
        when neither is asked.
        """
        chosen, wanted = _bands(age_from, age_until), set(map(str, kinds))
        return sum(
            cell.count
            for cell in self.cells
            if cell.kind in wanted
            and (not sex or cell.sex == sex)
            and (chosen is None or cell.band in chosen)
        )

    @property
    def registered(self) -> int:
        """Those with their hukou here (户籍人口)."""
        return self.count(kinds=REGISTERED)


def population(area: str, on: date, *, by: Actor) -> Population:
    """The population of an area (community, street or county) at the end of the month of ``on``; one statement."""
    _must_reach(area, by=by)
    month = on.replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute(_STOCK, [area, month, area, area + ":", month])
        rows = cursor.fetchall()
    cells = tuple(
        PopulationCell(sex, band, kind, int(count)) for sex, band, kind, count in sorted(rows) if count
    )
    return Population(area=area, month=month, cells=cells)


def settled_in(communities: Iterable[str], on: date, *, by: Actor) -> dict[str, int]:
    """How many live in each of these communities (常住人口) at the end of the month of ``on``; one statement."""
    codes = list(communities)
    for code in codes:
        _must_reach(code, by=by)
    month, kinds = on.replace(day=1), [str(kind) for kind in LIVING_HERE]
    with connection.cursor() as cursor:
        cursor.execute(_LIVING, [codes, month, codes, month, kinds])
        return {area: int(count) for area, count in cursor.fetchall()}


def population_flow(area: str, first: date, last: date, *, by: Actor) -> dict[str, int]:
    """Births, arrivals, departures and deaths (出生、迁入、迁出、死亡) from the month of ``first`` to that of ``last``.

    In a street or county, moves between its communities count as both arrival and departure.
    """
    _must_reach(area, by=by)
    months = [first.replace(day=1), last.replace(day=1)]
    with connection.cursor() as cursor:
        cursor.execute(_FLOW, [area, *months, area, area + ":", *months])
        found = {measure: int(amount) for measure, amount in cursor.fetchall()}
    return {measure: found.get(measure, 0) for measure in ("born", "arrived", "left", "died")}


def _must_reach(area: str, *, by: Actor) -> None:
    if not by.reaches(area):
        raise NotAllowed(permission=FIND, area=area)


def _bands(age_from: int, age_until: int | None) -> set[str] | None:
    if age_from == 0 and age_until is None:
        return None
    limits = {band.since for band in AGE_BANDS}
    if age_from not in limits or (age_until is not None and age_until not in limits):
        raise ValueError(f"ages are counted by bands that begin at {sorted(limits)}")
    return {
        band.key
        for band in AGE_BANDS
        if band.since >= age_from
        and (age_until is None or (band.until is not None and band.until <= age_until))
    }


def living_in(area: str, *, by: Actor, on: date) -> int:
    """How many live in a community (居住的人) as its addresses stand now, when its area is about to change."""
    homes = Residence.objects.filter(area=area, kind=AddressKind.LIVES, until__isnull=True)
    return Person.objects.within(by).filter(id__in=homes.values("person")).count()
