"""Pages of who does what and whom to ring: the sheet for the wall, a network of contacts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yimen.foundations.ui.api import guarded, render
from yimen.registers.organisations import api
from yimen.registers.organisations.permissions import VIEW


@guarded(VIEW)
@require_GET
def wall(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who does what (岗位分工), by person, to print and hang up; A4, or A3 in large letters."""
    found = api.organisation(public_id, by=request.actor)
    page = {
        "organisation": found,
        "workers": api.division_of_work(found, by=request.actor, on=request.today),
        "large": request.GET.get("paper") == "a3",
        "today": request.today,
    }
    return render(request, "organisations/wall.html", page)


@guarded(VIEW)
@require_GET
def network(request: HttpRequest, key: str) -> HttpResponse:
    """A network of contacts from the county down to the helper group (服务网络), to ring from a telephone."""
    found = api.network_named(key, on=request.today)
    if found is None:
        raise api.NoSuchRecord
    page = {"network": found, "nodes": api.network_tree(found, by=request.actor, on=request.today)}
    return render(request, "organisations/network.html", page)
