"""What several pages of people need: communities to choose from, and an operation run from a form."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yimen.foundations.ui.api import render
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, community_of, is_area_code, level, street_of
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.registers.people import api
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.presenters import EditPage
from yimen.registers.places import api as places


def communities_of(by: Actor) -> list[tuple[str, str]]:
    """The communities where the actor may register residents, to choose from."""
    found: dict[str, str] = {}
    for area in by.areas_for(REGISTER):
        wide = area == "" or level(area) in (Level.COUNTY, Level.STREET)
        lines = (
            places.areas_under(area, Level.COMMUNITY)
            if wide
            else [places.find_area(community_of(area) or area)]
        )
        found |= {line.code: line.name for line in lines if line is not None}
    return list(found.items())


def places_to_choose(by: Actor) -> dict[str, Any]:
    """The choices of a new file (建档): communities to live in, and how to name every one of the platform for the hukou."""
    return {"communities": communities_of(by), "registered": partial(communities_everywhere, by)}


def communities_everywhere(by: Actor) -> list[tuple[str, str]]:
    """Every community of the installation to choose from, with its street; those of the actor's own street first."""
    home = street_of(by.home) or ""
    lines = sorted(
        places.areas_under("", Level.COMMUNITY), key=lambda line: (not line.code.startswith(home), line.code)
    )
    return [(line.code, places.full_area_name(line.code)) for line in lines]


def dwelling_for(address: str, community: str, *, by: Actor) -> Any:
    """The dwelling an address names, when exactly one in the community does; else None and the words alone are kept."""
    if not address or not is_area_code(community):
        return None
    found = places.find_dwellings(address, by=by, community=community, limit=2)
    return found[0] if len(found) == 1 else None


def attempt(request: HttpRequest, form: Any, operation: Callable[..., Any], **told: Any) -> Any:
    """Run an operation from a valid form; a refusal becomes an error of the form and the answer None."""
    try:
        return operation(by=request.actor, at=request.at, request_key=request.POST.get("request_key"), **told)
    except (NotPossible, Conflict) as refused:
        placed = False
        for finding in refused.findings:
            if finding.field in form.fields:
                form.add_error(finding.field, finding.sentence)
                placed = True
        if not placed:
            form.add_error(None, refused.sentence)
        return None


def attempt_or_ask(
    request: HttpRequest, form: Any, operation: Callable[..., Any], **told: Any
) -> tuple[Any, api.Doubles]:
    """As `attempt`; whom the newcomer may be already (疑似重复) comes beside it, to be asked about."""
    try:
        return attempt(request, form, operation, **told), api.Doubles()
    except api.PerhapsKnown as refused:
        form.add_error(None, refused.sentence)
        return None, api.doubles_from(refused.suspects, by=request.actor, on=request.today)


def edit_page(
    request: HttpRequest, found: api.PersonFile, form: Any, *, title: str, submit: str, **more: Any
) -> HttpResponse:
    """One small form about a person (更改), with the file behind it."""
    page = EditPage(
        title=title,
        subtitle=f"{found.name}　{found.community_name}",
        back=reverse("people:file", args=[found.public_id]),
        form=form,
        submit=submit,
        **more,
    )
    return render(request, "people/edit.html", page, status=422 if form.is_bound else 200)


def to_file(found: api.PersonFile) -> HttpResponse:
    """Back to her file, after something was written."""
    return redirect("people:file", public_id=found.public_id)


def as_uuid(text: str) -> UUID | None:
    """A UUID from a form or an address; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
