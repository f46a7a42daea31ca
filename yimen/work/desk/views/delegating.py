"""Matters given to communities: the list, giving to several at once, one row, renewing, taking back, the sheet to print."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.ui.api import Action, guarded, refusals_into, render, render_list
from yimen.kernel.areas import Level
from yimen.kernel.refusals import Refused
from yimen.registers.places.api import area_name, areas_under
from yimen.work.desk.forms import DelegateForm, RenewForm, TakeBackForm
from yimen.work.desk.lists import DelegationList
from yimen.work.desk.operations import delegate_matter, end_delegation, renew_delegation
from yimen.work.desk.permissions import ACCEPT_CASE, DELEGATE
from yimen.work.desk.queries import delegable, find_delegations, get_delegation, get_matter


@guarded(ACCEPT_CASE)
@require_GET
def show_delegations(request: HttpRequest) -> HttpResponse:
    """What is given to which community until when (事项下放)."""
    may = request.actor.can_somewhere(DELEGATE)
    give = Action(
        label="下放事项",
        url=reverse("desk:delegate"),
        icon="plus",
        tone="primary",
        why_not="" if may else "由街道科室办理。",
    )
    sheet = Action(label="打印下放清单", url=reverse("desk:delegation_sheet"), icon="printer")
    rows = find_delegations(by=request.actor, on=request.today)
    return render_list(request, DelegationList, rows, actions=[give, sheet])


@guarded(ACCEPT_CASE)
@require_GET
def show_sheet(request: HttpRequest) -> HttpResponse:
    """What is in force today, matter by matter, to print and hang up (下放清单)."""
    rows = find_delegations(by=request.actor, on=request.today).standing_now()
    found: dict[str, list[Any]] = {}
    for row in rows.order_by("matter", "area"):
        found.setdefault(row.matter, []).append(row)
    matters = [
        (get_matter(key, by=request.actor, on=request.today).body.title, rows) for key, rows in found.items()
    ]
    return render(request, "desk/delegation_sheet.html", {"matters": matters, "today": request.today})


@guarded(DELEGATE)
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Give one matter to several communities; each community is a deed of its own (下放)."""
    form = DelegateForm(
        request.POST if request.method == "POST" else None,
        initial={"since": request.today, "powers": "accept"},
        matters=delegable(by=request.actor, on=request.today),
        areas=_communities(request),
    )
    if request.method == "POST" and form.is_valid() and _given_everywhere(request, form):
        return HttpResponseRedirect(reverse("desk:delegations"))
    return render(request, "desk/delegate.html", {"form": form}, status=422 if form.errors else 200)


@guarded(ACCEPT_CASE)
@require_GET
def show_delegation(request: HttpRequest, delegation: UUID) -> HttpResponse:
    """One delegation: basis, powers, period, seal, and what can be done with it."""
    return _page(request, delegation)


@guarded(DELEGATE)
@require_http_methods(["POST"])
def renew(request: HttpRequest, delegation: UUID) -> HttpResponse:
    """Go on giving it (续期)."""
    form = RenewForm(request.POST, prefix="renew")
    return _do(request, delegation, form, renew_delegation, "已续期，续期另起一行。")


@guarded(DELEGATE)
@require_http_methods(["POST"])
def end(request: HttpRequest, delegation: UUID) -> HttpResponse:
    """Take it back before its time (收回)."""
    form = TakeBackForm(request.POST, prefix="end")
    return _do(request, delegation, form, end_delegation, "已收回，社区窗口从明天起不能再受理。")


def _do(request: HttpRequest, delegation: UUID, form, operation, done: str) -> HttpResponse:
    get_delegation(delegation, by=request.actor, on=request.today)
    if form.is_valid():
        with refusals_into(form):
            made = operation(
                by=request.actor,
                at=request.at,
                delegation=delegation,
                request_key=request.POST.get("request_key"),
                **form.cleaned_data,
            )
            messages.success(request, done)
            return HttpResponseRedirect(reverse("desk:delegation", args=[made.public_id]))
    return _page(request, delegation, bound=form)


def _page(request: HttpRequest, delegation: UUID, bound=None) -> HttpResponse:
    found = get_delegation(delegation, by=request.actor, on=request.today)
    may = request.actor.can(DELEGATE, area=found.street)
    page = {
        "row": found,
        "title": get_matter(found.matter, by=request.actor, on=request.today).body.title,
        "place": area_name(found.area),
        "renew": bound if isinstance(bound, RenewForm) else RenewForm(prefix="renew"),
        "end": bound if isinstance(bound, TakeBackForm) else TakeBackForm(prefix="end"),
        "may_renew": may and not found.ended_at,
        "may_end": may and not found.ended_at and found.until > request.today,
        "bound": bound,
    }
    return render(request, "desk/delegation.html", page, status=422 if bound else 200)


def _given_everywhere(request: HttpRequest, form: DelegateForm) -> bool:
    """Give it community by community and say of each what came of it; True when at least one took it."""
    told, given = dict(form.cleaned_data), 0
    refused = []
    for area in told.pop("areas"):
        key = request.POST.get("request_key")
        try:
            delegate_matter(
                by=request.actor,
                at=request.at,
                area=area,
                request_key=f"{key}-{area}" if key else None,
                **told,
            )
        except Refused as refusal:
            if refusal.status != 422:
                raise
            refused.append(f"{area_name(area)}：{refusal.sentence}")
        else:
            given += 1
            messages.success(request, f"{area_name(area)}：已下放。")
    for sentence in refused:
        if given:
            messages.warning(request, sentence)
        else:
            form.add_error(None, sentence)
    return bool(given)


def _communities(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (line.code, line.name)
        for street in request.actor.areas_for(DELEGATE)
        for line in areas_under(street, Level.COMMUNITY, on=request.today)
    ]
