"""The sheet with a code for the stairs, and what was declared by it (住户申报)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.documents.api import code_svg
from yimen.foundations.ui.api import guarded, public_address, render, render_list
from yimen.registers.people import api
from yimen.registers.people.forms.doors import ConfirmForm, RefuseForm
from yimen.registers.people.lists import DeclarationList
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.presenters import DeclarationPage, SheetPage
from yimen.registers.people.views.shared import attempt, attempt_or_ask
from yimen.registers.places import api as places


@guarded(places.CHECK_DWELLINGS)
@require_GET
def building_sheet(request: HttpRequest, building: UUID) -> HttpResponse:
    """The sheet for the stairs of a building (扫码申报张贴纸)."""
    found = places.building(building, by=request.actor)
    request.actor.must(places.CHECK_DWELLINGS, area=found.area)
    title = f"{found.estate.name}{found.name}"
    back = reverse("places:building", args=[building])
    return _sheet(request, "b", building, title=title, area=found.area, back=back)


@guarded(places.CHECK_DWELLINGS)
@require_GET
def dwelling_sheet(request: HttpRequest, dwelling: UUID) -> HttpResponse:
    """The sheet for one door, a dormitory above all (一户的申报纸)."""
    found = places.dwelling(dwelling, by=request.actor)
    request.actor.must(places.CHECK_DWELLINGS, area=found.area)
    back = reverse("places:dwelling", args=[dwelling])
    return _sheet(request, "d", dwelling, title=found.address, area=found.area, back=back)


@guarded(REGISTER)
@require_GET
def show_declarations(request: HttpRequest) -> HttpResponse:
    """What was declared within one's areas, what waits first (待确认申报)."""
    return render_list(request, DeclarationList, api.declarations(by=request.actor))


@guarded(REGISTER)
@require_GET
def declaration(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One declaration with who lives there now, and whom the newcomer may be already."""
    return _show(request, _found(request, public_id))


@guarded(REGISTER)
@require_POST
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is so (确认)."""
    found = _found(request, public_id)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        given = {"person": told["person"], "use": told["use"], "compared": told["confirmed"]}
        done, _ = attempt_or_ask(request, form, api.confirm_declaration, declaration=public_id, **given)
        if done:
            messages.success(request, "已确认，登记已更新。点错了，可在这一户撤销。")
            return redirect("places:dwelling", public_id=found.dwelling.public_id)
    return _show(request, found, form=form, status=422)


@guarded(REGISTER)
@require_POST
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is not so (不采纳)."""
    found = _found(request, public_id)
    refusing = RefuseForm(request.POST)
    if refusing.is_valid() and attempt(
        request, refusing, api.refuse_declaration, declaration=public_id, **refusing.cleaned_data
    ):
        messages.success(request, "已记为未采纳，登记没有变动。")
        return redirect("people:declarations")
    return _show(request, found, refusing=refusing, status=422)


def _found(request: HttpRequest, public_id: UUID) -> Any:
    found = api.get_declaration(public_id, by=request.actor)
    if found is None:
        raise api.NoSuchDeclaration
    return found


def _show(
    request: HttpRequest, found: Any, *, form: Any = None, refusing: Any = None, status: int = 200
) -> HttpResponse:
    doubles = api.Doubles()
    if found.kind == api.DeclaredKind.MOVED_IN and found.state == api.DeclarationState.OPEN:
        told = api.Told(name=found.name, phone=found.phone, address=found.dwelling.address)
        doubles = api.doubles_of(told, by=request.actor, on=request.today)
    page = DeclarationPage(
        declaration=found,
        door=api.door_of(found.dwelling.public_id, by=request.actor),
        doubles=doubles,
        form=form or ConfirmForm(),
        refusing=refusing or RefuseForm(),
    )
    return render(request, "people/declaration.html", page, status=status)


def _sheet(request: HttpRequest, kind: str, place: UUID, *, title: str, area: str, back: str) -> HttpResponse:
    until = request.today + timedelta(days=places.door_practice(on=request.today).sheet_days)
    word = api.word_of_sheet(api.Sheet(kind, place, until))
    url = public_address(request, reverse("portal:declare", args=[word]))
    page = SheetPage(
        title=title,
        place=places.full_area_name(area),
        code=code_svg(url, title="扫码申报"),
        until=until,
        back=back,
        url=url,
    )
    return render(request, "people/sheet.html", page)
