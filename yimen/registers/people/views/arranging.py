"""A household is arranged anew (住户变动): another householder, divided, united."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yimen.foundations.ui.api import guarded, render
from yimen.registers.people import api
from yimen.registers.people.forms.households import ChooseHouseholdForm, RolesForm
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.presenters import EditPage
from yimen.registers.people.views.shared import as_uuid, attempt


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def lead(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another householder (变更户主), and everybody's relation to her."""
    house = api.get_household(public_id, by=request.actor)
    form = _roles(request, house)
    if form.is_valid() and attempt(
        request,
        form,
        api.change_householder,
        household=public_id,
        roles=form.roles,
        on=form.cleaned_data["on"],
    ):
        messages.success(request, "户主和与户主关系已变更，原来的仍可查到。")
        return redirect("people:household", public_id=public_id)
    return _edit(
        request,
        house,
        form,
        title="变更户主",
        submit="变更",
        hint="给每个人选与新户主的关系，新户主选“户主”。",
    )


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def divide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Some members found a household of their own (分户)."""
    house = api.get_household(public_id, by=request.actor)
    form = _roles(request, house, staying=True)
    if form.is_valid():
        made = attempt(
            request,
            form,
            api.divide_household,
            household=public_id,
            leaving=form.roles,
            on=form.cleaned_data["on"],
        )
        if made is not None:
            messages.success(request, "已分户。原户如果没有户主了，请登记新的户主。")
            return redirect("people:household", public_id=made.public_id)
    return _edit(
        request,
        house,
        form,
        title="分户",
        submit="分户",
        hint="分出去的人，选他们在新户里与新户主的关系，其中一人选“户主”；别人留在原户。",
    )


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def unite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everybody of another household comes over to this one (并户): find it by one of its people, then say who is who."""
    house = api.get_household(public_id, by=request.actor)
    other = as_uuid(request.GET.get("other", ""))
    if other is None:
        return _choose(request, house)
    coming = api.get_household(other, by=request.actor)
    form = _roles(request, coming, initial=False)
    if form.is_valid() and attempt(
        request,
        form,
        api.unite_households,
        keep=public_id,
        other=other,
        roles=form.roles,
        on=form.cleaned_data["on"],
    ):
        messages.success(request, "已并户，并过来的那户留作历史。")
        return redirect("people:household", public_id=public_id)
    return _edit(
        request,
        house,
        form,
        title="并户",
        submit="并户",
        hint=f"{coming.householder or '未定户主'} 户的 {len(coming.present)} 人并过来，请选每个人与"
        f" {house.householder or '新户主'} 的关系。",
    )


def _choose(request: HttpRequest, house: api.HouseholdPage) -> HttpResponse:
    text = request.GET.get("q", "")
    cards = api.find_people(text, by=request.actor, on=request.today) if text.strip() else []
    found: dict[UUID, str] = {}
    for card in cards:
        other = api.household_of(card.public_id, by=request.actor)
        if other and other != house.public_id:
            found.setdefault(other, f"{card.householder or '未定户主'} 户 · {card.address} · 有 {card.name}")
    form = ChooseHouseholdForm(
        request.POST or None, households=[(str(one), label) for one, label in found.items()]
    )
    if form.is_valid():
        return redirect(f"{request.path}?other={form.cleaned_data['other']}")
    return _edit(
        request,
        house,
        form,
        title="并户",
        submit="下一步",
        hint="先找到要并过来的那户里的任何一个人。",
        text=text,
        searching=True,
        choosing="other",
        candidates=list(found),
    )


def _roles(
    request: HttpRequest, house: api.HouseholdPage, *, staying: bool = False, initial: bool = True
) -> RolesForm:
    members = [(one.person, one.name, one.role if initial else "") for one in house.present]
    return RolesForm(request.POST or None, members=members, staying=staying, initial={"on": request.today})


def _edit(request: HttpRequest, house: api.HouseholdPage, form, **told) -> HttpResponse:
    page = EditPage(
        subtitle=f"{house.householder or '未定户主'} 户　{house.address}",
        back=reverse("people:household", args=[house.public_id]),
        form=form,
        **told,
    )
    return render(request, "people/edit.html", page, status=422 if form.is_bound else 200)
