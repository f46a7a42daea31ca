"""The window flow: the person stands in the address, then the matter, then check and accept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.forms.api import build_form, carried_facts, load_facts
from yimen.foundations.ui.api import guarded, render
from yimen.kernel.refusals import NotFound, Refused
from yimen.registers.people import api as people
from yimen.work.desk import operations
from yimen.work.desk.forms import DeclineForm, IntakeForm, PapersForm
from yimen.work.desk.permissions import ACCEPT_CASE, VIEW_CASES
from yimen.work.desk.queries import (
    asked_lately,
    beginning,
    by_field,
    delegation_here,
    find_explanations,
    find_matters,
    form_of,
    get_case,
    get_matter,
    last_visit,
    promise_in_words,
    why_not_at,
)
from yimen.work.desk.views import papers, parking
from yimen.work.desk.views.origins import origin_of
from yimen.work.desk.views.twins import twin_of

STEPS = (
    {"label": "找到居民", "state": "done"},
    {"label": "选事项", "state": "current"},
    {"label": "核对受理", "state": "todo"},
)


@dataclass(frozen=True)
class IntakePage:
    """Check and accept, on one page. What is only shown is asked when it is shown: a form that is accepted never is."""

    request: HttpRequest
    definition: Any
    seat: Any
    who: UUID
    form: django_forms.Form
    papers: django_forms.Form
    intake: django_forms.Form
    decline: django_forms.Form
    parked: Any = None
    origin: Any = None
    carried: str = ""
    begun: Any = None
    twin: Any = None

    @property
    def matter(self) -> Any:
        return self.definition.body

    @cached_property
    def person(self) -> Any:
        return people.person_card(self.who, by=self.request.actor, on=self.request.today)

    @cached_property
    def marks(self) -> Sequence[Any]:
        """What stands beside her name (人员标记)."""
        request = self.request
        return people.marks_of(self.who, area=self.person.area, by=request.actor, on=request.today)

    @cached_property
    def promise(self) -> str:
        return promise_in_words(self.matter, on=self.request.today)

    @cached_property
    def lately(self) -> Sequence[Any]:
        """Asked for the same not long ago (最近办过同一件事)."""
        return asked_lately(
            self.person.public_id,
            self.definition.key,
            days=self.matter.same_again_days,
            by=self.request.actor,
            today=self.request.today,
        )

    @cached_property
    def last(self) -> str:
        return last_visit(self.person.public_id, by=self.request.actor)

    @cached_property
    def delegation(self) -> Any:
        """Under which delegation this window takes it in (下放)."""
        return delegation_here(self.definition.key, area=self.seat.area, on=self.request.today)

    @cached_property
    def why_not(self) -> str:
        return why_not_at(self.definition.key, area=self.seat.area, on=self.request.today)

    @cached_property
    def parts(self) -> Mapping[str, Any]:
        """Of each paper the pages that wait."""
        return papers.parts(self.request, self.seat)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each paper: what we have of it, where its original lies, and the pages that wait."""
        return [
            {"state": state, "original": original, "part": self.parts.get(key)}
            for key, state, original in self.papers.pairs
        ]

    @property
    def elsewhere(self) -> Sequence[django_forms.Form]:
        """The forms beside the questions, whose mistakes stand in the same summary."""
        return (self.papers, self.intake, self.decline)

    @property
    def same_day(self) -> bool:
        """Can it be settled while she waits (即办)? Grants of money are decided on the page of the case."""
        return self.matter.same_day() and not self.matter.result_amount


@guarded(ACCEPT_CASE)
@require_GET
def choose_matter(request: HttpRequest) -> HttpResponse:
    """Choose the matter by what people say (选事项)."""
    person = _person(request)
    text, carried = request.GET.get("q", ""), request.GET.get("from", "")
    matters = find_matters(text, by=request.actor, on=request.today, area=_window_area(request))
    page = {
        "person": person,
        "steps": STEPS,
        "text": text,
        "matters": matters,
        # Whoever says what she wants gets one list; whoever looks around gets them by field.
        "groups": [("", matters)] if text.strip() else by_field(matters, on=request.today),
        "explained": find_explanations(text, by=request.actor, on=request.today),
        "marks": people.marks_of(person.public_id, area=person.area, by=request.actor, on=request.today),
        "last": last_visit(person.public_id, by=request.actor),
        "origin": origin_of(request, person=person.public_id),
        "carried": carried,
        "begun": beginning(carried, person=person.public_id, by=request.actor),
    }
    return render(request, "desk/choose.html", page)


@guarded(ACCEPT_CASE)
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, matter: str) -> HttpResponse:
    """Check and accept, or say once what is missing, or decline (受理 · 一次性告知 · 不予受理)."""
    data = request.POST if request.method == "POST" else None
    # Who accepts has seen whom: her card is read for a page that is shown, and the deed itself looks whether she may.
    who = _person(request).public_id if data is None else _named(request)
    definition = get_matter(matter, by=request.actor, on=request.today)
    seat = papers.seat_of(request, definition, who, name=lambda: page.person.name)
    parked = parking.taken_back(request, person=who, matter=matter)
    origin = origin_of(request, person=who)
    form_definition = form_of(definition)
    carried = request.POST.get("intake-carried", "") or request.GET.get("from", "")
    begun = beginning(carried, person=who, by=request.actor)
    facts = load_facts(form_definition, {"person": who}, by=request.actor, on=request.today)
    facts |= _said_before(form_definition, begun, request)
    page = IntakePage(
        request=request,
        definition=definition,
        seat=seat,
        who=who,
        form=build_form(form_definition, on=request.today, data=data, facts=facts),
        papers=PapersForm(data, papers=definition.body.papers),
        # A question of the form may have any key, also one of ours.
        intake=IntakeForm(data, prefix="intake", initial=_first(origin, begun, carried)),
        decline=DeclineForm(data, prefix="decline"),
        carried=carried,
        begun=begun,
        parked=parked,
        origin=origin,
        twin=twin_of(request),
    )
    # Before the parts are asked for, so that they show what has just come.
    refused = papers.take_uploads(request, seat) if data is not None else {}
    for key, sentences in refused.items():
        page.papers.add_error(f"paper-{key}", "".join(sentences)) if sentences else None
    if data is None and parked is not None:
        parking.put_back(parked, page.form, page.papers, page.intake, page.decline)
        page.form.carry_on(parked.kept)
    if data is None:
        return render(request, "desk/intake.html", page)
    return _answer(request, matter, page)


@guarded(VIEW_CASES)
@require_GET
def show_taken_in(request: HttpRequest, case: UUID) -> HttpResponse:
    """What comes after: the receipt to print, and the next person (收件完成)."""
    return render(request, "desk/taken_in.html", get_case(case, by=request.actor))


@guarded(ACCEPT_CASE)
@require_POST
@sensitive_post_parameters("id_number")
def serve(request: HttpRequest) -> HttpResponse:
    """Begin to serve somebody of another street, by her complete number (跨街道受理)."""
    person = operations.begin_serving(
        by=request.actor,
        at=request.at,
        id_number=request.POST.get("id_number", ""),
        request_key=request.POST.get("request_key"),
    )
    if person is None:
        raise operations.NobodyBears()
    return HttpResponseRedirect(reverse("desk:choose") + f"?person={person}")


def _said_before(form: Any, begun: Any, request: HttpRequest) -> Mapping[str, Any]:
    """What was answered already where this comes from, so that nobody types it again (承前填报)."""
    if not (begun and begun.sheet):
        return {}
    return carried_facts(form, begun.sheet, source=begun.told, by=request.actor, on=request.today)


def _first(origin: Any, begun: Any, carried: str) -> dict[str, Any] | None:
    """What the form begins with: what the note or the call said already."""
    if origin:
        return origin.first
    return {"source": begun.source, "note": begun.note, "carried": carried} if begun else None


def _answer(request: HttpRequest, matter: str, page: IntakePage) -> HttpResponse:
    act = request.POST.get("act", "accept")
    if act == "park":
        return _park(request, matter, page)
    whole = [page.form.is_valid(), page.papers.is_valid(), page.intake.is_valid(), page.decline.is_valid()]
    if not all(whole):
        return render(request, "desk/intake.html", page, status=422)
    asked = operations.Asked(
        matter=matter,
        person=page.who,
        answers=page.form.answers,
        facts=page.form.facts,
        papers=page.papers.states(),
        originals=page.papers.originals(),
        tray=_tray_of(request, page),
        source=page.intake.cleaned_data["source"],
        note=page.intake.cleaned_data["note"],
        received_on=page.intake.cleaned_data["received_on"],
        late_reason=page.intake.cleaned_data["late_reason"],
        origin=page.origin.entry if page.origin else None,
        parked=parking.parked_of(request),
        carried=page.carried,
    )
    given = {
        "by": request.actor,
        "at": request.at,
        "area": _window_area(request),
        "asked": asked,
        "request_key": request.POST.get("request_key"),
    }
    try:
        if act == "notice":
            case = operations.give_notice(**given)
        elif act == "decline":
            case = operations.decline_case(**given, **page.decline.cleaned_data)
        elif act == "at_once":
            case = operations.settle_at_once(**given, receiver=page.person.name)
        else:
            case = operations.accept_case(**given)
    except Refused as refusal:
        if refusal.status != 422:
            raise
        papers = [one for one in refusal.findings if f"paper-{one.field}" in page.papers.fields]
        for finding in papers:
            page.papers.add_error(f"paper-{finding.field}", finding.sentence)
        late = [one for one in refusal.findings if one.field.startswith("intake.")]
        for finding in late:
            page.intake.add_error(
                "late_reason" if finding.field.endswith("late_reason") else "received_on", finding.sentence
            )
        if len(papers) + len(late) < len(refusal.findings) or not (papers or late):
            page.form.add_error(None, refusal.sentence)
        return render(request, "desk/intake.html", page, status=422)
    return HttpResponseRedirect(reverse("desk:taken_in", args=[case.public_id]))


def _tray_of(request: HttpRequest, page: IntakePage) -> UUID | None:
    """What the page showed, so that one that is no longer true is refused; else what came with the form itself."""
    try:
        if "tray" in request.POST:
            return UUID(request.POST["tray"])
    except ValueError:
        pass
    return next((part.view.tray for part in page.parts.values() if part.view.tray), None)


def _park(request: HttpRequest, matter: str, page: IntakePage) -> HttpResponse:
    """Aside with it, valid or not, and on to the next person (挂起)."""
    try:
        parking.park(request, area=_window_area(request), person=page.who, matter=matter)
    except operations.CannotPark as refused:
        page.form.add_error(None, refused.sentence)
        return render(request, "desk/intake.html", page, status=422)
    return HttpResponseRedirect(reverse("people:search"))


def _window_area(request: HttpRequest) -> str:
    """Where this clerk accepts: the first area for which she may (窗口所在区域)."""
    return request.actor.areas_for(ACCEPT_CASE)[0]


def _person(request: HttpRequest) -> people.PersonCard:
    return people.person_card(_named(request), by=request.actor, on=request.today)


def _named(request: HttpRequest) -> UUID:
    try:
        return UUID(request.GET.get("person", ""))
    except ValueError as error:
        raise NotFound("先找到居民，再选事项。") from error
