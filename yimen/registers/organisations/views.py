"""Pages of organisations: the list, and one organisation with its posts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yimen.foundations.access.ports import roles
from yimen.foundations.ui.api import guarded, render, render_list
from yimen.registers.organisations import api
from yimen.registers.organisations.lists import OrganisationList
from yimen.registers.organisations.permissions import VIEW
from yimen.registers.organisations.presenters import OrganisationPage, post_blocks
from yimen.registers.places.api import area_name, full_area_name


@guarded(VIEW)
@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations within the actor's work (单位名录)."""
    return render_list(request, OrganisationList, api.organisations(by=request.actor, on=request.today))


@guarded(VIEW)
@require_GET
def organisation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One organisation with its posts and who holds them today (单位)."""
    by, today = request.actor, request.today
    found = api.organisation(public_id, by=by)
    lines = api.posts_in(found, by=by, on=today)
    page = OrganisationPage(
        organisation=found,
        place=full_area_name(found.area),
        posts=post_blocks(
            lines,
            roles={key: role.title for key, role in roles(on=today).items()},
            places={line.post.area: area_name(line.post.area) for line in lines},
        ),
        sections=api.sections_of(found, by=by, on=today),
    )
    return render(request, "organisations/organisation.html", page)
