"""The tree of estates, buildings and doors is written here (登记小区、楼幢、房屋)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yimen.foundations.ui.api import guarded, render, submitted
from yimen.kernel.areas import Level, is_area_code, level
from yimen.kernel.refusals import Conflict
from yimen.registers.places import api
from yimen.registers.places.forms import DoorForm, EstateForm, LayOutForm
from yimen.registers.places.permissions import EDIT


@guarded(EDIT)
@require_http_methods(["GET", "POST"])
def new_estate(request: HttpRequest, code: str) -> HttpResponse:
    """An estate of a community (登记小区)."""
    if not is_area_code(code) or level(code) != Level.COMMUNITY or not api.touches(code, by=request.actor):
        raise api.NoSuchPlace(what="社区")
    request.actor.must(EDIT, area=code)
    form = EstateForm(request.POST or None)
    made = _sent(request, form, api.add_estate, community=code)
    if made:
        messages.success(request, f"{made.name}已登记。接着登记楼幢。")
        return redirect("places:new_building", estate=made.public_id)
    return _show(
        request, form, f"在{api.area_name(code)}登记小区", reverse("places:area", args=[code]), "登记小区"
    )


@guarded(EDIT)
@require_http_methods(["GET", "POST"])
def new_building(request: HttpRequest, estate: UUID) -> HttpResponse:
    """A building with all its doors in one form (整幢登记): floors, units, rooms on a floor."""
    found = api.estate(estate, by=request.actor)
    request.actor.must(EDIT, area=found.area)
    grids = [(one.code, one.name) for one in api.areas_under(found.area, Level.GRID)]
    form = LayOutForm(request.POST or None, grids=grids)
    made = _sent(request, form, api.lay_out_building, estate=found)
    if made:
        messages.success(request, f"{found.name}{made.name}已登记，每一户都在楼栋图上。")
        return redirect("places:building", public_id=made.public_id)
    back = reverse("places:area", args=[found.area])
    return _show(request, form, f"{found.name}：登记一幢楼", back, "登记整幢")


@guarded(EDIT)
@require_http_methods(["GET", "POST"])
def new_door(request: HttpRequest, building: UUID) -> HttpResponse:
    """One more door, for numbers that are odd (补登一户)."""
    found = api.building(building, by=request.actor)
    request.actor.must(EDIT, area=found.area)
    form = DoorForm(request.POST or None)
    made = _sent(request, form, api.add_dwelling, building=found)
    if made:
        messages.success(request, f"{made.door}已登记。")
        return redirect("places:dwelling", public_id=made.public_id)
    back = reverse("places:building", args=[building])
    return _show(request, form, f"{found.estate.name}{found.name}：补登一户", back, "登记")


def _sent(request: HttpRequest, form: Any, operation: Any, **what: Any) -> Any:
    if request.method != "POST":
        return None
    try:
        return submitted(request, form, operation, **what)
    except Conflict as twin:
        form.add_error(None, twin.sentence)
        return None


def _show(request: HttpRequest, form: Any, title: str, back: str, submit: str) -> HttpResponse:
    page = {"form": form, "title": title, "back": back, "submit": submit}
    return render(request, "places/tree_form.html", page, status=422 if form.errors else 200)
