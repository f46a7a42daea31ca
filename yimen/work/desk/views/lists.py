"""The work lists."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yimen.foundations.ui.api import guarded, render_list
from yimen.kernel.refusals import NotFound
from yimen.work.desk.lists import AllCases, OwingCases, QueueCases, StandInCases, WorkCases
from yimen.work.desk.permissions import VIEW_CASES
from yimen.work.desk.presenters import LISTS, list_bulk, list_tabs
from yimen.work.desk.queries import WORK_LISTS, find_cases, work_list
from yimen.work.desk.queries.standing_in import cases_covered

_SCREENS = dict.fromkeys(("late", "soon", "running", "decide"), WorkCases) | {"owed": OwingCases}


@guarded(VIEW_CASES)
@require_GET
def show_cases(request: HttpRequest) -> HttpResponse:
    """All cases within reach (办件)."""
    return render_list(
        request, AllCases, find_cases(by=request.actor), template="desk/cases.html", extra=list_tabs("")
    )


@guarded(VIEW_CASES)
@require_GET
def show_standing_in(request: HttpRequest) -> HttpResponse:
    """Cases whose A岗 is away and that I see meanwhile (A岗不在)."""
    return render_list(
        request,
        StandInCases,
        cases_covered(by=request.actor, on=request.today),
        template="desk/cases.html",
        extra=list_tabs("standing_in"),
    )


@guarded(VIEW_CASES)
@require_GET
def show_list(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the work lists (待办清单)."""
    if kind not in WORK_LISTS:
        raise NotFound()
    return render_list(
        request,
        _SCREENS.get(kind, QueueCases),
        work_list(kind, by=request.actor, today=request.today),
        template="desk/cases.html",
        bulk=list_bulk(kind, by=request.actor),
        title=dict(LISTS)[kind],
        extra=list_tabs(kind),
    )
