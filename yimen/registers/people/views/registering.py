"""Put on file who is not there yet (建档), and ask whether she is (疑似重复)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render
from yimen.kernel.faults import Fault
from yimen.kernel.text import narrow
from yimen.registers.people import api
from yimen.registers.people.forms.registering import NewPersonForm
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.presenters import AlikePart, NewPage, NumberPart
from yimen.registers.people.rules.search import understand
from yimen.registers.people.views.finding import first_action
from yimen.registers.people.views.shared import attempt_or_ask, dwelling_for, places_to_choose
from yimen.standards.citizen_id import parse_citizen_id


@guarded(REGISTER)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("id_number", "other_number")
def new(request: HttpRequest) -> HttpResponse:
    """Put a resident on file (建档). What was typed into the search comes along; a mistake loses nothing.

    An id number is brought along by POST (``bring``), never in the address.
    """
    places = places_to_choose(request.actor)
    if request.method == "GET" or "bring" in request.POST:
        given = request.POST if request.method == "POST" else request.GET
        names = ("name", "phone", "lives_address", *(("id_number",) if request.method == "POST" else ()))
        told = {name: given[name] for name in names if name in given}
        if told.get("id_number"):
            told |= _told_by(told["id_number"], request)
        form = NewPersonForm(initial=told, **places, today=request.today)
        return render(request, "people/new.html", NewPage(form, serve=first_action(request)))
    form = NewPersonForm(request.POST, **places, today=request.today)
    doubles = api.Doubles()
    if form.is_valid():
        person, doubles = _register(request, form)
        if person is not None:
            messages.success(request, f"{person.name}已建档，档案号 {person.number}。")
            if "serve" in request.POST and (action := first_action(request)):
                return redirect(action.url(person.public_id, by=request.actor))
            return redirect("people:file", public_id=person.public_id)
    known = _known(form, request) if "id_number" in form.errors or form.non_field_errors() else None
    page = NewPage(form, doubles=doubles, known=known, serve=first_action(request))
    return render(request, "people/new.html", page, status=422)


@guarded(REGISTER)
@require_POST
@sensitive_post_parameters("id_number")
def number(request: HttpRequest) -> HttpResponse:
    """What a typed id number tells: birth and sex filled, a wrong number and a known person warned of at once."""
    typed = request.POST.get("id_number", "")
    read = parse_citizen_id(typed, today=request.today) if narrow(typed) else None
    told = request.POST.dict()
    if read is None or isinstance(read, Fault):
        form = NewPersonForm(initial=told, **places_to_choose(request.actor), today=request.today)
        fault = f"{read.sentence}。" if isinstance(read, Fault) else ""
        return render(request, "people/new.html", NumberPart(form=form, fault=fault))
    told |= {"birth_on": read.birth_date, "sex": read.sex.value}
    form = NewPersonForm(initial=told, **places_to_choose(request.actor), today=request.today)
    cards = api.find_people(read.number, by=request.actor, on=request.today, limit=1)
    page = NumberPart(form=form, known=cards[0] if cards else None, hint=f"{read.kind.label}，号码有效")
    return render(request, "people/new.html", page)


@guarded(REGISTER)
@require_POST
@sensitive_post_parameters("id_number", "other_number")
def alike(request: HttpRequest) -> HttpResponse:
    """Whom the one being put on file may be already, asked while it is typed (疑似重复): the part ``alike`` of the form."""
    form = NewPersonForm(request.POST, **places_to_choose(request.actor), today=request.today)
    form.is_valid()
    told = getattr(form, "cleaned_data", {})
    read = parse_citizen_id(told.get("id_number", ""), today=request.today)
    known = None if isinstance(read, Fault) else read
    described = api.Told(
        name=told.get("name", ""),
        sex=told.get("sex", "") or (known.sex.value if known else ""),
        birth_on=told.get("birth_on") or (known.birth_date if known else None),
        documents=[(api.DocumentKind.ID_CARD.value, known.number)] if known else [],
        phone=told.get("phone", ""),
        address=told.get("lives_address", ""),
    )
    doubles = (
        api.doubles_of(described, by=request.actor, on=request.today) if described.name else api.Doubles()
    )
    return render(request, "people/new.html", AlikePart(form=form, doubles=doubles))


def _register(request: HttpRequest, form: NewPersonForm) -> tuple[Any, api.Doubles]:
    told = form.cleaned_data
    hukou, hukou_address = form.hukou_told
    return attempt_or_ask(
        request,
        form,
        api.register_person,
        name=told["name"],
        sex=told["sex"],
        birth_on=told["birth_on"],
        id_number=told["id_number"],
        phone=told["phone"],
        community=told["community"],
        lives_address=told["lives_address"],
        lives_at=dwelling_for(told["lives_address"], told["community"], by=request.actor),
        since=told["since"],
        hukou=hukou,
        hukou_address=hukou_address,
        documents=form.documents,
        compared=told["confirmed"],
        source=api.FactSource.CARD if told["from_card"] else api.FactSource.WINDOW,
    )


def _known(form: NewPersonForm, request: HttpRequest) -> api.PersonCard | None:
    typed = form.data.get("id_number", "")
    cards = (
        api.find_people(typed, by=request.actor, on=request.today, limit=1)
        if understand(typed).id_number
        else []
    )
    return cards[0] if cards else None


def _told_by(typed: str, request: HttpRequest) -> dict:
    read = parse_citizen_id(typed, today=request.today)
    return {} if isinstance(read, Fault) else {"birth_on": read.birth_date, "sex": read.sex.value}
