"""How much of what is on file was checked against life lately (核实新鲜度), by grid."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from yimen.kernel.actor import Actor
from yimen.registers.people.choices import ResidentKind
from yimen.registers.people.models import Household, Person
from yimen.registers.places.api import door_practice, dwellings_fresh

LIVES_HERE = (ResidentKind.LOCAL, ResidentKind.INCOMER, ResidentKind.UNSTATED)

# A seat that is open is a living person's: a death ends it. As an array it is told once, and without a join no plan made
# for tables that have no statistics yet can compare each household with each resident.
_LIVED_IN = """
people_household.id = ANY (ARRAY(SELECT seat.household_id FROM people_membership AS seat WHERE seat.until IS NULL))
"""


@dataclass(frozen=True)
class Share:
    """So many, and so many of them checked lately (总数、新鲜数)."""

    all: int = 0
    fresh: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.all + other.all, self.fresh + other.fresh)

    @property
    def percent(self) -> str:
        """The share with one digit, "—" of nothing."""
        return f"{self.fresh * 100 / self.all:.1f}%" if self.all else "—"


@dataclass(frozen=True)
class Freshness:
    """One grid, or a community's part without a grid (网格新鲜度): dwellings, households, people."""

    area: str
    dwellings: Share
    households: Share
    people: Share


def freshness(*, by: Actor, on: date) -> list[Freshness]:
    """The shares by grid within reach, by code; three statements however many grids there are."""
    since = door_practice(on=on).fresh_since(on)
    living = Person.objects.within(by).canonical().filter(died_on__isnull=True, residence_kind__in=LIVES_HERE)
    houses = Household.objects.within(by).extra(where=[_LIVED_IN])  # nosec B610 - a constant of our own
    doors = {area: Share(*pair) for area, pair in dwellings_fresh(by=by, since=since).items()}
    homes, people = _shares(houses, since), _shares(living, since)
    return [
        Freshness(area, *(found.get(area, Share()) for found in (doors, homes, people)))
        for area in sorted(doors.keys() | homes.keys() | people.keys())
    ]


def _shares(rows: QuerySet, since: date) -> dict[str, Share]:
    counted = (
        rows.order_by()
        .values("area")
        .annotate(all=Count("id"), fresh=Count("id", filter=Q(verified_on__gte=since)))
    )
    return {row["area"]: Share(row["all"], row["fresh"]) for row in counted}
