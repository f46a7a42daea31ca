"""The page of one gathering, with every form that can be sent from it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.foundations.ui.api import render
from yimen.kernel.refusals import Refused
from yimen.registers.people.api import find_people
from yimen.registers.places.api import area_name
from yimen.standards.masking import mask_name
from yimen.work.gatherings.choices import Answer, State
from yimen.work.gatherings.engine.kinds import kinds_in_force
from yimen.work.gatherings.forms import (
    ChangeForm,
    CloseForm,
    HelperForm,
    LeaderForm,
    SignInForm,
    SignUpForm,
    WhyForm,
)
from yimen.work.gatherings.permissions import FIND, HOLD, OPEN_FILE
from yimen.work.gatherings.queries import (
    helpers_of,
    live_sign_ups,
    members_of,
    people_of_roles,
    series_sessions,
)
from yimen.work.gatherings.rules import OF_AGE, in_hours
from yimen.work.ledger.api import entries_of_source

FOUND = 8
SAYS = {
    "change": "改时间、地点、名额",
    "leader": "换人带",
    "cancel": "取消活动",
    "reopen": "办结错了，重新打开",
}


def deed_form(deed: str, found: Any, data: Any, *, request: HttpRequest) -> Any:
    """The form of one deed; what cannot be asked of this gathering is left out."""
    on, ids = request.today, f"id_{deed}_%s"
    kind = kinds_in_force(on=on)[found.kind]
    if deed == "change":
        return ChangeForm(data, gathering=found, auto_id=ids)
    if deed == "leader":
        people = people_of_roles(kind.led_by, area=found.area, on=on)
        people.pop(found.led_by, None)
        return LeaderForm(data, people=people, word=kind.leader, auto_id=ids)
    if deed in ("cancel", "reopen"):
        return WhyForm(data, auto_id=ids)
    if deed == "close":
        return CloseForm(data, auto_id=ids)
    if deed == "helper":
        people = people_of_roles(kind.helped_by, area=found.area, on=on)
        people.pop(found.led_by, None)
        return HelperForm(data, people=people, auto_id=ids)
    if deed == "sign_in":
        return SignInForm(data, initial={"guests": found.guests}, auto_id=ids)
    return SignUpForm(data, series=found.series_id is not None, auto_id=ids)


def gathering_page(request: HttpRequest, found: Any, bound: tuple[str, Any] | None = None) -> HttpResponse:
    """The page; ``bound`` is a form that was sent with mistakes and stands open, its sentence on top."""
    by, at = request.actor, request.at
    may = by.can(HOLD, area=found.area)
    planned = found.state == State.PLANNED
    kind = kinds_in_force(on=request.today)[found.kind]
    finds = by.can_somewhere(FIND)
    rows, helpers = list(live_sign_ups(found, by=by)), list(helpers_of(found, by=by))
    for row in rows:
        row.shown = row.person_name if finds else mask_name(row.person_name)
    for one in helpers:
        one.shown = one.name if finds or one.account else mask_name(one.name)
    text = request.GET.get("q", "").strip()[:80] if may and finds else ""
    begun = planned and found.day <= request.today
    sessions = list(series_sessions(found, by=by))
    held = [one for one in sessions if one.state == State.HELD]
    page = {
        "gathering": found,
        "kind": kind,
        "area": area_name(found.area),
        "long": in_hours(found.minutes),
        "may": may and planned,
        "may_hold": may,
        "begun": begun,
        "over": found.waits_for_closing(at),
        "today": found.is_today(request.today),
        "no_leader": planned
        and found.ends_at > at
        and (found.answer == Answer.NO or (not found.led_by and kind.asks_leader)),
        "rows": rows,
        "helpers": helpers,
        "present": sum(row.signed_in_at is not None for row in rows),
        "served": in_hours(sum(one.minutes or 0 for one in helpers)),
        "files": by.can(OPEN_FILE, area=found.area),
        "text": text,
        "choices": _choices(found, text, bound, request=request) if text else [],
        "sessions": sessions,
        "members": _members(held, by=by, finds=finds),
        "materials": [line for line in found.materials.splitlines() if line],
        "entries": _entries(found, by=by),
        "trouble": "".join(e for errors in bound[1].errors.values() for e in errors) if bound else "",
        "forms": [
            (deed, SAYS[deed], _one(deed, found, bound, request=request), bool(bound) and bound[0] == deed)
            for deed in (("change", "leader", "cancel") if planned else ("reopen",))
            if may and (planned or found.state == State.HELD)
        ],
        "close": _one("close", found, bound, request=request) if may and begun else None,
        "sign_in": _one("sign_in", found, bound, request=request) if may and begun else None,
        "helper": _one("helper", found, bound, request=request)
        if may and planned and kind.helped_by
        else None,
        "here": reverse("gatherings:gathering", args=[found.public_id]),
    }
    return render(request, "gatherings/gathering.html", page, status=422 if bound else 200)


def tell(form: Any, refusal: Refused) -> None:
    """What was refused, at the field it is about."""
    for finding in refusal.findings:
        form.add_error(finding.field if finding.field in form.fields else None, finding.sentence)
    if not refusal.findings:
        form.add_error(None, refusal.sentence)


def _one(deed: str, found: Any, bound: tuple[str, Any] | None, *, request: HttpRequest) -> Any:
    return bound[1] if bound and bound[0] == deed else deed_form(deed, found, None, request=request)


def _choices(
    found: Any, text: str, bound: tuple[str, Any] | None, *, request: HttpRequest
) -> list[tuple[Any, Any]]:
    """Who was found by these words, each with her own form to sign up; a guardian is asked for only where she may be a minor."""
    typed = bound[1] if bound and bound[0] == "sign_up" else None
    choices = []
    for number, card in enumerate(find_people(text, by=request.actor, on=request.today, limit=FOUND)):
        if typed is not None and typed.data.get("person") == str(card.public_id):
            choices.append((card, typed))
            continue
        form = SignUpForm(
            None,
            initial={"person": card.public_id, "present": found.starts_at <= request.at},
            auto_id=f"id_sign_up_{number}_%s",
            minor=card.age is None or card.age < OF_AGE,
            series=found.series_id is not None,
            today=found.day <= request.today,
        )
        choices.append((card, form))
    return choices


def _members(held: list[Any], *, by: Any, finds: bool) -> list[tuple[str, int, str]]:
    return [
        (name if finds else mask_name(name), times, in_hours(minutes))
        for name, times, minutes in members_of(held, by=by)
    ]


def _entries(found: Any, *, by: Any) -> int:
    return len(list(entries_of_source(found.public_id, by=by))) if found.state == State.HELD else 0
