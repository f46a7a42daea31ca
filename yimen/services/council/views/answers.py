"""Pages of community self-government: filings, and dates stated to visitors."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.ui.api import guarded, render, render_list, submitted
from yimen.services.council.forms import CloseForm, PromiseForm, PutOffForm
from yimen.services.council.lists import FilingList
from yimen.services.council.operations import close_filing, promise_answer, put_off_answer
from yimen.services.council.permissions import HANDLE_CASE, KEEP_FILINGS, VIEW_FILINGS
from yimen.services.council.queries import find_filings, get_filing, promise_of_case
from yimen.work.desk.api import get_case


@guarded(VIEW_FILINGS)
@require_GET
def show_filings(request: HttpRequest) -> HttpResponse:
    """Community organisations on file (社区社会组织)."""
    return render_list(request, FilingList, find_filings(by=request.actor))


@guarded(VIEW_FILINGS)
@require_http_methods(["GET", "POST"])
def show_filing(request: HttpRequest, filing: UUID) -> HttpResponse:
    """One filing, and its closing (备案、注销)."""
    found = get_filing(filing, by=request.actor)
    form = CloseForm(request.POST if request.method == "POST" else None)
    page = {"filing": found, "form": form, "may_close": request.actor.can(KEEP_FILINGS, area=found.area)}
    if request.method == "POST" and submitted(request, form, close_filing, filing=filing):
        messages.success(request, "已注销备案。")
        return HttpResponseRedirect(reverse("council:filing", args=[filing]))
    return render(request, "council/filing.html", page, status=422 if form.errors else 200)


@guarded(HANDLE_CASE)
@require_http_methods(["GET", "POST"])
def promise(request: HttpRequest, case: UUID) -> HttpResponse:
    """State a date to a visitor who cannot be answered now (限期答复)."""
    view = get_case(case, by=request.actor)
    form = PromiseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and submitted(request, form, promise_answer, case=case):
        messages.success(request, "日期已定，告知书在“文书”里，打印一份交给来访人。")
        return HttpResponseRedirect(reverse("desk:case", args=[case]))
    page = {"case": view.case, "form": form, "title": "现在答不了，说个日期", "promise": None}
    return render(request, "council/promise.html", page, status=422 if form.errors else 200)


@guarded(HANDLE_CASE)
@require_http_methods(["GET", "POST"])
def put_off(request: HttpRequest, case: UUID) -> HttpResponse:
    """Put a stated date off, in writing (延期答复)."""
    view = get_case(case, by=request.actor)
    form = PutOffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and submitted(request, form, put_off_answer, case=case):
        messages.success(request, "已延期，告知书在“文书”里，请在今天告诉来访人。")
        return HttpResponseRedirect(reverse("desk:case", args=[case]))
    stated = promise_of_case(case, by=request.actor)
    page = {"case": view.case, "form": form, "title": "延期答复", "promise": stated}
    return render(request, "council/promise.html", page, status=422 if form.errors else 200)
