"""What is noted standing before a door (门口登记): as it stands, moved in, moved out, other tenants, the landlord."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.registers.people import api
from yimen.registers.people.forms.doors import (
    ChangeTenantsForm,
    LandlordForm,
    MoveInForm,
    MoveOutForm,
    NewcomerForm,
)
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.presenters import DoorFormPage
from yimen.registers.people.views.shared import attempt, attempt_or_ask
from yimen.registers.places import api as places

MOST_FOUND = 8


@guarded(REGISTER)
@require_POST
def verify(request: HttpRequest, dwelling: UUID) -> HttpResponse:
    """All as it stands (核实无误): one tap for the dwelling, its people and their households."""
    given = {"use": request.POST.get("use", ""), "request_key": request.POST.get("request_key")}
    try:
        api.verify_door(by=request.actor, at=request.at, dwelling=dwelling, **given)
    except NotPossible as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "已核实无误：房屋、住户和住在这里的人都记为今天核实。")
    return _to_door(dwelling)


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("name", "phone")
def move_in(request: HttpRequest, dwelling: UUID) -> HttpResponse:
    """Somebody moved in (搬入)."""
    door = _door(request, dwelling)
    initial = {"on": request.today, "use": door.use if door.use in ("self", "let", "shared") else "let"}
    houses = {one.household: one.householder or one.name for one in door.people if one.household}
    form = MoveInForm(
        request.POST or None,
        initial=initial,
        households=[(one, f"加入 {who} 户") for one, who in houses.items()],
    )
    doubles = api.Doubles()
    if form.is_valid() and "hand_over" in request.POST and _handed_over(request, door, form):
        return _to_door(dwelling)
    if form.is_valid():
        told = form.cleaned_data
        house = {"household": form.house, "role": told.get("role") or ""}
        done, doubles = _noted(request, form, api.move_in, dwelling=dwelling, **house)
        if done:
            messages.success(request, "已登记搬入。点错了，今天可以撤销。")
            return _to_door(dwelling)
    text = request.GET.get("q", "").strip()
    found = api.find_people(text, by=request.actor, on=request.today, limit=MOST_FOUND) if text else []
    living = {one.person for one in door.people}
    return _show(
        request,
        door,
        form,
        title="搬入",
        submit="登记搬入",
        doubles=doubles,
        text=text,
        found=[card for card in found if card.public_id not in living and not card.died_on],
        searching=True,
    )


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def move_out(request: HttpRequest, dwelling: UUID) -> HttpResponse:
    """Some or all moved out (搬出)."""
    door = _door(request, dwelling)
    form = MoveOutForm(request.POST or None, initial={"on": request.today}, living=_living(door))
    if form.is_valid():
        told = form.cleaned_data
        if attempt(
            request,
            form,
            api.move_out,
            dwelling=dwelling,
            people=form.leaving,
            on=told["on"],
            whereto=told["whereto"],
        ):
            messages.success(request, "已登记搬出。点错了，今天可以撤销。")
            return _to_door(dwelling)
    return _show(request, door, form, title="搬出", submit="登记搬出")


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("name", "phone")
def change(request: HttpRequest, dwelling: UUID) -> HttpResponse:
    """The tenants changed (换租客): who goes, who comes, one day."""
    door = _door(request, dwelling)
    initial = {"on": request.today, "use": "shared" if door.use == "shared" else "let"}
    form = ChangeTenantsForm(request.POST or None, initial=initial, living=_living(door))
    doubles = api.Doubles()
    if form.is_valid():
        done, doubles = _noted(request, form, api.change_tenants, dwelling=dwelling, people=form.leaving)
        if done:
            messages.success(request, "已换租客：旧的搬出、新的搬入，房东不变。")
            return _to_door(dwelling)
    return _show(request, door, form, title="换租客", submit="登记换租客", doubles=doubles)


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("name", "phone")
def landlord(request: HttpRequest, dwelling: UUID) -> HttpResponse:
    """Who lets the dwelling (房东)."""
    door = _door(request, dwelling)
    known = door.landlord
    initial = {"name": known.name, "phone": known.phone} if known else {}
    form = LandlordForm(request.POST or None, initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        person = api.landlord_on_file(told["name"], told["phone"], by=request.actor)
        done = attempt(request, form, api.set_landlord, dwelling=dwelling, person=person, **told)
        if form.is_valid():
            messages.success(request, "房东已登记。" if done else "已记为没有房东。")
            return _to_door(dwelling)
    return _show(request, door, form, title="房东", submit="保存")


@guarded(REGISTER)
@require_POST
def undo(request: HttpRequest, dwelling: UUID, deed: UUID) -> HttpResponse:
    """Take a note back (撤销), the same day and by who made it."""
    try:
        api.undo_door_deed(
            by=request.actor, at=request.at, deed=deed, request_key=request.POST.get("request_key")
        )
    except (NotPossible, Conflict) as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "已撤销，恢复到登记以前。")
    return _to_door(dwelling)


def _noted(
    request: HttpRequest, form: NewcomerForm, deed: Callable[..., Any], **told: Any
) -> tuple[Any, api.Doubles]:
    """What the form says of who comes (新来的人), noted by a deed of the door."""
    typed = form.cleaned_data
    newcomer = {
        "person": typed["person"],
        "name": typed.get("name", ""),
        "phone": typed["phone"],
        "compared": typed["confirmed"],
    }
    return attempt_or_ask(request, form, deed, on=typed["on"], use=typed["use"], **newcomer, **told)


def _handed_over(request: HttpRequest, door: api.Door, form: MoveInForm) -> bool:
    """Her file lies beyond a grid worker's reach: the community finds it among the declarations and moves her (转社区确认)."""
    told = form.cleaned_data
    if not attempt(
        request,
        form,
        api.receive_declaration,
        dwelling=door.dwelling,
        kind=api.DeclaredKind.MOVED_IN,
        since=told["on"],
        name=told["name"],
        phone=told["phone"],
        use=told["use"],
    ):
        return False
    messages.success(request, "已转社区：社区在“待确认申报”里找到原档案，迁到这里。")
    return True


def _door(request: HttpRequest, dwelling: UUID) -> api.Door:
    door = api.door_of(dwelling, by=request.actor)
    if not door.may_note:
        request.actor.must(places.CHECK_DWELLINGS, area=places.dwelling(dwelling, by=request.actor).area)
        request.actor.must(REGISTER, area=places.dwelling(dwelling, by=request.actor).area)
    return door


def _living(door: api.Door) -> list[tuple[UUID, str]]:
    return [(one.person, one.name) for one in door.people]


def _to_door(dwelling: UUID) -> HttpResponse:
    return redirect("places:dwelling", public_id=dwelling)


def _show(request: HttpRequest, door: api.Door, form: Any, **told: Any) -> HttpResponse:
    found = places.dwelling(door.dwelling, by=request.actor)
    page = DoorFormPage(
        door=door,
        form=form,
        back=reverse("places:dwelling", args=[door.dwelling]),
        address=found.address,
        **told,
    )
    return render(request, "people/door_form.html", page, status=422 if form.errors else 200)
