"""Is the house in order?"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yimen.doors.office.permissions import VIEW_OVERVIEW
from yimen.doors.office.queries.overview import overview
from yimen.foundations.ui.api import guarded, render


@guarded(VIEW_OVERVIEW)
@require_GET
def show_overview(request: HttpRequest) -> HttpResponse:
    """Health, queue, seals and definitions (系统概况)."""
    return render(request, "office/overview.html", overview(by=request.actor, at=request.at))
