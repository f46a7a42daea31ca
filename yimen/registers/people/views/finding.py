"""Find people."""

import re
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, part, render, render_list
from yimen.kernel.areas import street_of
from yimen.kernel.faults import Fault
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import is_han, narrow
from yimen.registers.people import api
from yimen.registers.people.lists import PapersMissing
from yimen.registers.people.permissions import COMPARE, FIND, REGISTER, VIEW_FILE
from yimen.registers.people.ports import FileAction, file_actions, stranger_actions
from yimen.registers.people.presenters import SearchPage
from yimen.registers.people.queries.doubts import papers_missing
from yimen.registers.people.rules.search import understand
from yimen.standards.citizen_id import parse_citizen_id

MOST = 20


@guarded(FIND)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("q")
def search(request: HttpRequest) -> HttpResponse:
    """The one search box with its results (找人); the part ``results`` follows the typing.

    The box posts, so that an id number stands in no address; other words come back as an address that can be kept.
    """
    text = request.POST.get("q", request.GET.get("q", ""))
    empty = request.method == "POST" and not text.strip()
    if request.method == "POST" and not part(request) and not empty and not api.as_id_number(text):
        return redirect(f"{reverse('people:search')}?{urlencode({'q': text.strip()})}")
    status = 422 if empty and not part(request) else 200
    return render(request, "people/search.html", _search_page(request, text), status=status)


@guarded(FIND)
@require_POST
@sensitive_post_parameters("id_number")
def stranger(request: HttpRequest) -> HttpResponse:
    """A complete id number beyond one's areas (全平台按号查找): a minimal card, and a look with its reason."""
    number, why = request.POST.get("id_number", ""), request.POST.get("why", "")
    try:
        page = stranger_page(request, number, why=why or "窗口办事")
    except NotPossible as refused:
        page = SearchPage(text=number, asked=True, fault=refused.sentence)
        return render(request, "people/search.html", page, status=422)
    return render(request, "people/search.html", page)


def stranger_page(request: HttpRequest, number: str, *, why: str) -> SearchPage:
    """Who bears this number anywhere on the platform: as little as the window must know, and what can be done."""
    found = api.person_card_minimal(by=request.actor, at=request.at, id_number=number, why=why)
    return SearchPage(
        text=number,
        asked=True,
        id_number=number,
        looked=True,
        stranger=found,
        same_street=found is not None and found.street == street_of(request.actor.home),
        carried=_carried(number),
        may_register=request.actor.can_somewhere(REGISTER),
        actions=tuple(
            {"label": action.label, "url": reverse(action.url_name)}
            for action in stranger_actions
            if found
            and request.actor.can_somewhere(action.permission)
            and (not action.same_street or found.street == street_of(request.actor.home))
        ),
    )


@guarded(REGISTER)
@require_GET
def show_papers_missing(request: HttpRequest) -> HttpResponse:
    """Who still owes a paper (证件待补)."""
    return render_list(request, PapersMissing, papers_missing(by=request.actor))


def first_action(request: HttpRequest) -> FileAction | None:
    """What the window does next with a file just made (受理事项): the first deed of a file this actor may do."""
    actions = sorted(file_actions, key=lambda each: (each.order, each.key))
    return next((one for one in actions if request.actor.can_somewhere(one.permission)), None)


def number_page(request: HttpRequest, number: str, found: list[api.PersonCard]) -> SearchPage:
    """What a complete id number typed by hand led to within one's areas."""
    return SearchPage(
        text=number,
        cards=found,
        asked=True,
        id_number=number,
        may_register=request.actor.can_somewhere(REGISTER),
    )


def _search_page(request: HttpRequest, text: str) -> SearchPage:
    found = api.find_people(text, by=request.actor, on=request.today, limit=MOST + 1) if text.strip() else []
    asked = understand(text)
    fault = ""
    if asked.id_number and not found:
        read = parse_citizen_id(asked.id_number, today=request.today)
        fault = f"{read.sentence}。" if isinstance(read, Fault) else ""
    nobody = bool(text.strip()) and not found and not asked.id_number
    return SearchPage(
        text=text,
        cards=found[:MOST],
        tied=tuple(api.tied_by_name(text.strip(), by=request.actor)) if nobody else (),
        more=len(found) > MOST,
        asked=bool(text.strip()),
        id_number="" if fault else asked.id_number,
        carried=_carried(text),
        may_register=request.actor.can_somewhere(REGISTER),
        may_compare=request.actor.can_somewhere(COMPARE),
        may_list=request.actor.can_somewhere(VIEW_FILE),
        fault=fault,
    )


def _carried(text: str) -> str:
    """Where to put on file what was typed and not found: the text goes into the field it looks like."""
    typed = narrow(text)
    if understand(text).id_number:
        return ""  # goes by POST
    if re.fullmatch(r"\+?[0-9][0-9 \-]{5,}", typed):
        field = "phone"
    elif re.search(r"[0-9]", typed):
        field = "lives_address"
    elif any(map(is_han, typed)):
        field = "name"
    else:
        return reverse("people:new")
    return f"{reverse('people:new')}?{urlencode({field: text.strip()})}"
