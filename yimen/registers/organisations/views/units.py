"""Pages of organisations: the list, one with all that is on file, how many there are, what is due."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from yimen.foundations.access.ports import roles
from yimen.foundations.ui.api import Action, guarded, render, render_list
from yimen.registers.organisations import api
from yimen.registers.organisations.choices import OF_GOVERNMENT, OrganisationKind
from yimen.registers.organisations.forms import CountForm
from yimen.registers.organisations.lists import DueList, OrganisationList
from yimen.registers.organisations.permissions import EDIT, KEEP, VIEW
from yimen.registers.organisations.ports import person_page
from yimen.registers.organisations.presenters import OrganisationPage, post_blocks, record_blocks
from yimen.registers.places.api import area_name, full_area_name


@guarded(VIEW)
@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations within the actor's work, today or as of a day (单位名录)."""
    by = request.actor
    # Who asks for a day, for what closed, or for a period, looks at all that ever stood; everybody else at today.
    wider = any(request.GET.get(key) for key in ("on", "gone", "until_from", "until_to"))
    rows = api.all_organisations(by=by) if wider else api.organisations(by=by, on=request.today)
    actions = [
        Action("社会组织统计", reverse("organisations:count"), "chart-bar"),
        *(
            Action(one.title, reverse("organisations:network", args=[key]), "phone")
            for key, one in api.practice(on=request.today).networks.items()
        ),
    ]
    if by.can_somewhere(KEEP):
        actions.append(Action("到期提醒", reverse("organisations:due"), "clock"))
        if any(len(area) <= 9 for area in by.areas_for(KEEP)):
            actions.append(Action("设立居民委员会", reverse("organisations:set_up"), "plus"))
        actions.append(Action("登记单位", reverse("organisations:new"), "plus", "primary"))
    return render_list(request, OrganisationList, rows, actions=actions)


@guarded(VIEW)
@require_GET
def organisation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One organisation with its posts and all that is on file about it (单位)."""
    by, today = request.actor, request.today
    found = api.organisation(public_id, by=by)
    lines = api.posts_in(found, by=by, on=today)
    rules = api.practice(on=today)
    filed = api.on_file(found, by=by)
    open_now = found.until is None or found.until > today
    may_keep = by.can(KEEP, area=found.area) and open_now

    def add(what: str) -> str:
        return reverse("organisations:file", args=[public_id, what]) if may_keep else ""

    def end(what: str, row: Any) -> str:
        return reverse("organisations:end", args=[public_id, what, row.public_id]) if may_keep else ""

    def visits(row: Any) -> str:
        return reverse("organisations:visits", args=[public_id, row.public_id]) if may_keep else ""

    def scan(row: Any) -> str:
        return reverse("organisations:scan", args=[public_id, row.public_id]) if may_keep else ""

    page = OrganisationPage(
        organisation=found,
        place=full_area_name(found.area),
        field=rules.fields.get(found.field, ""),
        posts=post_blocks(
            lines,
            roles={key: role.title for key, role in roles(on=today).items()},
            places={line.post.area: area_name(line.post.area) for line in lines},
        ),
        sections=api.sections_of(found, by=by, on=today),
        milestones=api.milestones_of(found, by=by),
        blocks=record_blocks(
            filed,
            api.contacts_of(found, by=by),
            api.responsibilities_of(found, by=by),
            rules=rules,
            on=today,
            kind=found.kind,
            add=add,
            end=end,
            scan=scan,
            visits=visits,
            person_page=lambda person: person_page(person, by=by),
        ),
        inspections=filed.inspections,
        inspects=rules.yearly_of(found.kind, found.tier),
        owed=api.inspection_owed(found, [one.year for one in filed.inspections], on=today)
        if may_keep
        else None,
        may_keep=may_keep,
        may_describe=open_now and _may_describe(found, by),
        may_post=open_now and by.can(EDIT, area=found.area),
        today=today,
    )
    return render(request, "organisations/organisation.html", page)


@guarded(VIEW)
@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """How many social organisations there were on a day, by field, and how many are new (社会组织统计)."""
    today = request.today
    asked = {"since": request.GET.get("since"), "on": request.GET.get("on")}
    usual = {"since": date(today.year - 1, 12, 31), "on": today}
    form = CountForm(asked if any(asked.values()) else None, initial=usual)
    told = form.cleaned_data if form.is_bound and form.is_valid() else usual
    lines = api.count_by_field(since=told["since"], on=told["on"], by=request.actor)
    page = {"form": form, "lines": lines, "next": told["since"] + timedelta(days=1), **told}
    return render(
        request, "organisations/count.html", page, status=422 if form.is_bound and form.errors else 200
    )


@guarded(KEEP)
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """What runs out and which yearly inspections are owed (到期提醒)."""
    return render_list(request, DueList, api.due_records(by=request.actor, on=request.today))


def _may_describe(found: Any, by: Any) -> bool:
    needed = EDIT if found.kind in OF_GOVERNMENT else KEEP
    asked = found.area[:9] if found.kind == OrganisationKind.COMMITTEE else found.area
    return by.can(needed, area=asked)
