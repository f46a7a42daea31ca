"""My own (我的活动): for who leads or helps. Nothing here asks for an area; all is found by the account."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.ui.api import guarded, render
from yimen.kernel.refusals import Refused
from yimen.standards.masking import mask_name
from yimen.work.gatherings import operations
from yimen.work.gatherings.choices import Answer, State
from yimen.work.gatherings.engine.kinds import kinds_in_force
from yimen.work.gatherings.engine.mine import MyLine, my_line
from yimen.work.gatherings.forms import AnswerForm, SignInForm
from yimen.work.gatherings.permissions import OWN
from yimen.work.gatherings.queries import (
    helpers_of,
    live_sign_ups,
    my_gatherings,
    my_helping,
    my_hours,
    my_part,
)
from yimen.work.gatherings.rules import in_hours
from yimen.work.gatherings.views.deeds import picked
from yimen.work.gatherings.views.one import tell

SHOWN = 30


@guarded(OWN)
@require_GET
def show_mine(request: HttpRequest) -> HttpResponse:
    """What I lead and where I help, what is next on top, and my hours of this year (我的活动)."""
    by = request.actor
    mine, own = my_gatherings(by=by), {row.gathering_id: row for row in my_helping(by=by)}

    def lines(found: Any) -> list[MyLine]:
        return [my_line(one, own.get(one.id), by=by, at=request.at) for one in found[:SHOWN]]

    hours = my_hours(by=by, on=request.today)
    page = {
        "coming": lines(mine.filter(state=State.PLANNED).order_by("starts_at", "id")),
        "past": lines(mine.exclude(state=State.PLANNED).order_by("-starts_at", "-id")),
        "year": request.today.year,
        "hours": hours,
        "helped": in_hours(hours.helped_minutes),
        "led": in_hours(hours.led_minutes),
    }
    return render(request, "gatherings/my_gatherings.html", page)


@guarded(OWN)
@require_GET
def show_my_part(request: HttpRequest, gathering: UUID) -> HttpResponse:
    """One of mine: does she come, who is here (我带的、我帮的一场)."""
    return _page(request, gathering)


@guarded(OWN)
@require_POST
def answer(request: HttpRequest, gathering: UUID) -> HttpResponse:
    """Say whether I come (讲师确认)."""
    return _do(
        request,
        gathering,
        "answer",
        AnswerForm(request.POST),
        operations.answer_leading,
        "谢谢，已告诉安排的人。",
    )


@guarded(OWN)
@require_POST
def sign_in_mine(request: HttpRequest, gathering: UUID) -> HttpResponse:
    """Sign in who is here, at what I lead (签到)."""
    form = SignInForm(request.POST)
    return _do(request, gathering, "sign_in", form, operations.sign_in, "签到记下了。", **picked(request))


def _do(
    request: HttpRequest, gathering: UUID, name: str, form: Any, operation: Any, said: str, **more: Any
) -> HttpResponse:
    my_part(gathering, by=request.actor)
    if form.is_valid():
        told = {"by": request.actor, "at": request.at, "request_key": request.POST.get("request_key")}
        try:
            operation(**told, gathering=gathering, **more, **form.told())
        except Refused as refusal:
            if refusal.status != 422:
                raise
            tell(form, refusal)
        else:
            messages.success(request, said)
            return HttpResponseRedirect(reverse("gatherings:mine", args=[gathering]))
    return _page(request, gathering, bound=(name, form))


def _page(request: HttpRequest, gathering: UUID, bound: tuple[str, Any] | None = None) -> HttpResponse:
    by = request.actor
    found, helping = my_part(gathering, by=by)
    leads, planned = found.led_by == by.account, found.state == State.PLANNED
    begun = planned and found.day <= request.today
    rows = list(live_sign_ups(found, by=by)) if leads else []
    helpers = list(helpers_of(found, by=by)) if leads else []
    for row in rows:
        row.shown = mask_name(row.person_name)
    for one in helpers:
        one.shown = one.name if one.account else mask_name(one.name)
    page = {
        "gathering": found,
        "kind": kinds_in_force(on=request.today)[found.kind],
        "line": my_line(found, helping, by=by, at=request.at),
        "long": in_hours(found.minutes),
        "leads": leads,
        "planned": planned,
        "begun": begun,
        "rows": rows,
        "helpers": helpers,
        "present": sum(row.signed_in_at is not None for row in rows),
        "answer": _form("answer", bound, AnswerForm(None, initial=_said(found)))
        if leads and planned and found.starts_at > request.at
        else None,
        "sign_in": _form("sign_in", bound, SignInForm(None, initial={"guests": found.guests}))
        if leads and begun
        else None,
        "materials": [line for line in found.materials.splitlines() if line],
        "trouble": "".join(e for errors in bound[1].errors.values() for e in errors) if bound else "",
    }
    return render(request, "gatherings/my_part.html", page, status=422 if bound else 200)


def _said(found: Any) -> dict[str, str]:
    return {"comes": found.answer, "note": found.answer_note} if found.answer != Answer.OPEN else {}


def _form(name: str, bound: tuple[str, Any] | None, empty: Any) -> Any:
    return bound[1] if bound and bound[0] == name else empty
