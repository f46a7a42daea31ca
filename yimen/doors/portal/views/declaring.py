"""The page behind the code on the stairs: who moved in or out tells it herself, without an account (住户申报).

It reads nothing back: not who lives there, not what was declared before.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yimen.doors.portal.forms import DeclareForm, DeclareHeadsForm
from yimen.doors.portal.views.words import by_word
from yimen.foundations.bus.api import act_as
from yimen.foundations.ui.api import client_address, public, render
from yimen.kernel.actor import system_actor
from yimen.kernel.refusals import Refused
from yimen.registers.people import api as people
from yimen.registers.places.api import door_practice, full_area_name

DOOR = "portal.declare"


@public
@never_cache
@sensitive_post_parameters("name", "phone", "door")
@require_http_methods(["GET", "POST"])
@by_word
def declare(request: HttpRequest, word: str) -> HttpResponse:
    """Tell that one moved in or out, or how many live in a dormitory (住户申报)."""
    with act_as(system_actor(DOOR), on=request.today):
        sheet = people.open_sheet(word, by=system_actor(DOOR), on=request.today)
    if sheet is None:
        return render(request, "portal/declare_over.html", {}, status=404)
    fixed = sheet.dwelling is not None
    given = request.POST if request.method == "POST" else None
    initial = {"since": request.today}
    form: Any = (
        DeclareHeadsForm(given, initial=initial)
        if sheet.collective
        else DeclareForm(given, initial=initial, fixed=fixed)
    )
    if given is not None and form.is_valid() and _sent(request, sheet, form):
        return redirect(reverse("portal:declare", args=[word]) + "?sent=1")
    page = {
        "form": form,
        "sent": "sent" in request.GET,
        "title": sheet.dwelling.address if fixed else f"{sheet.building.estate.name}{sheet.building.name}",
        "place": full_area_name(sheet.building.community),
        "days": door_practice(on=request.today).keep_days,
        "heads": sheet.collective,
    }
    return render(request, "portal/declare.html", page, status=422 if form.errors else 200)


def _sent(request: HttpRequest, sheet: people.DoorSheet, form: Any) -> bool:
    told = form.cleaned_data
    by = system_actor(DOOR, areas=(sheet.building.area,))
    with act_as(by, on=request.today):
        door = people.declared_door(sheet, told.get("door", ""), by=by)
        if door is None:
            form.add_error("door", "这幢楼没有对上这个室号，请照门牌再填一次，例如 2单元501。")
            return False
        try:
            people.receive_declaration(
                by=by,
                at=request.at,
                dwelling=door.public_id,
                kind="heads" if sheet.collective else told["kind"],
                since=told["since"],
                name=told.get("name", ""),
                phone=told.get("phone", ""),
                use=told.get("use", ""),
                long=told.get("long"),
                heads=told.get("heads"),
                source=client_address(request),
                sent_as=request.POST.get("request_key", ""),
            )
        except Refused as refusal:
            placed = [one for one in refusal.findings if one.field in form.fields]
            for one in placed:
                form.add_error(one.field, one.sentence)
            if not placed:
                form.add_error(None, refusal.sentence)
            return False
    return True
