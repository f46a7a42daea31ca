"""Pages of consents: what she agreed to, agree, take back, and the words on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render, render_list, submitted
from yimen.kernel.refusals import NotFound
from yimen.registers.consents.engine.purposes import purposes_on
from yimen.registers.consents.forms import ConsentForm
from yimen.registers.consents.lists import ListedList
from yimen.registers.consents.operations import give_consent, withdraw_consent
from yimen.registers.consents.permissions import KEEP, VIEW
from yimen.registers.consents.queries import listed_by_will, purposes_of
from yimen.registers.people.api import person_card, person_ids


@guarded(VIEW)
@require_GET
def show(request: HttpRequest, person: UUID) -> HttpResponse:
    """What a resident agreed to, and what not (同意情况)."""
    card = person_card(person, by=request.actor, on=request.today)
    ids = person_ids(person, by=request.actor)
    page = {
        "person": card,
        "lines": purposes_of(ids, on=request.today, by=request.actor),
        "keeps": request.actor.can_somewhere(KEEP),
    }
    return render(request, "consents/person.html", page)


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """She agrees to a purpose, after its words were read to her (登记同意)."""
    card = person_card(person, by=request.actor, on=request.today)
    found = _purpose(request, purpose)
    form = ConsentForm(request.POST if request.method == "POST" else None, proofs=found.body.proofs)
    if submitted(request, form, give_consent, person=person, purpose=purpose):
        messages.success(request, "已登记；本人随时可以撤回，撤回立即有效。")
        return redirect("consents:person", card.public_id)
    page = {"form": form, "person": card, "purpose": found.body}
    return render(request, "consents/give.html", page, status=422 if form.errors else 200)


@guarded(KEEP)
@require_POST
def withdraw(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """She takes it back; no reason is asked (撤回同意)."""
    card = person_card(person, by=request.actor, on=request.today)
    _purpose(request, purpose)
    withdraw_consent(
        by=request.actor,
        at=request.at,
        person=person,
        purpose=purpose,
        request_key=request.POST.get("request_key"),
    )
    messages.success(request, "已撤回，从现在起不能再这样用。")
    return redirect("consents:person", card.public_id)


@guarded(KEEP)
@require_GET
def show_paper(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """The words of a purpose to read and sign (告知同意书)."""
    card = person_card(person, by=request.actor, on=request.today)
    page = {"person": card, "purpose": _purpose(request, purpose).body, "on": request.today}
    return render(request, "consents/paper.html", page)


@guarded(VIEW)
@require_GET
def show_listed(request: HttpRequest) -> HttpResponse:
    """Who stands on a list by her own will, and which colleague keeps in touch (自愿名册)."""
    return render_list(request, ListedList, listed_by_will(by=request.actor, on=request.today))


def _purpose(request: HttpRequest, key: str):
    found = next((one for one in purposes_on(request.today) if one.key == key), None)
    if found is None or found.body.discreet or found.body.ended:
        raise NotFound()
    return found
