"""Pages of care data, for clinicians: what each kind holds, agreeing, writing, taking back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render, submitted
from yimen.registers.people.api import get_file, note_look, person_card
from yimen.services.care.engine.care_kinds import care_kind
from yimen.services.care.forms import AgreeForm, CareForm
from yimen.services.care.operations import give_consent, record_care, withdraw_consent
from yimen.services.care.permissions import RECORD
from yimen.services.care.queries import NoCare, care_of, kinds_seen
from yimen.services.care.rules import guarded as is_guarded
from yimen.services.care.rules import must_report, who_agrees

WHY = "诊疗和随访"


@guarded(RECORD)
@require_GET
def show(request: HttpRequest, person: UUID) -> HttpResponse:
    """What there is of a patient, in the kinds that this clinician may see (专项健康信息); a look is left."""
    card = person_card(person, by=request.actor, on=request.today)
    note_look(by=request.actor, at=request.at, person=card.public_id, why=WHY)
    page = {
        "person": card,
        "who": who_agrees(card.age),
        "for_child": is_guarded(card.age),
        "kinds": care_of(person, by=request.actor, on=request.today),
    }
    return render(request, "care/person.html", page)


@guarded(RECORD)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, person: UUID, kind: str) -> HttpResponse:
    """Write one thing down (记录)."""
    card = person_card(person, by=request.actor, on=request.today)
    found = next(
        (one for one in care_of(person, by=request.actor, on=request.today) if one.key == kind), None
    )
    if found is None:
        raise NoCare
    form = CareForm(request.POST if request.method == "POST" else None, initial={"seen_on": request.today})
    if submitted(request, form, record_care, person=person, kind=kind):
        messages.success(request, "已记下。")
        return HttpResponseRedirect(reverse("care:person", args=[card.public_id]))
    page = {"person": card, "who": who_agrees(card.age), "kind": found, "form": form}
    return render(request, "care/write.html", page, status=422 if form.errors else 200)


@guarded(RECORD)
@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, person: UUID, kind: str) -> HttpResponse:
    """She agrees to one kind (单独同意), or her guardian for her; the words are read first."""
    by, today = request.actor, request.today
    card = person_card(person, by=by, on=today)
    body = care_kind(kind, on=today)
    if body is None or kind not in kinds_seen(card.area, by=by):
        raise NoCare
    for_child = is_guarded(card.age)
    known = get_file(person, by=by, on=today, with_cards=False).guardians if for_child else ()
    form = AgreeForm(
        request.POST if request.method == "POST" else None,
        for_child=for_child,
        initial={"said_by": next((one.name for one in known if not one.kept_in), "")},
    )
    if submitted(request, form, give_consent, person=person, kind=kind):
        messages.success(request, "已记下同意，随时可以撤回。")
        return HttpResponseRedirect(reverse("care:person", args=[card.public_id]))
    page = {
        "person": card,
        "who": who_agrees(card.age),
        "body": body,
        "report": body.report if must_report(report_below=body.report_below, age=card.age) else "",
        "form": form,
    }
    return render(request, "care/agree.html", page, status=422 if form.errors else 200)


@guarded(RECORD)
@require_POST
def withdraw(request: HttpRequest, person: UUID, kind: str) -> HttpResponse:
    """She takes it back, and what rests on it is deleted (撤回同意)."""
    withdraw_consent(
        by=request.actor,
        at=request.at,
        person=person,
        kind=kind,
        request_key=request.POST.get("request_key"),
    )
    messages.success(request, "已撤回，这一项的记录已经删除。")
    return HttpResponseRedirect(reverse("care:person", args=[person]))
