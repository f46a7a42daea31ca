"""What a case cost whoever asked, in trips and way (跑动次数、少跑路程), reckoned when its result is delivered."""

from datetime import date

from yimen.kernel.clock import day_of
from yimen.registers.places.api import SiteKind, metres_between, sites_in
from yimen.work.desk.choices import DeliveryWay, Source, StepKind
from yimen.work.desk.models import Case, CaseStep
from yimen.work.desk.rules.trips import Position, metres_spared, trips_of

_WINDOWS = (SiteKind.STREET_CENTRE, SiteKind.COMMUNITY_STATION, SiteKind.SERVICE_POINT)


def reckon_trips(case: Case, *, way: DeliveryWay, on: date) -> tuple[int, int | None]:
    """The trips of a case that is delivered ``way`` today, and the metres it spared.

    Papers that came later count as brought. Her home is where her community's own window stands: nobody's address is
    measured. None for metres where she lives in no community of the street, or a window has no position.
    """
    steps = CaseStep.objects.filter(case=case, kind=StepKind.PAPERS)
    trips = trips_of(
        came_on=(case.received_on or day_of(case.received_at)) if case.source == Source.COUNTER else None,
        papers_on=map(day_of, steps.values_list("at", flat=True)),
        fetched_on=on if way is DeliveryWay.COUNTER else None,
    )
    windows = [site for site in sites_in(case.street, on=on) if site.kind in _WINDOWS and site.position]
    lies: dict[str, Position] = {}
    for site in sorted(windows, key=lambda one: _WINDOWS.index(one.kind)):
        lies.setdefault(site.area, site.position)
    home = lies.get(case.home_area)

    def metres(area: str) -> int | None:
        return metres_between(home, lies[area]) if home and area in lies else None

    return trips, metres_spared(trips, to_centre=metres(case.street), to_window=metres(case.area))
