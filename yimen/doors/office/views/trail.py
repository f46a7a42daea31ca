"""The trail, the looks and the seals, for the auditor."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.doors.office.forms import AnswerAlertForm, LookInsideForm
from yimen.doors.office.lists import AlertList, HeadList, LookList, TrailList
from yimen.doors.office.operations import ask_for_verification, open_details
from yimen.doors.office.presenters import AlertPage, DeedPage, trail_tabs
from yimen.doors.office.queries.trail import deed_file, seals_page
from yimen.doors.office.queries.unusual import alert_file
from yimen.foundations.audit.api import (
    VIEW_TRAIL,
    answer_unusual,
    audited_looks,
    audited_trail,
    audited_unusual,
    heads_by_day,
)
from yimen.foundations.ui.api import ListScreen, guarded, render, render_list


@guarded(VIEW_TRAIL)
@require_GET
def list_trail(request: HttpRequest) -> HttpResponse:
    """The trail (操作留痕)."""
    return _list(request, "trail", TrailList.seen_by(request.actor), audited_trail(by=request.actor))


@guarded(VIEW_TRAIL)
@require_GET
def list_looks(request: HttpRequest) -> HttpResponse:
    """Who looked at which file and why (查阅记录)."""
    return _list(request, "looks", LookList, audited_looks(by=request.actor))


@guarded(VIEW_TRAIL)
@require_http_methods(["GET", "POST"])
def show_deed(request: HttpRequest, deed: UUID) -> HttpResponse:
    """One deed with all its rows; details about residents are opened by a reason (一次操作)."""
    form = LookInsideForm(request.POST if request.method == "POST" else None)
    opened = request.method == "POST" and form.is_valid()
    if opened:
        open_details(by=request.actor, at=request.at, deed=deed, why=form.cleaned_data["why"])
    page = DeedPage(deed_file(deed, by=request.actor, opened=opened), form, opened)
    return render(request, "office/deed.html", page, status=422 if form.errors else 200)


@guarded(VIEW_TRAIL)
@require_GET
def list_unusual(request: HttpRequest) -> HttpResponse:
    """Alerts on unusual reading (异常查阅提醒)."""
    return _list(request, "unusual", AlertList, audited_unusual(by=request.actor))


@guarded(VIEW_TRAIL)
@require_http_methods(["GET", "POST"])
def show_unusual(request: HttpRequest, found: UUID) -> HttpResponse:
    """One alert with what is behind it; an auditor answers it with a reason (处理异常查阅提醒)."""
    form = AnswerAlertForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer_unusual(
            by=request.actor,
            at=request.at,
            found=found,
            **form.cleaned_data,
            request_key=request.POST.get("request_key"),
        )
        messages.success(request, "已记下处理结果。")
        return redirect("office:unusual")
    page = AlertPage(alert_file(found, by=request.actor), form)
    return render(request, "office/alert.html", page, status=422 if form.errors else 200)


@guarded(VIEW_TRAIL)
@require_GET
def show_seals(request: HttpRequest) -> HttpResponse:
    """The seals, the head of each day, and how verifications ended (封印)."""
    return render_list(
        request,
        HeadList,
        heads_by_day(),
        template="office/seals.html",
        extra={"tabs": trail_tabs("seals"), "seals": seals_page(by=request.actor)},
    )


@guarded(VIEW_TRAIL)
@require_POST
def ask_to_verify(request: HttpRequest) -> HttpResponse:
    """Have the trail verified in the background (核验)."""
    ask_for_verification(by=request.actor, at=request.at, request_key=request.POST.get("request_key"))
    messages.success(request, "已开始核验。留痕多时要几分钟，可以离开，回来刷新看结果。")
    return redirect("office:seals")


def _list(request: HttpRequest, tab: str, screen: type[ListScreen], rows: Any) -> HttpResponse:
    """One of the lists that stand beside each other under tabs."""
    return render_list(request, screen, rows, template="office/trail.html", extra={"tabs": trail_tabs(tab)})
