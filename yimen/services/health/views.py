"""Pages of family-doctor contracting: sign, look, end, and respect a no."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.ui.api import guarded, refusals_into, render, render_list
from yimen.registers.people.api import person_card, person_ids
from yimen.services.health.forms import EndForm, SignForm
from yimen.services.health.lists import ContractList
from yimen.services.health.operations import end_contract, note_passed_offer, sign_contract
from yimen.services.health.permissions import SIGN_CONTRACT, VIEW_CONTRACTS
from yimen.services.health.queries import find_contracts, get_contract, offer_finding, records_open, teams
from yimen.work.desk.api import get_case


@guarded(VIEW_CONTRACTS)
@require_GET
def show_contracts(request: HttpRequest) -> HttpResponse:
    """Who signed (签约居民)."""
    return render_list(request, ContractList, find_contracts(by=request.actor))


@guarded(SIGN_CONTRACT)
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, case: UUID) -> HttpResponse:
    """Choose the team and sign (签约)."""
    view = get_case(case, by=request.actor)
    offered = teams(by=request.actor, on=request.today)
    first = {"since": request.today, "team": str(offered[0].public_id) if len(offered) == 1 else None}
    form = SignForm(request.POST if request.method == "POST" else None, teams=offered, initial=first)
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            sign_contract(
                by=request.actor,
                at=request.at,
                case=case,
                team=UUID(form.cleaned_data["team"]),
                since=form.cleaned_data["since"],
                request_key=request.POST.get("request_key"),
            )
            messages.success(request, "已签约，协议在“文书”里，打印两份双方签字。")
            return HttpResponseRedirect(reverse("desk:case", args=[case]))
    page = {"case": view.case, "form": form, "teams": offered}
    return render(request, "health/sign.html", page, status=422 if form.errors else 200)


@guarded(SIGN_CONTRACT)
@require_http_methods(["GET", "POST"])
def show_contract(request: HttpRequest, contract: UUID) -> HttpResponse:
    """One contract, and its end (签约、解约)."""
    found = get_contract(contract, by=request.actor)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            end_contract(
                by=request.actor,
                at=request.at,
                contract=contract,
                why=form.cleaned_data["why"],
                request_key=request.POST.get("request_key"),
            )
            messages.success(request, "已解约，从今天起不再提供签约服务；随时可以重新签。")
            return HttpResponseRedirect(reverse("health:contract", args=[contract]))
    page = {
        "contract": found,
        "records": records_open(found.person, on=request.today, by=request.actor),
        "form": form,
        "holds": not found.ended_why and found.until > request.today,
        "sees_list": request.actor.can_somewhere(VIEW_CONTRACTS),
    }
    return render(request, "health/contract.html", page, status=422 if form.errors else 200)


@guarded(VIEW_CONTRACTS)
@require_http_methods(["GET", "POST"])
def passed(request: HttpRequest, person: UUID) -> HttpResponse:
    """She wants no contract this year (谢绝签约): say what that means, then note it."""
    card = person_card(person, by=request.actor, on=request.today)
    if request.method == "GET":
        ids = person_ids(person, by=request.actor)
        finding = offer_finding(ids, by=request.actor, on=request.today)
        page = {"person": card, "why_not": finding.sentence if finding else "", "year": request.today.year}
        return render(request, "health/passed.html", page)
    note_passed_offer(
        by=request.actor, at=request.at, person=person, request_key=request.POST.get("request_key")
    )
    messages.success(request, "记下了，今年不再问。")
    return HttpResponseRedirect(reverse("people:file", args=[card.public_id]))
