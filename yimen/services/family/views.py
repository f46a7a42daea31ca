"""Delete what was kept because its person asks; pass a replacement on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yimen.foundations.ui.api import guarded, refusals_into, render
from yimen.kernel.areas import county_of
from yimen.registers.people.api import person_card
from yimen.registers.places.api import area_name
from yimen.services.family.forms import TransferForm
from yimen.services.family.operations import forget_certificate, transfer_replacement, withdraw_registration
from yimen.services.family.permissions import HANDLE_CASE, WITHDRAW_REGISTRATION
from yimen.services.family.queries import get_certificate, get_registration
from yimen.work.desk import api as desk


@guarded(WITHDRAW_REGISTRATION)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, registration: UUID) -> HttpResponse:
    """Ask once more what will be gone, then delete (撤回生育登记)."""
    found = get_registration(registration, by=request.actor)
    person = person_card(found.person, by=request.actor, on=request.today)
    if request.method == "GET":
        return render(request, "family/withdraw.html", {"registration": found, "person": person})
    withdraw_registration(
        by=request.actor,
        at=request.at,
        registration=registration,
        request_key=request.POST.get("request_key"),
    )
    messages.success(request, "已按本人要求删除生育登记。")
    return HttpResponseRedirect(reverse("people:file", args=[person.public_id]))


@guarded(WITHDRAW_REGISTRATION)
@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, certificate: UUID) -> HttpResponse:
    """Ask once more, then delete the note of a certificate (删除光荣证登记)."""
    found = get_certificate(certificate, by=request.actor)
    person = person_card(found.person, by=request.actor, on=request.today)
    if request.method == "GET":
        return render(request, "family/forget.html", {"certificate": found, "person": person})
    forget_certificate(
        by=request.actor,
        at=request.at,
        certificate=certificate,
        request_key=request.POST.get("request_key"),
    )
    messages.success(request, "已按本人要求删除光荣证登记。")
    return HttpResponseRedirect(reverse("people:file", args=[person.public_id]))


@guarded(HANDLE_CASE)
@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, case: UUID) -> HttpResponse:
    """Issue the letter that passes a replacement on (补领转送函), and show it for printing."""
    view = desk.get_case(case, by=request.actor)
    if request.method == "GET":
        competent = f"{area_name(county_of(view.case.area))}卫生健康局"
        page = {"form": TransferForm(initial={"receiver": competent}), "case": view.case}
        return render(request, "family/transfer.html", page)
    form = TransferForm(request.POST)
    if form.is_valid():
        with refusals_into(form):
            letter = transfer_replacement(
                by=request.actor,
                at=request.at,
                case=case,
                receiver=form.cleaned_data["receiver"],
                request_key=request.POST.get("request_key"),
            )
            return HttpResponseRedirect(reverse("documents:letter", args=[letter]))
    return render(request, "family/transfer.html", {"form": form, "case": view.case}, status=422)
