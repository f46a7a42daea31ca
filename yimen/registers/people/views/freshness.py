"""How much of what is on file was checked against life lately (核实新鲜度): numbers only, no names."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yimen.foundations.ui.api import guarded, render
from yimen.kernel.areas import community_of
from yimen.registers.people import api
from yimen.registers.people.presenters import FreshnessPage, summed
from yimen.registers.places import api as places


@guarded(places.VIEW_PLACES)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """By community and grid: the share of dwellings, households and people checked within so many days."""
    practice = places.door_practice(on=request.today)
    lines = api.freshness(by=request.actor, on=request.today)
    communities = []
    for code, found in groupby(lines, key=lambda line: community_of(line.area) or line.area):
        grids = [
            (line.area, "没有划入网格的" if line.area == code else places.area_name(line.area), line)
            for line in found
        ]
        whole = summed(code, [line for _, _, line in grids])
        communities.append((code, places.area_name(code), whole, grids if len(grids) > 1 else []))
    page = FreshnessPage(
        days=practice.fresh_days,
        since=practice.fresh_since(request.today),
        communities=communities,
        total=summed("", lines),
    )
    return render(request, "people/freshness.html", page)
