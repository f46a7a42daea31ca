"""Pages of the archive itself: find a file, open it with a reason, lend the original."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.ui.api import guarded, render, render_list, submitted
from yimen.registers.places.api import area_name
from yimen.services.archive import operations
from yimen.services.archive.engine.practice import archive_practice
from yimen.services.archive.forms import REASONS, LoanForm, ReturnForm
from yimen.services.archive.lists import ArchiveFiles, DueForReview, Loans
from yimen.services.archive.permissions import KEEP, VIEW_FILES
from yimen.services.archive.queries import archive_file, find_files, open_loans
from yimen.work.desk.api import find_cases


@guarded(VIEW_FILES)
@require_GET
def show_files(request: HttpRequest) -> HttpResponse:
    """The register (档案目录)."""
    return render_list(request, ArchiveFiles, find_files(by=request.actor), template="archive/files.html")


@guarded(VIEW_FILES)
@require_GET
def show_review(request: HttpRequest) -> HttpResponse:
    """What is due for review (期满待鉴定)."""
    due = find_files(by=request.actor).filter(keep_until__lt=request.today)
    return render_list(request, DueForReview, due, template="archive/files.html")


@guarded(VIEW_FILES)
@require_GET
def show_file(request: HttpRequest, file: UUID) -> HttpResponse:
    """One file; it opens when a reason is told, and the opening is noted (查阅登记)."""
    why = request.GET.get("why", "").strip()
    view = archive_file(file, by=request.actor, today=request.today)
    if not why:
        return render(request, "archive/reason.html", {"file": view.file, "reasons": REASONS})
    operations.open_archive_file(by=request.actor, at=request.at, file=file, why=why)
    view = archive_file(file, by=request.actor, today=request.today)
    page = {
        "view": view,
        "file": view.file,
        "why": why,
        "area_name": area_name(view.file.area),
        "may_keep": request.actor.can(KEEP, area=view.file.area),
        "may_case": find_cases(by=request.actor).filter(public_id=view.file.case).exists(),
        "today": request.today,
        "case_query": urlencode({"why": f"查阅档案{view.file.archive_number}"}),
    }
    return render(request, "archive/file.html", page)


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def lend(request: HttpRequest, file: UUID) -> HttpResponse:
    """Lend the original (借出原件)."""
    view = archive_file(file, by=request.actor, today=request.today)
    usual = request.today + timedelta(days=archive_practice(request.today).loan_days)
    form = LoanForm(request.POST if request.method == "POST" else None, initial={"due_on": usual})
    if request.method == "POST" and submitted(request, form, operations.lend_original, file=file):
        messages.success(request, "已登记借出。")
        return _to_file(file, "登记借阅")
    return _form(request, form, title="借出原件", submit="登记借出", file=view.file)


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, file: UUID) -> HttpResponse:
    """The original came back (归还原件)."""
    view = archive_file(file, by=request.actor, today=request.today)
    if view.lent is None:
        messages.info(request, "原件不在外面。")
        return _to_file(file, "登记归还")
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and submitted(
        request, form, operations.return_original, loan=view.lent.public_id
    ):
        messages.success(request, "已登记归还。")
        return _to_file(file, "登记归还")
    return _form(request, form, title="归还原件", submit="登记归还", file=view.file, loan=view.lent)


@guarded(KEEP)
@require_GET
def show_loans(request: HttpRequest) -> HttpResponse:
    """Originals that are out (借出未还)."""
    return render_list(request, Loans, open_loans(by=request.actor))


def _form(request, form, *, title, submit, file, loan=None) -> HttpResponse:
    page = {"form": form, "title": title, "submit": submit, "file": file, "loan": loan}
    return render(request, "archive/loan.html", page, status=422 if form.errors else 200)


def _to_file(file: UUID, why: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("archive:file", args=[file]) + "?" + urlencode({"why": why}))
