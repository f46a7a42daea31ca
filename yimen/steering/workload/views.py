"""Pages of admission: the queue, one demand, what is admitted, and what was spared."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render, render_list, submitted
from yimen.registers.places.api import area_name
from yimen.steering.workload import operations
from yimen.steering.workload.engine.grammar import entries
from yimen.steering.workload.forms import DecideForm, EnterForm, PointForm
from yimen.steering.workload.lists import DemandList
from yimen.steering.workload.permissions import DECIDE, ENTER, POINT_OUT, VIEW
from yimen.steering.workload.queries import admitted, communities, demands, get_demand, places_of, spared

_TABS = (
    ("workload:demands", "全部申请"),
    ("workload:admitted", "准入事项清单"),
    ("workload:spared", "省下的工时"),
)


@guarded(VIEW)
@require_GET
def show_demands(request: HttpRequest) -> HttpResponse:
    """The queue and all that went through it (准入申请)."""
    extra = {"tabs": _tabs("workload:demands"), **_may(request)}
    rows = demands(by=request.actor)
    return render_list(request, DemandList, rows, template="workload/demands.html", extra=extra)


@guarded(ENTER)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter what a department demands (登记准入申请)."""
    area = request.actor.areas_for(ENTER)[0]
    near = [one for one in communities(by=request.actor) if one[0].startswith(area)]
    form = EnterForm(request.POST if request.method == "POST" else None, communities=near)
    if request.method == "POST" and (made := submitted(request, form, operations.enter_demand, area=area)):
        messages.success(request, "已登记，等待审核。审核准入以前，社区不用做。")
        return HttpResponseRedirect(reverse("workload:demand", args=[made.public_id]))
    page = {
        "title": "登记准入申请",
        "form": form,
        "hint": "部门要社区做的事，先进这里审核。",
        "label": "登记",
    }
    return render(request, "workload/form.html", page, status=422 if form.errors else 200)


@guarded(POINT_OUT)
@require_http_methods(["GET", "POST"])
def point(request: HttpRequest) -> HttpResponse:
    """Point to work that was never let in (有人让我们做未准入的事)."""
    area = request.actor.areas_for(POINT_OUT)[0]
    form = PointForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (made := submitted(request, form, operations.point_out, area=area)):
        messages.success(request, "已送审核。页面上不写是谁反映的，也不写是谁布置的。")
        return HttpResponseRedirect(reverse("workload:demand", args=[made.public_id]))
    page = {
        "title": "有人让我们做未准入的事",
        "form": form,
        "hint": "只说事，不说人；街道核对以后准入或者退回。",
        "label": "送审核",
    }
    return render(request, "workload/form.html", page, status=422 if form.errors else 200)


@guarded(VIEW)
@require_GET
def show_demand(request: HttpRequest, demand: UUID) -> HttpResponse:
    """One demand: what it costs, and what was decided."""
    return _page(request, demand)


@guarded(DECIDE)
@require_POST
def decide(request: HttpRequest, demand: UUID) -> HttpResponse:
    """Let it in or refuse it (审核准入)."""
    get_demand(demand, by=request.actor)
    form = DecideForm(request.POST, entries=entries(on=request.today))
    if submitted(request, form, operations.decide_demand, demand=demand):
        messages.success(request, "审核意见已登记，社区看得到。")
        return HttpResponseRedirect(reverse("workload:demand", args=[demand]))
    return _page(request, demand, form=form)


@guarded(VIEW)
@require_GET
def show_admitted(request: HttpRequest) -> HttpResponse:
    """What communities are to do today, and nothing else (准入事项清单); made for A4 as well."""
    page = {
        "rows": list(admitted(by=request.actor, on=request.today)),
        "entries": entries(on=request.today),
        "tabs": _tabs("workload:admitted"),
        "on": request.today,
        "by": request.actor.name,
        **_may(request),
    }
    return render(request, "workload/admitted.html", page)


@guarded(VIEW)
@require_GET
def show_spared(request: HttpRequest) -> HttpResponse:
    """Hours that refusals spared communities this year (省下的工时)."""
    page = {**spared(by=request.actor, on=request.today), "tabs": _tabs("workload:spared")}
    return render(request, "workload/spared.html", page)


def _page(request: HttpRequest, demand: UUID, *, form: forms.Form | None = None) -> HttpResponse:
    found = get_demand(demand, by=request.actor)
    own = found.asked_by == request.actor.key
    may = found.state == "waiting" and request.actor.can(DECIDE, area=found.area)
    page = {
        "demand": found,
        "places": [area_name(code) for code in places_of(found, by=request.actor)],
        "form": form or (DecideForm(entries=entries(on=request.today)) if may and not own else None),
        "own": own and may,
        "over": found.state == "admitted" and found.admitted_until < request.today,
    }
    return render(request, "workload/demand.html", page, status=422 if form else 200)


def _may(request: HttpRequest) -> dict[str, bool]:
    actor = request.actor
    return {"may_enter": actor.can_somewhere(ENTER), "may_point": actor.can_somewhere(POINT_OUT)}


def _tabs(current: str) -> list[dict[str, Any]]:
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in _TABS]
