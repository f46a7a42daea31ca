"""Pages of home visits: plan one, and write it down at the door."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yimen.foundations.ui.api import guarded, refusals_into, render
from yimen.kernel.clock import STREET_TIME
from yimen.services.homevisit.forms import PlanForm, RecordForm
from yimen.services.homevisit.operations import plan_visit, record_visit
from yimen.services.homevisit.permissions import DO_VISIT, VIEW_CASES
from yimen.services.homevisit.queries import crew, get_visit
from yimen.work.desk.api import get_case


@guarded(DO_VISIT)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, case: UUID) -> HttpResponse:
    """Plan a visit by two (安排上门)."""
    view = get_case(case, by=request.actor)
    may_go = crew(view.case.area, by=request.actor, on=request.today)
    first = str(request.actor.account) if request.actor.account in may_go else ""
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        crew=may_go,
        initial={"day": request.today, "first": first},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            plan_visit(
                by=request.actor,
                at=request.at,
                case=case,
                day=form.cleaned_data["day"],
                part=form.cleaned_data["part"],
                first=UUID(form.cleaned_data["first"]),
                second=UUID(form.cleaned_data["second"]),
                request_key=request.POST.get("request_key"),
            )
            messages.success(request, "已安排上门，会告诉居民谁来、什么时候来。")
            return HttpResponseRedirect(reverse("desk:case", args=[case]))
    page = {"case": view.case, "form": form, "few": len(may_go) < 2}
    return render(request, "homevisit/plan.html", page, status=422 if form.errors else 200)


@guarded(DO_VISIT)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, visit: UUID) -> HttpResponse:
    """Write down a visit at the door (记录上门)."""
    found = get_visit(visit, by=request.actor)
    now = request.at.astimezone(STREET_TIME)
    first = {"day": request.today, "left": f"{now:%H:%M}"}
    form = RecordForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            record_visit(
                by=request.actor,
                at=request.at,
                visit=visit,
                request_key=request.POST.get("request_key"),
                **form.told(),
            )
            messages.success(request, "已记下这次上门。")
            return HttpResponseRedirect(reverse("homevisit:record", args=[visit]))
    sees_case = request.actor.can(VIEW_CASES, area=found.area)
    page = {"visit": found, "form": form, "sees_case": sees_case}
    return render(request, "homevisit/record.html", page, status=422 if form.errors else 200)
