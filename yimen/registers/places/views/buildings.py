"""Pages of places: the tree of communities, one area, one building's chart."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.access.api import names_of
from yimen.foundations.ui.api import guarded, render, submitted
from yimen.kernel.areas import Level, is_area_code
from yimen.registers.places import api
from yimen.registers.places.choices import DwellingUse
from yimen.registers.places.forms import CheckForm, HeadsForm
from yimen.registers.places.permissions import CHECK_DWELLINGS, EDIT, VIEW
from yimen.registers.places.ports import building_actions, dwelling_panels
from yimen.registers.places.presenters.areas import AreaPage, TreePage, estate_blocks
from yimen.registers.places.presenters.buildings import (
    TONES,
    BuildingPage,
    DwellingPage,
    next_unchecked,
    unit_charts,
    use_counts,
)


@guarded(VIEW)
@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """Streets and communities with their stock of dwellings (地点总览)."""
    return render(request, "places/tree.html", TreePage(api.street_trees(by=request.actor)))


@guarded(VIEW)
@require_GET
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One community or grid with its estates, buildings and service sites; a street lists its communities."""
    by = request.actor
    if not is_area_code(code) or not api.touches(code, by=by):
        raise api.NoSuchPlace(what="区域")
    line = api.area(code)
    if line.level == Level.COUNTY:
        return redirect("places:tree")
    trees = [one for one in api.street_trees(by=by) if one.street.code == code]
    if trees:
        return render(request, "places/tree.html", TreePage(trees))
    buildings = api.buildings_in(code, by=by)
    page = AreaPage(
        area=line,
        place=api.full_area_name(line.parent),
        stock=sum(
            (stock for place, stock in api.dwelling_stock(by=by).items() if place == code), api.AreaStock()
        ),
        estates=estate_blocks(api.estates_in(code, by=by), buildings),
        sites=api.sites_in(code, on=request.today, by=by),
        history=api.area_history(code, by=by),
        parent=api.find_area(line.parent),
        may_edit=line.level == Level.COMMUNITY and by.can(EDIT, area=code),
    )
    return render(request, "places/area.html", page)


@guarded(VIEW)
@require_GET
def building(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The chart of a building (楼栋图), all of it or what is used in one way only; a room leads to its own page."""
    by = request.actor
    found = api.building(public_id, by=by)
    rows = list(api.dwellings_of(found, by=by))
    for one in rows:
        one.building = found
    only = request.GET.get("only", "")
    only = only if only in DwellingUse.values else ""
    page = BuildingPage(
        building=found,
        place=api.full_area_name(found.area),
        units=unit_charts(rows, only=only),
        counts=use_counts(rows),
        dwellings=len(rows),
        checked=sum(one.use != DwellingUse.UNCHECKED for one in rows),
        only=only,
        next=next_unchecked(rows) if by.can(CHECK_DWELLINGS, area=found.area) else None,
        heads=api.heads_in(found, by=by),
        may_edit=by.can(EDIT, area=found.area),
        actions=tuple(
            (one.label, one.icon, reverse(one.url_name, args=[public_id]))
            for one in building_actions
            if by.can(one.permission, area=found.area)
        ),
    )
    return render(request, "places/building.html", page)


@guarded(VIEW)
@require_http_methods(["GET", "POST"])
def dwelling(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One door (房屋): how it is used, who lives there as far as the post may see, and what was seen is posted here."""
    found = api.dwelling(public_id, by=request.actor)
    form = None
    if request.method == "POST":
        request.actor.must(CHECK_DWELLINGS, area=found.area)
        form = CheckForm(request.POST)
        if submitted(request, form, api.set_dwelling_use, dwelling=found):
            messages.success(request, f"{found.door}已核实。")
            return redirect("places:dwelling", public_id=public_id)
    return render(
        request,
        "places/dwelling.html",
        _dwelling_page(request, found, form=form),
        status=422 if form is not None else 200,
    )


@guarded(CHECK_DWELLINGS)
@require_POST
def pairs(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Nobody goes to this door alone, or one may again (上门两人)."""
    wanted = request.POST.get("pairs") == "yes"
    api.set_visit_in_pairs(
        by=request.actor,
        at=request.at,
        dwelling=public_id,
        pairs=wanted,
        request_key=request.POST.get("request_key"),
    )
    messages.success(request, "已标为“上门两人”。" if wanted else "已取消“上门两人”。")
    return redirect("places:dwelling", public_id=public_id)


@guarded(CHECK_DWELLINGS)
@require_POST
def heads(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How many live in a collective dwelling today (集体住所人数)."""
    found = api.dwelling(public_id, by=request.actor)
    form = HeadsForm(request.POST)
    if submitted(request, form, api.count_heads, dwelling=public_id):
        messages.success(request, "人数已登记。")
        return redirect("places:dwelling", public_id=public_id)
    page = _dwelling_page(request, found, heads_form=form)
    return render(request, "places/dwelling.html", page, status=422)


def _dwelling_page(request, found, *, form=None, heads_form=None) -> DwellingPage:
    by = request.actor
    may = by.can(CHECK_DWELLINGS, area=found.area)
    collective = found.kind == api.DwellingKind.COLLECTIVE
    if form is None and may:
        known = "" if found.verified_on is None else found.use
        form = CheckForm(initial={"use": known, "verified_on": request.today})
    rows = list(api.dwellings_of(found.building, by=by)) if may else []
    for one in rows:
        one.building = found.building
    panels = [
        (panel.title, panel.template, content)
        for panel in sorted(dwelling_panels, key=lambda one: one.order)
        if by.can(panel.permission, area=found.area)
        and (content := panel.load(found.public_id, by=by)) is not None
    ]
    return DwellingPage(
        dwelling=found,
        tone=TONES[DwellingUse(found.use)],
        checked_by=names_of([found.verified_by])[found.verified_by] if found.verified_by else "",
        form=form,
        panels=panels,
        next=next_unchecked(rows, found),
        heads=tuple(api.heads_of(found, by=by)) if collective else (),
        heads_form=(heads_form or HeadsForm(initial={"on": request.today})) if collective else None,
    )
