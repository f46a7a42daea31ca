"""One page: end a registration because its person asks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yimen.foundations.ui.api import guarded, render
from yimen.registers.people.api import person_card
from yimen.services.volunteering.operations import end_volunteering
from yimen.services.volunteering.permissions import END_VOLUNTEERING
from yimen.services.volunteering.queries import get_volunteer


@guarded(END_VOLUNTEERING)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, volunteer: UUID) -> HttpResponse:
    """Say once more what goes and what stays, then end it (注销登记)."""
    found = get_volunteer(volunteer, by=request.actor)
    person = person_card(found.person, by=request.actor, on=request.today)
    if request.method == "GET":
        return render(request, "volunteering/end.html", {"volunteer": found, "person": person})
    end_volunteering(
        by=request.actor,
        at=request.at,
        volunteer=volunteer,
        request_key=request.POST.get("request_key"),
    )
    messages.success(request, "已按本人要求注销志愿者登记。")
    return HttpResponseRedirect(reverse("people:file", args=[person.public_id]))
