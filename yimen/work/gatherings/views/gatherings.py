"""The lists, a plan, one gathering, and its sheet to sign on."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.ui.api import Action, guarded, render, render_list
from yimen.kernel.refusals import NotFound, Refused
from yimen.registers.places.api import area_name
from yimen.standards.masking import mask_name
from yimen.work.gatherings.engine.kinds import kinds_in_force
from yimen.work.gatherings.forms import PlanForm
from yimen.work.gatherings.lists import GatheringList, PastGatherings
from yimen.work.gatherings.operations import plan_gathering
from yimen.work.gatherings.permissions import FIND, HOLD, VIEW
from yimen.work.gatherings.queries import (
    LISTS,
    areas_to_plan_in,
    get_gathering,
    helpers_of,
    live_sign_ups,
    people_of_roles,
    work_list,
)
from yimen.work.gatherings.views.one import gathering_page, tell

_TITLES = {"coming": "要办的", "to_close": "等办结", "held": "办过的", "cancelled": "取消的"}
BLANK_LINES = 8


@guarded(VIEW)
@require_GET
def show_list(request: HttpRequest, kind: str = "coming") -> HttpResponse:
    """One of the lists (活动清单)."""
    if kind not in LISTS:
        raise NotFound()
    tabs = [
        {
            "label": _TITLES[one],
            "url": reverse("gatherings:list", args=[one])
            if one != "coming"
            else reverse("gatherings:gatherings"),
            "current": one == kind,
        }
        for one in LISTS
    ]
    plan = Action("安排活动", reverse("gatherings:new"), icon="plus", tone="primary")
    return render_list(
        request,
        GatheringList if kind in ("coming", "to_close") else PastGatherings,
        work_list(kind, by=request.actor, at=request.at),
        template="gatherings/gatherings.html",
        title=f"活动 · {_TITLES[kind]}",
        actions=(plan,) if request.actor.can_somewhere(HOLD) else (),
        extra=tabs,
    )


@guarded(HOLD)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a gathering (安排活动): which kind and where first, then the rest."""
    by = request.actor
    kinds = kinds_in_force(on=request.today)
    areas = areas_to_plan_in(by=by, on=request.today)
    kind = request.GET.get("kind", "")
    area = request.GET.get("area", "") or next(iter(areas), "")
    if area not in areas:
        raise NotFound
    if kind not in kinds:
        page = {"kinds": [(key, one, _address(key, area)) for key, one in kinds.items()]}
        status = 422 if request.method == "POST" else 200
        return render(request, "gatherings/choose.html", page, status=status)
    leaders = people_of_roles(kinds[kind].led_by, area=area, on=request.today)
    form = PlanForm(request.POST if request.method == "POST" else None, kind=kinds[kind], leaders=leaders)
    if request.method == "POST" and form.is_valid():
        key = request.POST.get("request_key")
        try:
            made = plan_gathering(by=by, at=request.at, kind=kind, area=area, request_key=key, **form.told())
        except Refused as refusal:
            if refusal.status != 422:
                raise
            tell(form, refusal)
        else:
            messages.success(
                request, "安排好了。带的人会收到消息。" if made.led_by else "安排好了，还没有定谁带。"
            )
            return HttpResponseRedirect(reverse("gatherings:gathering", args=[made.public_id]))
    page = {
        "form": form,
        "kind": kinds[kind],
        "area": areas.get(area, area),
        "areas": [(name, _address(kind, code), code == area) for code, name in areas.items()],
        "key": f"gathering-{kind}-{area}",
    }
    return render(request, "gatherings/new.html", page, status=422 if form.errors else 200)


@guarded(VIEW)
@require_GET
def show(request: HttpRequest, gathering: UUID) -> HttpResponse:
    """One gathering (活动): who comes, who is here, what to do next."""
    return gathering_page(request, get_gathering(gathering, by=request.actor))


@guarded(HOLD)
@require_GET
def sheet(request: HttpRequest, gathering: UUID) -> HttpResponse:
    """The sheet to sign on (签到表), with lines for who comes without signing up."""
    by, found = request.actor, get_gathering(gathering, by=request.actor)
    finds = by.can_somewhere(FIND)
    rows = list(live_sign_ups(found, by=by))
    for row in rows:
        row.person_name = row.person_name if finds else mask_name(row.person_name)
    page: dict[str, Any] = {
        "gathering": found,
        "area": area_name(found.area),
        "kind": kinds_in_force(on=request.today)[found.kind],
        "rows": rows,
        "helpers": list(helpers_of(found, by=by)),
        "blank": range(len(rows) + 1, len(rows) + 1 + BLANK_LINES),
        "materials": [line for line in found.materials.splitlines() if line],
        "today": request.today,
    }
    return render(request, "gatherings/sheet.html", page)


def _address(kind: str, area: str) -> str:
    return f"{reverse('gatherings:new')}?{urlencode({'kind': kind, 'area': area})}"
