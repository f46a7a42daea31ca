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
from yimen.registers.people.forms import JoinForm
from yimen.registers.people.permissions import FIND, REGISTER
from yimen.registers.people.presenters import EditPage, HouseholdView
from yimen.registers.people.views.shared import as_uuid, attempt
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
def found(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Found a household with this person as its householder (立户)."""
    house = api.found_household(
        by=request.actor,
        at=request.at,
        on=request.today,
        householder=public_id,
        request_key=request.POST.get("request_key"),
    )
    messages.success(request, "已立户，可以继续登记家庭成员。")
    return redirect("people:household", public_id=house.public_id)


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
