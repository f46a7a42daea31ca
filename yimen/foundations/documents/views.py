"""Hand out files, and show letters on paper."""

from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.documents.engine.letters import Sheet
from yimen.foundations.documents.engine.word import write_word
from yimen.foundations.documents.forms import SealForm, VoidForm
from yimen.foundations.documents.operations import open_file, read_letter, seal_letter, void_letter
from yimen.foundations.documents.permissions import ISSUE_LETTER, OPEN
from yimen.foundations.documents.presenters import letter_page
from yimen.foundations.documents.queries import sealed_of
from yimen.foundations.ui.api import guarded, public_address, render
from yimen.kernel.refusals import NotPossible

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@guarded(None)
@require_GET
def download_file(request: HttpRequest, file: UUID) -> HttpResponse:
    """Hand out a kept file (下载材料) as an attachment; who may is said by its purpose."""
    opened = open_file(by=request.actor, at=request.at, file=file)
    answer = FileResponse(opened.content, content_type=opened.file.media_type)
    return _as_attachment(answer, opened.file.name)


@guarded(OPEN)
@require_GET
def show_letter(request: HttpRequest, letter: UUID) -> HttpResponse:
    """The letter as it comes out of the printer (文书页), on A4, half a sheet or a till roll."""
    found = read_letter(by=request.actor, at=request.at, letter=letter)
    url = _tracking_url(request, found.tracking_url)
    page = letter_page(
        found,
        by=request.actor,
        paper=request.GET.get("paper", ""),
        tracking_url=url,
        sealed=sealed_of([found.public_id], by=request.actor).get(found.public_id),
    )
    return render(request, "documents/letter.html", page)


@guarded(OPEN)
@require_GET
def download_word(request: HttpRequest, letter: UUID) -> HttpResponse:
    """The letter as a Word file (文书 Word 版)."""
    found = read_letter(by=request.actor, at=request.at, letter=letter, why="下载文书")
    url = _tracking_url(request, found.tracking_url)
    void = hasattr(found, "voiding")
    data = write_word(Sheet.from_json(found.sheet), at=found.issued_at, tracking_url=url, void=void)
    return _as_attachment(HttpResponse(data, content_type=WORD), f"{found.title}{found.number}.docx")


@guarded(ISSUE_LETTER)
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, letter: UUID) -> HttpResponse:
    """Void a spoilt letter (文书作废)."""
    found = read_letter(by=request.actor, at=request.at, letter=letter, why="作废文书")
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        void_letter(by=request.actor, at=request.at, letter=letter, why=form.cleaned_data["why"])
        return HttpResponseRedirect(reverse("documents:letter", args=[letter]))
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/void.html", {"letter": found, "form": form}, status=status)


@guarded(ISSUE_LETTER)
@require_http_methods(["GET", "POST"])
def seal(request: HttpRequest, letter: UUID) -> HttpResponse:
    """Keep the sealed sheet of a letter as its final version (上传盖章件)."""
    found = read_letter(by=request.actor, at=request.at, letter=letter, why="上传盖章件")
    form = SealForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            seal_letter(
                by=request.actor,
                at=request.at,
                letter=letter,
                files=form.cleaned_data["files"],
                request_key=request.POST.get("request_key"),
            )
        except NotPossible as refused:
            form.add_error("files", refused.sentence)
        else:
            return HttpResponseRedirect(reverse("documents:letter", args=[letter]))
    status = 422 if request.method == "POST" else 200
    sealed = sealed_of([letter], by=request.actor).get(letter)
    page = {"letter": found, "form": form, "sealed": sealed}
    return render(request, "documents/seal.html", page, status=status)


def _as_attachment(answer: HttpResponse, name: str) -> HttpResponse:
    """Saved and never shown: what somebody handed in must not run as a page of ours, whatever it holds."""
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _tracking_url(request: HttpRequest, kept: str) -> str:
    return public_address(request, kept) if kept else ""
