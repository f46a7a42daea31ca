"""The map of sites, buildings and outlines (地图), and the upload of outlines (区域轮廓)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.ui.api import guarded, render, submitted
from yimen.kernel.areas import Level, community_of, is_area_code, level, street_of
from yimen.registers.places import api
from yimen.registers.places.forms import OutlineForm
from yimen.registers.places.permissions import EDIT, VIEW
from yimen.registers.places.presenters.maps import (
    MapPage,
    OutlinesPage,
    drawn_building,
    drawn_outline,
    drawn_site,
)
from yimen.registers.places.views.shared import sites_around


@guarded(VIEW)
@require_GET
def show_map(request: HttpRequest) -> HttpResponse:
    """Sites by kind with hours and services, on a map and in a list; from a community, the nearest open one first."""
    home, kind = _home(request), request.GET.get("kind", "")
    kind = kind if kind in api.SiteKind.values else ""
    lines = _lines(request, home)
    kinds = {one.site.kind for one in lines}
    page = MapPage(
        lines=[one for one in lines if not kind or one.site.kind == kind],
        home=home,
        homes=_homes(request),
        kind=kind,
        kinds=[(value, label) for value, label in api.SiteKind.choices if value in kinds],
        nearest=next((one.site.id for one in lines if one.is_open and (not kind or one.site.kind == kind)), 0)
        if home
        else 0,
        may_draw=bool(request.actor.areas_for(EDIT)),
    )
    return render(request, "places/map.html", page)


@guarded(VIEW)
@require_GET
def drawn(request: HttpRequest) -> HttpResponse:
    """What the map draws (地图数据): what the list beside it says, and outlines and buildings within reach."""
    by, today, home = request.actor, request.today, _home(request)
    kind = request.GET.get("kind", "")
    lines = [one for one in _lines(request, home) if kind in ("", one.site.kind)]
    titles, having = api.offer_titles(on=today), api.offers_of([one.site for one in lines], on=today)
    # From a community one looks about in the whole street; grids stand only where one works.
    wide = [street_of(home)] if home else []
    outlines = [
        one
        for one in api.outlines_in([*by.reach, *wide], on=today)
        if level(one.area) is not Level.GRID or api.touches(one.area, by=by)
    ]
    told = {
        "sites": [drawn_site(one, having.get(one.site.id, ()), titles) for one in lines if one.site.position],
        "outlines": [drawn_outline(one, api.area_name(one.area), home=home) for one in outlines],
        "buildings": [drawn_building(one) for one in api.placed_buildings(by=by)],
    }
    return JsonResponse(told)


@guarded(EDIT)
@require_http_methods(["GET", "POST"])
def outlines(request: HttpRequest) -> HttpResponse:
    """The outlines within reach, and a file with new ones (上传轮廓)."""
    form = OutlineForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"since": request.today},
    )

    def do(*, file: Any, **told: Any) -> api.Outlined:
        return api.draw_outlines(content=file.read(), **told)

    if request.method == "POST" and (done := submitted(request, form, do)):
        messages.success(
            request,
            f"已登记：新画或改画 {done.drawn} 个区域，没有变化 {done.same} 个，定位楼幢 {done.placed} 幢。",
        )
        return redirect("places:map")
    lines = [(one, api.area_name(one.area)) for one in api.outline_days(by=request.actor)]
    return render(
        request, "places/outlines.html", OutlinesPage(form, lines), status=422 if form.errors else 200
    )


def _home(request: HttpRequest) -> str:
    """The community one starts from: the one asked for, else one's own when there is only one."""
    asked, homes = request.GET.get("home"), [code for code, _ in _homes(request)]
    if asked is None:
        return homes[0] if len(homes) == 1 else ""
    return asked if asked in homes else ""


def _homes(request: HttpRequest) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for area in request.actor.reach:
        own = community_of(area) if is_area_code(area) else ""
        lines = [api.find_area(own)] if own else api.areas_under(area, Level.COMMUNITY)
        found |= {one.code: one.name for one in lines if one}
    return list(found.items())


def _lines(request: HttpRequest, home: str) -> list[api.SiteNow]:
    if home:
        # What is asked for from a community is looked for in its whole street; sites are published.
        near = api.nearest_sites(home, at=request.at)
        known = {one.site.id for one in near}
        return near + [one for one in _around(request) if one.site.id not in known]
    return _around(request)


def _around(request: HttpRequest) -> list[api.SiteNow]:
    return api.how_sites_stand(sites_around(request), at=request.at)
