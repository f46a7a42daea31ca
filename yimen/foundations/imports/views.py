"""Pages of imports: the list, the upload, the columns, the batch with its deeds, and the sheets that go out."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.imports import presenters, queries
from yimen.foundations.imports.choices import AT_WORK, BatchState
from yimen.foundations.imports.engine.books import pattern
from yimen.foundations.imports.forms import ColumnsForm, PlaceForm, UploadForm, WayForm
from yimen.foundations.imports.lists import BatchList
from yimen.foundations.imports.operations import batches as deeds
from yimen.foundations.imports.operations.handing_out import hand_out_wrong_rows
from yimen.foundations.imports.permissions import RUN
from yimen.foundations.imports.ports import importers
from yimen.foundations.ui.api import guarded, part, refusals_into, render, render_list, submitted
from yimen.kernel.refusals import NotFound

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHOLE = 20_000


@guarded(RUN)
@require_GET
def show_batches(request: HttpRequest) -> HttpResponse:
    """The batches within reach (导入)."""
    return render_list(request, BatchList, queries.batches(by=request.actor), template="imports/batches.html")


@guarded(RUN)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Upload a sheet (上传导入表)."""
    kinds = queries.offered(by=request.actor)
    told = {
        "kinds": [(one.key, one.title) for one in kinds],
        "areas": queries.area_choices(by=request.actor),
        "most_megabytes": settings.YIMEN_IMPORT_MOST_BYTES // 1024 // 1024,
    }
    posted = request.method == "POST"
    start = {"importer": request.GET.get("kind", ""), "area": request.actor.home}
    form = UploadForm(request.POST, request.FILES, **told) if posted else UploadForm(initial=start, **told)
    if posted:
        made = submitted(request, form, deeds.upload_batch)
        if made is not None:
            return HttpResponseRedirect(_next_page(made))
    page = {"form": form, "kinds": kinds}
    return render(request, "imports/upload.html", page, status=422 if form.errors else 200)


@guarded(RUN)
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What each column is (对应表头); another sheet or row of the heading may be taken."""
    found = queries.get_batch(batch, by=request.actor)
    if found.state not in (BatchState.COLUMNS, BatchState.CHECKED):
        return HttpResponseRedirect(reverse("imports:batch", args=[batch]))
    kind = importers.get(found.importer)
    offered = [(one.key, f"{one.title}{'（必填）' if one.needed else ''}") for one in kind.columns]
    place = PlaceForm(
        request.POST if "look" in request.POST else None,
        sheets=found.sheets,
        initial={"sheet": found.sheet, "head_row": found.head_row},
    )
    start = {f"column_{number}": key for number, key in found.columns.items()}
    told = {"head": found.head, "offered": offered, "initial": start}
    form = ColumnsForm(
        request.POST if request.method == "POST" and "look" not in request.POST else None, **told
    )
    if "look" in request.POST:
        if submitted(request, place, deeds.read_again, batch=batch) is not None:
            return HttpResponseRedirect(reverse("imports:columns", args=[batch]))
    elif request.method == "POST" and form.is_valid():
        with refusals_into(form):
            deeds.begin_check(
                by=request.actor,
                at=request.at,
                request_key=request.POST.get("request_key"),
                batch=batch,
                columns=form.told,
            )
            return HttpResponseRedirect(reverse("imports:batch", args=[batch]))
    examples = queries.first_texts(found, by=request.actor)
    page = {
        "batch": found,
        "kind": kind,
        "place": place,
        "form": form,
        "columns": [
            {"field": form[f"column_{number}"], "example": examples.get(number, "")}
            for number in range(len(found.head))
        ],
        "steps": presenters.steps(found, columns_url=""),
        "remembered": queries.remembered(request.actor.account, found.importer, found.signature)
        == found.columns,
        "unread": [
            text for number, text in enumerate(found.head) if text and str(number) not in found.columns
        ],
    }
    wrong = form.errors or place.errors
    return render(request, "imports/columns.html", page, status=422 if wrong else 200)


@guarded(RUN)
@require_GET
def show_batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """One batch (导入批次): how far it is, what was found, and what can be done now.

    While it is worked on the page asks for its progress alone; at the end it asks for itself.
    """
    answer = _shown(request, batch)
    if part(request) == "progress" and queries.get_batch(batch, by=request.actor).state not in AT_WORK:
        answer["HX-Refresh"] = "true"
    return answer


def _shown(request: HttpRequest, batch: UUID, *, form: Any = None) -> HttpResponse:
    actor = request.actor
    found = queries.get_batch(batch, by=actor)
    kind = importers.get(found.importer)
    far = queries.progress_of(found, by=actor)
    told = presenters.standing(found, far, kind, at=request.at)
    kept = not found.scrubbed_at
    shown = kept and found.state in (BatchState.CHECKED, BatchState.WRITTEN, BatchState.WRITING)
    page = {
        "batch": found,
        "kind": kind,
        "far": far,
        "told": told,
        "form": form,
        "steps": presenters.steps(found, columns_url=reverse("imports:columns", args=[batch])),
        "findings": queries.findings(found, by=actor) if shown and (far.bad or far.warned) else [],
        "by_column": queries.by_column(found, by=actor) if shown and far.bad else [],
        "may_take_whole": kept and far.rows <= WHOLE,
        "made": _linked(kind, queries.written_rows(found, by=actor))
        if found.state == BatchState.WRITTEN
        else [],
        "left": _linked(kind, queries.left_behind(found, by=actor))
        if found.state == BatchState.UNDONE
        else [],
        "state": BatchState(found.state),
        "afterwards": kind.afterwards(queries.subjects_of(found, by=actor), by=actor)
        if kind.afterwards and found.state == BatchState.WRITTEN
        else [],
        "may_drop": found.state in (BatchState.COLUMNS, BatchState.CHECKED)
        or (told.halted and found.state in (BatchState.READING, BatchState.CHECKING)),
        "may_undo": far.written > 0
        and (found.state == BatchState.WRITTEN or (told.halted and found.state == BatchState.WRITING)),
        "may_undo_rest": found.state == BatchState.UNDONE and far.left > 0,
        "kept_days": settings.YIMEN_IMPORT_KEPT_DAYS,
    }
    return render(request, "imports/batch.html", page, status=422 if form and form.errors else 200)


@guarded(RUN)
@require_POST
def write(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Begin to bring the rows in (开始导入)."""
    form = WayForm(request.POST)
    if submitted(request, form, deeds.begin_writing, batch=batch) is None:
        return _shown(request, batch, form=form)
    return HttpResponseRedirect(reverse("imports:batch", args=[batch]))


def _deed(operation: Callable[..., Any]) -> Callable[..., HttpResponse]:
    @guarded(RUN)
    @require_POST
    def done(request: HttpRequest, batch: UUID) -> HttpResponse:
        operation(by=request.actor, at=request.at, request_key=request.POST.get("request_key"), batch=batch)
        return HttpResponseRedirect(reverse("imports:batch", args=[batch]))

    return done


stop = _deed(deeds.stop_batch)
resume = _deed(deeds.resume_batch)
undo = _deed(deeds.begin_undo)
drop = _deed(deeds.drop_batch)


@guarded(RUN)
@require_GET
def wrong_rows(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The sheet back with the wrong cells marked (错误表)."""
    found = queries.get_batch(batch, by=request.actor)
    whole = request.GET.get("rows") == "all" and found.rows <= WHOLE
    body = hand_out_wrong_rows(by=request.actor, at=request.at, batch=batch, whole=whole)
    return _sheet(body, f"{found.number}-{'核对结果' if whole else '要改的行'}.xlsx")


@guarded(RUN)
@require_GET
def empty_sheet(request: HttpRequest, importer: str) -> HttpResponse:
    """An empty sheet with the headings (空表)."""
    kind = next((one for one in queries.offered(by=request.actor) if one.key == importer), None)
    if kind is None:
        raise NotFound()
    return _sheet(pattern(kind), f"{kind.title}导入空表.xlsx")


def _next_page(batch: Any) -> str:
    page = "imports:columns" if batch.state == BatchState.COLUMNS else "imports:batch"
    return reverse(page, args=[batch.public_id])


def _linked(kind: Any, rows: list[Any]) -> list[dict[str, Any]]:
    return [{"row": row, "url": kind.page(row.subject) if kind.page else ""} for row in rows]


def _sheet(body: bytes, name: str) -> HttpResponse:
    disposition = f"attachment; filename=\"table.xlsx\"; filename*=UTF-8''{quote(name, safe='')}"
    headers = {
        "Content-Disposition": disposition,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(body, content_type=XLSX, headers=headers)
