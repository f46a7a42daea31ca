"""Pages of places: the tree of communities, one area, one building's chart."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.access.api import names_of
from yimen.foundations.ui.api import guarded, render
from yimen.kernel.areas import Level, is_area_code
from yimen.kernel.refusals import NotPossible
from yimen.registers.places import api
from yimen.registers.places.forms import CheckForm
from yimen.registers.places.permissions import CHECK_DWELLINGS, VIEW
from yimen.registers.places.ports import dwelling_panels
from yimen.registers.places.presenters import (
    AreaPage,
    BuildingPage,
    RoomPanel,
    TreePage,
    estate_blocks,
    next_unchecked,
    room_url,
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
    )
    return render(request, "places/area.html", page)


@guarded(VIEW)
@require_http_methods(["GET", "POST"])
def building(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The chart of a building (楼栋图); a chosen room stands beside it, and what was seen there is posted here."""
    found = api.building(public_id, by=request.actor)
    chosen = _uuid(request.GET.get("room", ""))
    dwelling = api.dwelling(chosen, by=request.actor) if chosen else None
    form, status = None, 200
    if dwelling and request.method == "POST":
        form = CheckForm(request.POST)
        if form.is_valid():
            try:
                api.set_dwelling_use(
                    by=request.actor,
                    at=request.at,
                    dwelling=dwelling,
                    request_key=request.POST.get("request_key"),
                    **form.cleaned_data,
                )
            except NotPossible as refused:
                form.add_error(None, refused.sentence)
            else:
                messages.success(request, f"{dwelling.door}已核实。")
                return redirect(room_url(found.public_id, dwelling.public_id))
        status = 422
    rows = list(api.dwellings_of(found, by=request.actor))
    counts = use_counts(rows)
    page = BuildingPage(
        building=found,
        place=api.full_area_name(found.area),
        units=unit_charts(found, rows, chosen),
        counts=counts,
        dwellings=len(rows),
        checked=len(rows) - counts[-1][2],
        room=_room_panel(request, found, dwelling, rows, form) if dwelling else None,
    )
    return render(request, "places/building.html", page, status=status)


def _room_panel(request, building, dwelling, rows, form) -> RoomPanel:
    by = request.actor
    may = by.can(CHECK_DWELLINGS, area=dwelling.area)
    if form is None:
        known = "" if dwelling.verified_on is None else dwelling.use
        form = CheckForm(initial={"use": known, "verified_on": request.today})
    following = next_unchecked(rows, dwelling)
    panels = [
        (panel.title, panel.template, content)
        for panel in sorted(dwelling_panels, key=lambda one: one.order)
        if by.can(panel.permission, area=dwelling.area)
        and (content := panel.load(dwelling.public_id, by=by)) is not None
    ]
    return RoomPanel(
        dwelling=dwelling,
        checked_by=names_of([dwelling.verified_by])[dwelling.verified_by] if dwelling.verified_by else "",
        form=form if may else None,
        next_url=room_url(building.public_id, following.public_id) if following else "",
        next_label=f"下一户未核：{following.door}" if following else "",
        panels=panels,
        why_not="" if may else "上门核实由社工和网格员登记。",
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
