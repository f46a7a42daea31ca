"""Pages of changes of areas: what was changed, and a change that is looked at beforehand and then done."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.ui.api import Action, guarded, refusals_into, render, render_list, submitted
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, is_area_code
from yimen.kernel.refusals import NotFound
from yimen.registers.places import api
from yimen.registers.places.forms import ChangeForm, SplitForm
from yimen.registers.places.lists import ChangeList
from yimen.registers.places.permissions import SHAPE_AREAS, VIEW
from yimen.registers.places.ports import area_counts
from yimen.registers.places.presenters.areas import counts_table


@guarded(VIEW)
@require_GET
def show_changes(request: HttpRequest) -> HttpResponse:
    """What was changed about areas (区域调整)."""
    actions = []
    if request.actor.can_somewhere(SHAPE_AREAS):
        actions.append(Action("办理区域调整", reverse("places:new_change"), "plus", "primary"))
        actions.append(Action("拆分社区", reverse("places:split"), "exchange"))
    return render_list(request, ChangeList, api.area_changes(by=request.actor), actions=actions)


@guarded(VIEW)
@require_GET
def show_change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One change with what stood there before and after (调整前后)."""
    found = api.area_change(public_id, by=request.actor)
    titles = [(one.key, one.title) for one in _kinds() if one.follows]
    page = {
        "change": found,
        "place": api.area_name(found.area),
        "before": counts_table(found.before, titles),
        "after": counts_table(found.after, titles),
    }
    return render(request, "places/change.html", page)


@guarded(SHAPE_AREAS)
@require_http_methods(["GET", "POST"])
def new_change(request: HttpRequest) -> HttpResponse:
    """Change areas (办理区域调整): first it is shown what stands there, then it is done."""
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(data, areas=_communities(request.actor), initial={"on": request.today})
    page: dict[str, Any] = {"form": form, "look": None}
    if data is not None and form.is_valid():
        told = form.cleaned_data
        mark = sha256(repr(sorted(told.items())).encode()).hexdigest()
        # Only what was looked at is done: whoever mends the form looks at it again.
        if request.POST.get("seen") == mark:
            made = submitted(request, form, api.change_areas)
            if made:
                messages.success(request, "已办理，调整前后的底数一致。")
                return redirect("places:change", public_id=made.public_id)
        else:
            codes = [*told["old"], *filter(None, (told["into"],))]
            lines = api.counted(codes, by=request.actor, on=request.today)
            kinds = _kinds()
            page["look"] = counts_table(lines, [(one.key, one.title) for one in kinds])
            page["stays"] = [one.title for one in kinds if not one.follows]
            page["seen"] = mark
    return render(request, "places/new_change.html", page, status=422 if form.errors else 200)


@guarded(SHAPE_AREAS)
@require_http_methods(["GET", "POST"])
def split(request: HttpRequest) -> HttpResponse:
    """Divide a community by its grids (拆分社区): choose it, say where each grid goes, look at what stands there, do it."""
    communities = dict(_communities(request.actor))
    old = request.GET.get("area", "")
    if old and old not in communities:
        raise NotFound()
    page: dict[str, Any] = {"areas": communities.items(), "old": old, "look": None}
    if not old:
        return render(request, "places/split.html", page)
    grids = [(line.code, line.name) for line in api.areas_under(old, Level.GRID)]
    data = request.POST if request.method == "POST" else None
    form = SplitForm(data, grids=grids, initial={"on": request.today})
    page |= {"form": form, "name": communities[old], "grids": grids}
    if data is not None and form.is_valid():
        told = form.told()
        mark = sha256(repr((old, sorted(told.items(), key=str))).encode()).hexdigest()
        if request.POST.get("seen") == mark:
            with refusals_into(form):
                made = api.split_area(
                    by=request.actor,
                    at=request.at,
                    old=old,
                    request_key=request.POST.get("request_key"),
                    **told,
                )
                messages.success(request, "已拆分，前后的底数一致。")
                return redirect("places:change", public_id=made.public_id)
        else:
            kinds = [(one.key, one.title) for one in _kinds()]
            parts = [
                (name, [title for code, title in grids if told["grids"][code] == place])
                for place, name in enumerate(told["names"])
            ]
            lines = api.counted([old], by=request.actor, on=request.today)
            page |= {"look": counts_table(lines, kinds), "parts": parts, "seen": mark}
    return render(request, "places/split.html", page, status=422 if form.errors else 200)


def _kinds() -> list[Any]:
    return sorted(area_counts, key=lambda one: (one.order, one.key))


def _communities(by: Actor) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for prefix in by.areas_for(SHAPE_AREAS):
        if prefix == "" or is_area_code(prefix):
            found |= {line.code: line.name for line in api.areas_under(prefix, Level.COMMUNITY)}
    return list(found.items())
