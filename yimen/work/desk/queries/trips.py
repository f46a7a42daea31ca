"""How often people come for their cases, and what way they are spared, by community (跑动与路程)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum

from yimen.kernel.actor import Actor
from yimen.work.desk.models import Case
from yimen.work.desk.permissions import VIEW_CASES, VIEW_TRIPS
from yimen.work.desk.queries.work_lists import one_street


@dataclass(frozen=True)
class Trips:
    """The delivered cases of one window's area: how many, their trips, how many without any, how many at the window of
    the applicant's own community, the metres they spared and of how many cases these are known."""

    area: str
    cases: int
    trips: int
    without: int
    near: int
    metres: int
    measured: int

    def __add__(self, other: "Trips") -> "Trips":
        return Trips(
            self.area,
            self.cases + other.cases,
            self.trips + other.trips,
            self.without + other.without,
            self.near + other.near,
            self.metres + other.metres,
            self.measured + other.measured,
        )

    @property
    def per_case(self) -> str:
        """Trips a case, with one digit; "—" of nothing."""
        return f"{self.trips / self.cases:.1f}" if self.cases else "—"

    @property
    def kilometres(self) -> str:
        """The way that was spared, with one digit; "—" where none is known."""
        return f"{self.metres / 1000:.1f}" if self.measured else "—"


def trip_cases(*, by: Actor) -> QuerySet[Case]:
    """The delivered cases of one's windows whose trips were reckoned."""
    return _reckoned(VIEW_CASES, by=by)


def trips_by_area(first: date, last: date, *, by: Actor) -> Sequence[Trips]:
    """What was settled from one day to another, by the area of the window, in the order of their codes; one statement.

    Numbers alone: who reads them need not see the cases behind.
    """
    found = _reckoned(VIEW_TRIPS, by=by).filter(settled_on__gte=first, settled_on__lte=last).order_by("area")
    rows = found.values_list("area").annotate(
        cases=Count("id"),
        all_trips=Sum("trips"),
        without=Count("id", filter=Q(trips=0)),
        near=Count("id", filter=Q(area=F("home_area"))),
        metres=Sum("metres_spared"),
        measured=Count("metres_spared"),
    )
    return [
        Trips(area, cases, trips, without, near, metres or 0, measured)
        for area, cases, trips, without, near, metres, measured in rows
    ]


def _reckoned(permission: str, *, by: Actor) -> QuerySet[Case]:
    reach = by.areas_for(permission)
    return Case.objects.within(by).worked_in(reach, one_street(by)).filter(trips__isnull=False)
