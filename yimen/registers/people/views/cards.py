"""A card on the reader, or a complete id number: the file, or the way to one (刷卡)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from yimen.foundations.ui.api import guarded, render
from yimen.kernel.faults import Fault
from yimen.registers.people import api
from yimen.registers.people.forms.registering import ABROAD, CardForm, NewPersonForm
from yimen.registers.people.permissions import FIND, REGISTER, VIEW_FILE
from yimen.registers.people.presenters import NewPage, SearchPage
from yimen.registers.people.views.finding import first_action, number_page, stranger_page
from yimen.registers.people.views.shared import places_to_choose
from yimen.registers.places import api as places
from yimen.standards.citizen_id import CitizenId, parse_citizen_id


@guarded(FIND)
@require_POST
@sensitive_post_parameters()
@sensitive_variables("told", "read", "number")
def card(request: HttpRequest) -> HttpResponse:
    """A card was read, or a whole number typed (刷卡): known opens the file, unknown leads to one, elsewhere is served here.

    Always a POST: an id number stands in no address and no log.
    """
    told = CardForm(request.POST if "id_number" in request.POST else {"id_number": request.POST.get("q", "")})
    if not told.is_valid():
        return _said(request, "卡上没有读到号码，请重放一次，或手工输入。")
    number = told.cleaned_data["id_number"]
    read = parse_citizen_id(number, today=request.today)
    if isinstance(read, Fault):
        again = "请重放一次，或手工输入。" if told.cleaned_data["from_reader"] else "请核对后再输一次。"
        return _said(request, f"{read.sentence}。{again}", text=number)
    until = told.cleaned_data["valid_until"]
    if until is not None and until < request.today:
        messages.warning(request, f"这张身份证 {until} 已经过期：请提醒换领，身份另行核对后再办。")
    found = api.find_people(read.number, by=request.actor, on=request.today, limit=2)
    if len(found) == 1 and request.actor.can_somewhere(VIEW_FILE):
        if told.cleaned_data["name"] and told.cleaned_data["name"] != found[0].name:
            messages.warning(
                request,
                f"证上的姓名是“{told.cleaned_data['name']}”，档案里是“{found[0].name}”：请核对，必要时更正档案。",
            )
        return redirect("people:file", public_id=found[0].public_id)
    if found or not told.cleaned_data["from_reader"]:
        return render(request, "people/search.html", number_page(request, read.number, found))
    # The card lies on the desk, so its bearer stands here: no further question before looking beyond the street.
    elsewhere = stranger_page(request, read.number, why="窗口办事：刷身份证")
    if elsewhere.stranger is not None or not request.actor.can_somewhere(REGISTER):
        return render(request, "people/search.html", elsewhere)
    return render(request, "people/new.html", _new_file(request, read, told.cleaned_data))


def _new_file(request: HttpRequest, read: CitizenId, told: dict) -> NewPage:
    """The form of a new file with what stands on the card (用身份证信息建档).

    The address on a card is where the hukou was when it was issued; it is offered as the home only if it lies around here.
    """
    initial = {
        "id_number": read.number,
        "name": told["name"],
        "sex": read.sex.value,
        "birth_on": read.birth_date,
        "hukou_address": told["address"],
        "hukou": ABROAD if told["address"] else "",
        "from_card": bool(told["name"]),
    }
    if told["address"] and _around_here(request, told["address"]):
        initial["lives_address"] = told["address"]
    form = NewPersonForm(initial=initial, **places_to_choose(request.actor), today=request.today)
    return NewPage(form, from_card=bool(told["name"]), serve=first_action(request))


def _around_here(request: HttpRequest, address: str) -> bool:
    """Does an address name the district that the actor works in?"""
    home = request.actor.home
    names = [places.area_name(home[:length]) for length in (6, 9) if len(home) >= length]
    return any(name and name in address for name in names)


def _said(request: HttpRequest, sentence: str, *, text: str = "") -> HttpResponse:
    page = SearchPage(text=text, asked=True, fault=sentence)
    return render(request, "people/search.html", page, status=422)
