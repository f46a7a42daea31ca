"""The lists, a new one, how it is read, one list with its progress and deeds, and its sheet (名单任务)."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.documents.api import FileKind
from yimen.foundations.forms.api import OwnQuestions, composed_questions
from yimen.foundations.ui.api import Action, findings_into, guarded, refusals_into, render, render_list
from yimen.kernel.areas import Level, level
from yimen.kernel.refusals import NotFound
from yimen.registers.places.api import area_name, areas_under
from yimen.work.namelists import operations
from yimen.work.namelists.engine.practice import keep_years
from yimen.work.namelists.forms import ColumnsForm, ExtendForm, SendForm, UploadForm
from yimen.work.namelists.lists import NameListList, RowList
from yimen.work.namelists.permissions import EXPORT, HOLD, VIEW
from yimen.work.namelists.presenters import progress_lines
from yimen.work.namelists.queries import (
    areas_to_ask_in,
    fits_of,
    form_of_list,
    get_list,
    lists,
    progress_of,
    rows_listed,
    sheet_of,
    together,
)

TYPES = {
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.CSV: "text/csv; charset=utf-8",
}


@guarded(VIEW)
@require_GET
def show_lists(request: HttpRequest) -> HttpResponse:
    """The lists of one's area (名单任务清单)."""
    begin = Action("上传名单", reverse("namelists:new"), icon="upload", tone="primary")
    return render_list(
        request,
        NameListList,
        lists(by=request.actor),
        actions=(begin,) if request.actor.can_somewhere(HOLD) else (),
    )


@guarded(HOLD)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Upload a list with its questions (上传名单); its columns are guessed and its rows matched at once."""
    by, on = request.actor, request.today
    posted = request.method == "POST"
    told = {"areas": areas_to_ask_in(by=by, on=on), "today": on}
    form = UploadForm(request.POST, request.FILES, **told) if posted else UploadForm(**told)
    own = OwnQuestions(request.POST if posted else None)
    if posted and all([form.is_valid(), own.is_valid()]):
        with findings_into(form):
            made = operations.upload_list(
                by=by,
                at=request.at,
                questions=composed_questions(own.told, purpose=form.cleaned_data["purpose"]),
                request_key=request.POST.get("request_key"),
                **form.cleaned_data,
            )
            page = "namelists:list" if made.columns else "namelists:columns"
            return HttpResponseRedirect(reverse(page, args=[made.public_id]))
    wrong = posted and (form.errors or own.why_not or not own.is_valid())
    return render(request, "namelists/new.html", {"form": form, "own": own}, status=422 if wrong else 200)


@guarded(HOLD)
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, name_list: UUID) -> HttpResponse:
    """Which sheet, which heading, which column is what (确认表头); until the list is sent out."""
    by, found = request.actor, get_list(name_list, by=request.actor)
    if not found.is_draft:
        return HttpResponseRedirect(reverse("namelists:list", args=[name_list]))
    given = request.POST if request.method == "POST" else request.GET
    number = given.get("head", "")
    head = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 0
    asked = given.get("sheet", "") if given.get("sheet") != found.sheet else ""
    read = sheet_of(found, by=by, name=asked, head=head)
    same = (read.name, read.head) == (found.sheet, found.head) and found.columns
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        read=read,
        columns=found.columns if same else read.columns,
    )
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            operations.set_columns(
                by=by,
                at=request.at,
                name_list=name_list,
                sheet=form.cleaned_data["sheet"],
                head=form.cleaned_data["head"],
                columns=form.columns,
                request_key=request.POST.get("request_key"),
            )
            messages.success(request, "按这样重新对过了。")
            return HttpResponseRedirect(reverse("namelists:list", args=[name_list]))
    page = {"list": found, "form": form}
    return render(request, "namelists/columns.html", page, status=422 if form.errors else 200)


@guarded(VIEW)
@require_GET
def show(request: HttpRequest, name_list: UUID) -> HttpResponse:
    """One list (名单任务): how its rows were matched, or how far each community and grid is, and what to do next."""
    found = get_list(name_list, by=request.actor)
    return _shown(request, found, extend=ExtendForm(auto_id="id_extend_%s"))


@guarded(VIEW)
@require_GET
def show_rows(request: HttpRequest, name_list: UUID) -> HttpResponse:
    """The rows of a list within reach (名单)."""
    found = get_list(name_list, by=request.actor)
    back = Action("回到名单任务", reverse("namelists:list", args=[name_list]), icon="arrow-left")
    rows = rows_listed(found, by=request.actor)
    return render_list(request, RowList, rows, title=f"{found.title} · 名单", actions=(back,))


@guarded(HOLD)
@require_POST
def act(request: HttpRequest, name_list: UUID, deed: str) -> HttpResponse:
    """Send it out, chase, give more time, end it (下发、催办、延期、结束)."""
    found = get_list(name_list, by=request.actor)
    given: dict[str, Any] = {
        "by": request.actor,
        "at": request.at,
        "name_list": name_list,
        "request_key": request.POST.get("request_key"),
    }
    if deed == "send":
        form = SendForm(request.POST, communities=_communities(found.area))
        if form.is_valid():
            with findings_into(form):
                operations.send_out(**given, **form.cleaned_data)
                messages.success(request, "已下发，经办的人都收到了消息。")
        if form.errors:
            return _shown(request, found, send=form, status=422)
    elif deed == "chase":
        told = operations.chase(**given)
        messages.success(request, f"已催办，{told} 人收到。")
    elif deed == "extend":
        form = ExtendForm(request.POST, auto_id="id_extend_%s")
        if form.is_valid():
            with findings_into(form):
                operations.extend_list(**given, **form.cleaned_data)
                messages.success(request, "已延期。")
        if form.errors:
            return _shown(request, found, extend=form, status=422)
    elif deed == "close":
        operations.close_list(**given)
        messages.success(request, "已结束，结果不再变。")
    else:
        raise NotFound()
    return HttpResponseRedirect(reverse("namelists:list", args=[name_list]))


@guarded(HOLD)
@require_GET
def sheet(request: HttpRequest, name_list: UUID) -> HttpResponse:
    """The sheet as it came, with our columns to its right (取回表格)."""
    found = get_list(name_list, by=request.actor)
    body = operations.return_sheet(by=request.actor, at=request.at, name_list=name_list)
    name = quote(f"{found.title}-{request.at:%Y%m%d}.{found.kind}", safe="")
    return HttpResponse(
        body,
        content_type=TYPES[FileKind(found.kind)],
        headers={
            "Content-Disposition": f"attachment; filename=\"list.{found.kind}\"; filename*=UTF-8''{name}",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _communities(area: str) -> list[tuple[str, str]]:
    if level(area) is Level.COMMUNITY:
        return [(area, area_name(area))]
    return [(one.code, one.name) for one in areas_under(area, Level.COMMUNITY)]


def _shown(
    request: HttpRequest, found: Any, *, send: Any = None, extend: Any = None, status: int = 200
) -> HttpResponse:
    by = request.actor
    lines = progress_of(found, by=by)
    holds = by.can(HOLD, area=found.area)
    page = {
        "list": found,
        "area": area_name(found.area),
        "fits": fits_of(found, by=by) if found.is_draft else {},
        "lines": progress_lines(lines),
        "all": together(lines),
        "late": found.is_running and found.due_on < request.today,
        "chased": found.reminded_on == request.today,
        "holds": holds,
        "exports": holds and by.can(EXPORT, area=found.area) and not found.is_draft,
        "questions": form_of_list(found).body.questions,
        "years": keep_years(on=request.today),
        "send": send or SendForm(communities=_communities(found.area)),
        "extend": extend or ExtendForm(auto_id="id_extend_%s"),
    }
    return render(request, "namelists/list.html", page, status=status)
