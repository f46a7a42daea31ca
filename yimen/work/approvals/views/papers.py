"""The printed sheet, what was signed on it, the final version, and files (呈批单、纸上审签、终稿、附件)."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.documents.api import code_svg
from yimen.foundations.ui.api import guarded, refusals_into, render, submitted
from yimen.kernel.refusals import NotAllowed
from yimen.registers.places.api import area_name
from yimen.work.approvals import operations
from yimen.work.approvals.choices import State
from yimen.work.approvals.forms import FinalForm, PaperForm
from yimen.work.approvals.permissions import DRAFT
from yimen.work.approvals.presenters import box_lines
from yimen.work.approvals.queries import get_submission, signers_to_choose, view_submission
from yimen.work.approvals.rules import paper_code


@guarded(None)
@require_GET
def print_sheet(request: HttpRequest, submission: UUID) -> HttpResponse:
    """The sheet to sign on (呈批单): number, text, and a box for each who has to sign; its code leads back to it."""
    view = view_submission(submission, by=request.actor, on=request.today)
    code = paper_code(view.submission.public_id)
    page = {
        "view": view,
        "submission": view.submission,
        "area": area_name(view.submission.area),
        "lines": box_lines(view, today=request.today),
        "code": code,
        "drawing": mark_safe(code_svg(code, title="扫码找到这份呈批件")),  # nosec B308 B703 - drawn by us from our own code
        "today": request.today,
    }
    return render(request, "approvals/sheet.html", page)


@guarded(DRAFT)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Enter what was signed on paper, with the scan (登记纸上审签)."""
    view = view_submission(submission, by=request.actor, on=request.today)
    found = view.submission
    request.actor.must(DRAFT, area=found.area)
    if found.state != State.SIGNING and request.method == "GET":
        raise NotAllowed("这份呈批件现在不在审签中，不能登记纸上审签。")
    told = {"boxes": signers_to_choose(view, on=request.today), "today": request.today}
    if request.method == "POST":
        form = PaperForm(request.POST, request.FILES, **told)
    else:
        form = PaperForm(initial={"edition": found.edition}, **told)
    if request.method == "POST" and _entered(request, form, submission):
        messages.success(request, "纸上审签已登记，扫描件已存。")
        return HttpResponseRedirect(reverse("approvals:submission", args=[submission]))
    page = {"submission": found, "form": form}
    return render(request, "approvals/paper.html", page, status=422 if form.errors else 200)


def _entered(request: HttpRequest, form: PaperForm, submission: UUID) -> bool:
    if not form.is_valid():
        return False
    lines = [operations.PaperLine(*told) for told in form.told()]
    with refusals_into(form):
        operations.enter_paper(
            by=request.actor,
            at=request.at,
            submission=submission,
            lines=lines,
            files=form.cleaned_data["files"],
            edition=form.cleaned_data["edition"],
            request_key=request.POST.get("request_key"),
        )
        return True
    return False


@guarded(DRAFT)
@require_http_methods(["GET", "POST"])
def final(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Keep the sealed scan as the final version (上传终稿)."""
    found = get_submission(submission, by=request.actor)
    request.actor.must(DRAFT, area=found.area)
    if found.state != State.ISSUED and request.method == "GET":
        raise NotAllowed("签发以后才能上传盖章的终稿。")
    if request.method == "POST":
        form = FinalForm(request.POST, request.FILES)
        if submitted(request, form, operations.attach_final, submission=submission) is not None:
            messages.success(request, "终稿已存档，内容不能再变。")
            return HttpResponseRedirect(reverse("approvals:submission", args=[submission]))
    else:
        form = FinalForm(initial={"edition": found.edition})
    page = {"submission": found, "form": form}
    return render(request, "approvals/final.html", page, status=422 if form.errors else 200)


@guarded(None)
@require_GET
def open_file(request: HttpRequest, submission: UUID, file: UUID) -> HttpResponse:
    """Hand out a file of a submission (下载呈批附件), as an attachment and never as a page of ours."""
    opened = operations.open_attachment(by=request.actor, at=request.at, submission=submission, file=file)
    answer = FileResponse(opened.content, content_type=opened.file.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(opened.file.name, safe='')}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
