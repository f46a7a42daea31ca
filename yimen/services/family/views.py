"""One page: delete a registration because its person asks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yimen.foundations.ui.api import guarded, render
from yimen.registers.people.api import person_card
from yimen.services.family.operations import withdraw_registration
from yimen.services.family.permissions import WITHDRAW_REGISTRATION
from yimen.services.family.queries import get_registration


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
