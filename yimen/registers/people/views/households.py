"""Households (住户): the page, founding, joining and leaving."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render
from yimen.kernel.refusals import NotPossible
from yimen.registers.people import api
from yimen.registers.people.forms.households import FoundForm, JoinForm
from yimen.registers.people.permissions import FIND, REGISTER
from yimen.registers.people.presenters import EditPage, HouseholdView
from yimen.registers.people.views.shared import as_uuid, attempt, edit_page
from yimen.registers.places.api import full_area_name


@guarded(FIND)
@require_GET
def household(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A household with its members, present and former (住户)."""
    house = api.get_household(public_id, by=request.actor)
    page = HouseholdView(
        house=house,
        place=full_area_name(house.community),
        may_edit=request.actor.can(REGISTER, area=house.area),
    )
    return render(request, "people/household.html", page)


@guarded(REGISTER)
@require_POST
def verify(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everybody of the household as it stands (全户核实无误): one tap for the household and its members."""
    house = api.get_household(public_id, by=request.actor)
    api.set_verified(
        by=request.actor,
        at=request.at,
        people=[member.person for member in house.present if not member.died_on],
        household=public_id,
        request_key=request.POST.get("request_key"),
    )
    messages.success(request, "已记下今天核实：这一户和现有成员。")
    return redirect("people:household", public_id=public_id)


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def found(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Found a household with this person as its householder from a day on (立户); the one she leaves is named first."""
    her = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    form = FoundForm(request.POST or None, initial={"on": request.today})
    if form.is_valid() and (
        house := attempt(request, form, api.found_household, householder=public_id, **form.cleaned_data)
    ):
        messages.success(request, "已立户，可以继续登记家庭成员。")
        return redirect("people:household", public_id=house.public_id)
    hint = f"{her.name}现在不在任何住户里；立户后可以登记家庭成员。"
    if her.household:
        present = api.get_household(her.household, by=request.actor)
        leads = (
            "，立户后那一户没有户主" if present.householder == her.name and len(present.present) > 1 else ""
        )
        where = f"{present.householder or '未定户主'} 户（{present.address or '没有地址'}）"
        hint = f"现在登记在{where}。立户后从这天起离开那一户{leads}。"
    return edit_page(request, her, form, title="以本人为户主立户", submit="立户", hint=hint)


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Someone joins the household (登记成员): find her, say the relation and the day."""
    house = api.get_household(public_id, by=request.actor)
    text = request.GET.get("q", "")
    present = {member.person for member in house.present}
    cards = [
        card
        for card in (api.find_people(text, by=request.actor, on=request.today) if text.strip() else [])
        if card.public_id not in present and not card.died_on
    ]
    choices = [(str(card.public_id), f"{card.name} · {card.hint}") for card in cards]
    form = JoinForm(request.POST or None, people=choices, initial={"on": request.today})
    if form.is_valid():
        told = form.cleaned_data | {"person": as_uuid(form.cleaned_data["person"]), "household": public_id}
        if attempt(request, form, api.join_household, **told):
            messages.success(request, "已登记为家庭成员。")
            return redirect("people:household", public_id=public_id)
    page = EditPage(
        title="登记家庭成员",
        subtitle=f"{house.householder or '未定户主'} 户　{house.address}",
        back=reverse("people:household", args=[public_id]),
        form=form,
        submit="登记",
        text=text,
        searching=True,
        choosing="person",
        candidates=cards,
    )
    return render(request, "people/edit.html", page, status=422 if form.is_bound else 200)


@guarded(REGISTER)
@require_POST
def leave(request: HttpRequest, public_id: UUID, person: UUID) -> HttpResponse:
    """Someone leaves the household today (离户)."""
    try:
        api.leave_household(
            by=request.actor,
            at=request.at,
            on=request.today,
            person=person,
            request_key=request.POST.get("request_key"),
        )
    except NotPossible as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "已登记离户。")
    return redirect("people:household", public_id=public_id)
