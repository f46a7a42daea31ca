"""How many communities are served at one stop, where the gaps are, and all centres' matters in one list."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from yimen.foundations.ui.api import Action, guarded, render, render_list
from yimen.registers.places.api import VIEW_PLACES
from yimen.work.desk.lists import CentreMatters
from yimen.work.desk.queries import centre_matters, coverages


@guarded(VIEW_PLACES)
@require_GET
def show_coverage(request: HttpRequest) -> HttpResponse:
    """One-stop coverage of a day with its gaps, matter by community (一站式覆盖)."""
    on = min(_day(request.GET.get("on", "")) or request.today, request.today)
    page = {"areas": coverages(by=request.actor, on=on), "on": on, "today": request.today}
    return render(request, "desk/coverage.html", page)


@guarded(VIEW_PLACES)
@require_GET
def show_centres(request: HttpRequest) -> HttpResponse:
    """All matters of all centres in one list by field, to filter and export (各中心事项一览)."""
    rows = centre_matters(by=request.actor, on=request.today)
    centres, done = len({row.site_id for row in rows}), sum(row.standing == "可办" for row in rows)
    back = Action(label="一站式覆盖", url=reverse("desk:coverage"), icon="target-arrow")
    subtitle = f"{centres} 个中心，{len(rows)} 项次，其中可办 {done} 项次"
    return render_list(request, CentreMatters, rows, actions=[back], subtitle=subtitle)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
