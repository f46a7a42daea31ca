"""What was said, and the duty made of a need (征询结果、转任务)."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.ui.api import (
    Column,
    guarded,
    record_export,
    refusals_into,
    render,
    workbook,
)
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.refusals import NotAllowed, NotFound
from yimen.registers.places.api import area_name
from yimen.work.rounds import operations
from yimen.work.rounds.forms import TaskForm
from yimen.work.rounds.permissions import EXPORT, HOLD, VIEW, WORK
from yimen.work.rounds.presenters import result_rows, return_lines
from yimen.work.rounds.queries import (
    form_of_round,
    get_round,
    result_of,
    returns_of,
    tasks_of,
    together,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MONTH = timedelta(days=30)


@guarded(VIEW)
@require_GET
def show_result(request: HttpRequest, round: UUID) -> HttpResponse:
    """What was said (征询结果): on the screen, on paper (``?print=1``) and as a workbook (``?export=xlsx``)."""
    by, found = request.actor, get_round(round, by=request.actor)
    result, lines = result_of(found, by=by, on=request.today), returns_of(found, by=by)
    if request.GET.get("export") == "xlsx":
        if not by.can_somewhere(EXPORT):
            raise NotAllowed(permission=EXPORT, area="")
        return _sheet(request, found, result, lines)
    made = {(one.question, one.option): one for one in tasks_of(found, by=by)}
    page = {
        "round": found,
        "area": area_name(found.area),
        "result": result,
        "questions": [
            (
                one,
                result.words.get(one["key"], []),
                [(each, made.get((one["key"], each["value"]))) for each in one["options"]],
            )
            for one in (result.counted["questions"] if result.counted else [])
        ],
        "all": together(lines),
        "lines": return_lines(lines),
        "makes": by.can(HOLD, area=found.area) and by.can(WORK, area=found.area),
        "exports": by.can_somewhere(EXPORT),
        "today": request.today,
    }
    return render(
        request, "rounds/result_paper.html" if "print" in request.GET else "rounds/result.html", page
    )


@guarded(HOLD)
@require_http_methods(["GET", "POST"])
def task(request: HttpRequest, round: UUID) -> HttpResponse:
    """Make a duty of a need (需求转任务)."""
    by, found = request.actor, get_round(round, by=request.actor)
    question, option = request.GET.get("question", ""), request.GET.get("option", "")
    asked = form_of_round(found).body.question(question)
    if asked is None:
        raise NotFound()
    need = asked.label_of(option) if asked.options else {"True": "是", "False": "否"}.get(option, option)
    form = TaskForm(
        request.POST if request.method == "POST" else None,
        initial={"title": f"服务周：{need}"[:60], "due_on": request.today + MONTH},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            operations.make_task(
                by=by,
                at=request.at,
                round=round,
                question=question,
                option=option,
                request_key=request.POST.get("request_key"),
                **form.cleaned_data,
            )
            messages.success(request, "已转成待办，到期会在首页提醒。")
            return HttpResponseRedirect(reverse("rounds:result", args=[round]))
    page = {"round": found, "form": form, "question": asked.label, "need": need}
    return render(request, "rounds/task.html", page, status=422 if form.errors else 200)


def _sheet(request: HttpRequest, found: Any, result: Any, lines: Any) -> HttpResponse:
    rows = result_rows(result, lines)
    columns = [
        Column("question", "题目", value=lambda row: row[0], width=30),
        Column("option", "选项", value=lambda row: row[1], width=30),
        Column("count", "份数", value=lambda row: row[2]),
        Column("share", "占比", value=lambda row: row[3]),
    ]
    remarks = [
        f"数据截至 {request.at.astimezone(STREET_TIME):%Y-%m-%d %H:%M}　导出人：{request.actor.name}",
        f"{found.opens_on} 至 {found.closes_on}　{found.get_secrecy_display()}　抽样种子 {found.seed}",
        result.why_not,
    ]
    body, count = workbook(found.title, [one for one in remarks if one], columns, rows)
    record_export(
        by=request.actor, at=request.at, name="rounds.result", conditions=[str(found.public_id)], rows=count
    )
    file = quote(f"{found.title}-{request.at:%Y%m%d-%H%M}.xlsx")
    return HttpResponse(
        body,
        content_type=XLSX,
        headers={
            "Content-Disposition": f"attachment; filename=\"round.xlsx\"; filename*=UTF-8''{file}",
            "Cache-Control": "no-store",
        },
    )
