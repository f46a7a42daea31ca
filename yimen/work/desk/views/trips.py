"""How often people come for their cases, and the way they are spared (跑动与路程)."""

from functools import reduce
from operator import add

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from yimen.foundations.ui.api import guarded, render, render_list
from yimen.registers.places.api import area_name
from yimen.work.desk.forms import PeriodForm
from yimen.work.desk.lists import TripCases
from yimen.work.desk.permissions import VIEW_CASES, VIEW_TRIPS
from yimen.work.desk.queries import trip_cases, trips_by_area


@guarded(VIEW_TRIPS)
@require_GET
def show_trips(request: HttpRequest) -> HttpResponse:
    """Trips and kilometres spared by community, from a day to a day; this year so far unless told (跑动与路程)."""
    first, last = PeriodForm(request.GET, today=request.today).period()
    rows = trips_by_area(first, last, by=request.actor)
    period = f"settled_on_from={first}&settled_on_to={last}"
    page = {
        "first": first,
        "last": last,
        "rows": [(row, area_name(row.area), f"area={row.area}&{period}") for row in rows],
        "all": reduce(add, rows) if rows else None,
        "period": period,
        "cases": reverse("desk:trip_cases") if request.actor.can_somewhere(VIEW_CASES) else "",
    }
    return render(request, "desk/trips.html", page)


@guarded(VIEW_CASES)
@require_GET
def show_trip_cases(request: HttpRequest) -> HttpResponse:
    """The cases behind a number of `show_trips`."""
    return render_list(request, TripCases, trip_cases(by=request.actor))
