"""Background work."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from yimen.doors.office.operations import retry_job
from yimen.doors.office.permissions import RETRY_JOBS, VIEW_JOBS
from yimen.doors.office.presenters import jobs_view
from yimen.doors.office.queries.jobs import jobs_page
from yimen.foundations.ui.api import guarded, render


@guarded(VIEW_JOBS)
@require_GET
def show_jobs(request: HttpRequest) -> HttpResponse:
    """What waits, runs and failed (后台作业)."""
    page = jobs_view(jobs_page(by=request.actor, at=request.at), by=request.actor)
    return render(request, "office/jobs.html", page)


@guarded(RETRY_JOBS)
@require_POST
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """Run a failed job again (重新运行)."""
    retry_job(by=request.actor, at=request.at, number=number, request_key=request.POST.get("request_key"))
    messages.success(request, "已放回队列，很快就会重新运行。")
    return redirect("office:jobs")
