"""Pages of calls: the book, logging one in twenty seconds, one call, its answer and its case."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import Action, guarded, refusals_into, render, render_list
from yimen.kernel.refusals import NotFound
from yimen.registers.people.api import FIND, find_people, person_cards
from yimen.services.hotline.choices import Result
from yimen.services.hotline.engine.calls import plain_number
from yimen.services.hotline.engine.rulebook import is_open
from yimen.services.hotline.forms import AnswerForm, CallForm
from yimen.services.hotline.lists import CallList
from yimen.services.hotline.operations import answer_call, log_call, name_caller
from yimen.services.hotline.permissions import ACCEPT_CASE, LOG
from yimen.services.hotline.queries import (
    candidates_for_number,
    chips,
    find_calls,
    get_call,
    on_duty,
    others_of_number,
    place_of,
    shifts_with_me,
)
from yimen.work.desk.api import find_cases

SHOWN = 5


@guarded(LOG)
@require_GET
def show_calls(request: HttpRequest) -> HttpResponse:
    """The book of calls within reach (来电簿)."""
    new = Action("登记来电", reverse("hotline:log"), icon="phone", tone="primary")
    return render_list(request, CallList, find_calls(by=request.actor), actions=(new,))


@guarded(LOG)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("phone", "name")
def log(request: HttpRequest) -> HttpResponse:
    """Log a call (登记来电); the next step follows from the result."""
    area = _area(request)
    data = request.POST if request.method == "POST" else None
    # At night nobody can answer for the offices: what cannot be said now is left to the next shift.
    form = CallForm(data, topics=chips(on=request.today))
    number = plain_number(request.POST.get("phone", "")) if data else ""
    if data is not None and form.is_valid():
        with refusals_into(form):
            call = log_call(
                by=request.actor,
                at=request.at,
                area=area,
                person=_uuid(request.POST.get("person", "")),
                request_key=request.POST.get("request_key"),
                **form.cleaned_data,
            )
            return HttpResponseRedirect(_after(request, call))
    page = _who(request, number) | {
        "form": form,
        "now": request.at,
        "open": is_open(area, at=request.at),
        "duty": on_duty(area, at=request.at, by=request.actor),
    }
    return render(request, "hotline/log.html", page, status=422 if form.errors else 200)


@guarded(LOG)
@require_POST
@sensitive_post_parameters("phone")
def who(request: HttpRequest) -> HttpResponse:
    """Who has this number, and who called with it before (号码是谁的), while it is typed."""
    return render(
        request, "hotline/parts/who.html", _who(request, plain_number(request.POST.get("phone", "")))
    )


@guarded(LOG)
@require_GET
def show_call(request: HttpRequest, call: UUID) -> HttpResponse:
    """One call (来电)."""
    return _page(request, call)


@guarded(LOG)
@require_POST
def answer(request: HttpRequest, call: UUID) -> HttpResponse:
    """Answer what was left or was to be called back (答复来电)."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        with refusals_into(form):
            answer_call(
                by=request.actor,
                at=request.at,
                call=call,
                answer=form.cleaned_data["answer"],
                request_key=request.POST.get("request_key"),
            )
            messages.success(request, "已记下答复。")
            return HttpResponseRedirect(reverse("hotline:call", args=[call]))
    return _page(request, call, form=form)


@guarded(LOG)
@require_POST
def name_person(request: HttpRequest, call: UUID) -> HttpResponse:
    """Say which resident called (对上居民)."""
    person = _uuid(request.POST.get("person", ""))
    if person is None:
        raise NotFound
    name_caller(
        by=request.actor, at=request.at, call=call, person=person, request_key=request.POST.get("request_key")
    )
    return HttpResponseRedirect(reverse("hotline:call", args=[call]))


def _page(request: HttpRequest, call: UUID, form: AnswerForm | None = None) -> HttpResponse:
    by = request.actor
    found = get_call(call, by=by)
    number, text = found.phone, request.GET.get("q", "").strip()
    may_find = by.can_somewhere(FIND)
    choices: Any = []
    if found.person is None and not found.forgotten_on and may_find:
        if text:
            choices = find_people(text, by=by, on=request.today, limit=SHOWN)
        else:
            choices = candidates_for_number(number, by=by, at=request.at)
    accepts = by.can_somewhere(ACCEPT_CASE) and found.case is None
    page = {
        "call": found,
        "form": form or AnswerForm(),
        "person": person_cards([found.person], by=by, on=request.today).get(found.person)
        if found.person
        else None,
        "others": list(others_of_number(number, by=by, but=call)[:SHOWN]),
        "choices": choices,
        "text": text,
        "may_find": may_find,
        "late": bool(found.waits and found.back_by and found.back_by < request.at),
        "case": find_cases(by=by).filter(public_id=found.case).first() if found.case else None,
        "begin": _begin(found) if accepts and found.person else "",
        "accepts": accepts,
    }
    return render(request, "hotline/call.html", page, status=422 if form and form.errors else 200)


def _after(request: HttpRequest, call: Any) -> str:
    """Where a logged call leads: to its case, to its page when somebody is to be found, or to the next call."""
    if call.result == Result.TO_CASE:
        if call.person and request.actor.can_somewhere(ACCEPT_CASE):
            return _begin(call)
        return reverse("hotline:call", args=[call.public_id])
    messages.success(request, f"已登记：{call.topic_title} {call.get_result_display()}。")
    return reverse("hotline:log")


def _begin(call: Any) -> str:
    told = urlencode({"person": call.person, "from": f"hotline.call:{call.public_id}"})
    return f"{reverse('desk:choose')}?{told}"


def _who(request: HttpRequest, number: str) -> dict[str, Any]:
    by = request.actor
    return {
        "number": number,
        "choices": candidates_for_number(number, by=by, at=request.at),
        "others": list(others_of_number(number, by=by)[:SHOWN]),
        "chosen": request.POST.get("person", ""),
    }


def _area(request: HttpRequest) -> str:
    """Where the call is logged: for the area of the shift one stands now, or where one works."""
    mine = [one for one in shifts_with_me(by=request.actor, at=request.at) if one.starts <= request.at]
    fits = [one.area for one in mine if request.actor.can(LOG, area=one.area)]
    return fits[0] if fits else place_of(request.actor)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
