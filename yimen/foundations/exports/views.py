"""Pages of full exports: ask, decide on the phone, fetch (完整导出)."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.exports import operations
from yimen.foundations.exports.engine import vault
from yimen.foundations.exports.engine.practice import hours_words, practice
from yimen.foundations.exports.engine.sheets import columns_for, how_many, rows_for
from yimen.foundations.exports.forms import AskForm, RefuseForm
from yimen.foundations.exports.lists import ExportList
from yimen.foundations.exports.permissions import APPROVE_EXPORT, ASK_EXPORT
from yimen.foundations.exports.queries import exports, find_source, get_export, sources_for
from yimen.foundations.exports.rules import has_lapsed, why_not_decide, why_not_fetch
from yimen.foundations.ui.api import Action, guarded, render, render_list, submitted
from yimen.kernel.refusals import NotFound

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guarded(None)
@require_GET
def show_exports(request: HttpRequest) -> HttpResponse:
    """One's own full exports, and those one approves (完整导出登记)."""
    actions = [
        Action(f"申请：{one.screen.title}", f"{reverse('exports:ask')}?list={one.key}", icon="plus")
        for one in sources_for(by=request.actor)
    ]
    return render_list(request, ExportList, exports(by=request.actor), actions=actions)


@guarded(ASK_EXPORT)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a list in full (申请完整导出); the conditions of the list come along in the address."""
    source = find_source(request.GET.get("list", ""), by=request.actor)
    if source is None:
        raise NotFound()
    given = {key: value[:200] for key, value in request.GET.items() if key != "list"}
    columns = columns_for(source, by=request.actor)
    form = AskForm(request.POST or None, rule=practice(on=request.today), columns=columns)
    if request.method == "POST" and (
        made := submitted(request, form, operations.ask_export, source=source.key, conditions=given)
    ):
        messages.success(request, "已送审批，批准后会通知您下载。")
        return redirect("exports:export", export=made.public_id)
    rows = rows_for(source, given, by=request.actor)
    told = source.screen.told(given, request.actor)
    page = {
        "title": f"申请完整导出：{source.screen.title}",
        "form": form,
        "count": how_many(rows),
        "conditions": source.screen.remarks(told, request.actor),
        "back": reverse("exports:exports"),
    }
    return render(request, "exports/ask.html", page, status=422 if form.errors else 200)


@guarded(None)
@require_GET
def show_export(request: HttpRequest, export: UUID) -> HttpResponse:
    """One full export: what is asked, and what came of it."""
    return _page(request, export)


@guarded(APPROVE_EXPORT)
@require_POST
def approve(request: HttpRequest, export: UUID) -> HttpResponse:
    """Approve with one tap (批准)."""
    key = request.POST.get("request_key")
    operations.approve_export(by=request.actor, at=request.at, export=export, request_key=key)
    messages.success(request, "已批准，正在生成文件。")
    return redirect("exports:export", export=export)


@guarded(APPROVE_EXPORT)
@require_POST
def refuse(request: HttpRequest, export: UUID) -> HttpResponse:
    """Turn it down (不批准)."""
    get_export(export, by=request.actor)
    form = RefuseForm(request.POST)
    if submitted(request, form, operations.refuse_export, export=export):
        messages.success(request, "已回复不批准。")
        return redirect("exports:export", export=export)
    return _page(request, export, refuse=form)


@guarded(ASK_EXPORT)
@require_GET
def download(request: HttpRequest, export: UUID) -> HttpResponse:
    """Hand out the file (下载), to who asked for it."""
    found = operations.fetch_file(by=request.actor, at=request.at, export=export)
    name = quote(f"{found.list_title}-{found.number}.xlsx")
    disposition = f"attachment; filename=\"export.xlsx\"; filename*=UTF-8''{name}"
    return StreamingHttpResponse(
        vault.pieces(found.public_id),
        content_type=XLSX,
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )


def _page(request: HttpRequest, export: UUID, *, refuse: RefuseForm | None = None) -> HttpResponse:
    by = request.actor
    found = get_export(export, by=by)
    own = found.asked_by == by.key
    lapsed = has_lapsed(state=found.state, asked_at=found.asked_at, at=request.at)
    page = {
        "export": found,
        "own": own,
        "lives": hours_words(found.hours),
        "decides": by.can(APPROVE_EXPORT, area=found.area)
        and not why_not_decide(
            state=found.state,
            decided_by_name=found.decided_by_name,
            own=own,
            asked_at=found.asked_at,
            at=request.at,
        ),
        "refuse": refuse or RefuseForm(),
        "why_not": why_not_fetch(
            state=found.state, asked_at=found.asked_at, expires_at=found.expires_at, at=request.at
        ),
        "lapsed": lapsed,
        "waits": found.state in ("asked", "making") and not lapsed,
    }
    return render(request, "exports/export.html", page, status=422 if refuse else 200)
