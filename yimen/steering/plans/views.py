"""Pages of plans: which there are, and how far along one of them is."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from yimen.foundations.ui.api import Column, guarded, record_export, render, workbook
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.refusals import NotAllowed
from yimen.registers.places.api import area_name
from yimen.steering.plans import presenters
from yimen.steering.plans.permissions import EXPORT, VIEW
from yimen.steering.plans.queries import PlanStanding, plan_standing, plans
from yimen.steering.plans.rules import MONTHS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guarded(VIEW)
@require_GET
def all_plans(request: HttpRequest) -> HttpResponse:
    """计划: the plans of one's area; a single one is opened at once."""
    found = plans(by=request.actor, on=request.today)
    if len(found) == 1:
        return HttpResponseRedirect(reverse("plans:plan", args=[found[0].key]))
    page = [
        {
            "title": one.body.title,
            "area": area_name(one.body.area),
            "year": one.body.year,
            "targets": len(one.body.target),
            "url": reverse("plans:plan", args=[one.key]),
        }
        for one in found
    ]
    return render(request, "plans/plans.html", page)


@guarded(VIEW)
@require_GET
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """计划进度: all targets with their pace, and one of them by community and month."""
    chosen = request.GET.get("target", "")
    may_export = request.actor.can_somewhere(EXPORT)
    if request.GET.get("export") == "xlsx":
        if not may_export:
            raise NotAllowed(permission=EXPORT, area="")
        return _sheet(request, plan_standing(key, by=request.actor, on=request.today), chosen)
    standing = plan_standing(
        key,
        by=request.actor,
        on=request.today,
        by_month=lambda plan: [presenters.shown_target(plan, chosen)],
    )
    page = presenters.plan_page(
        standing,
        at=request.at,
        path=reverse("plans:plan", args=[key]),
        chosen=presenters.shown_target(standing.plan, chosen),
        may_export=may_export,
        by=request.actor,
    )
    return render(request, "plans/plan.html", page)


def _sheet(request: HttpRequest, standing: PlanStanding, chosen: str) -> HttpResponse:
    targets = [one for one in standing.targets if one.target.key == chosen] or list(standing.targets)
    rows = presenters.sheet_rows(standing, targets)
    alone = len(targets) == 1
    title = f"{standing.plan.title}{'·' + targets[0].target.title if alone else ''}"
    remarks = [
        f"数据截至 {request.at.astimezone(STREET_TIME):%Y-%m-%d %H:%M}　来源：台账　导出人：{request.actor.name}",
        standing.plan.document,
    ]
    body, count = workbook(title, remarks, _columns(rows, targets if alone else ()), rows)
    record_export(
        by=request.actor, at=request.at, name="plans.plan", conditions=[standing.key, chosen], rows=count
    )
    file = quote(f"{title}-{request.at:%Y%m%d-%H%M}.xlsx")
    return HttpResponse(
        body,
        content_type=XLSX,
        headers={
            "Content-Disposition": f"attachment; filename=\"plan.xlsx\"; filename*=UTF-8''{file}",
            "Cache-Control": "no-store",
        },
    )


def _columns(rows: list[dict], alone) -> list[Column]:
    """人 and 件次 in columns apart; a measure that does not occur has no columns; months only where one target is alone."""
    columns = [Column("target", "目标", width=24), Column("area", "社区", width=20), Column("unit", "单位")]
    for prefix, words in (("", ""), ("persons_", "（人数）")):
        if any(row[f"{prefix}done"] is not None for row in rows):
            columns += [
                Column(f"{prefix}amount", f"全年计划{words}"),
                Column(f"{prefix}promised", f"到期应完成{words}"),
                Column(f"{prefix}done", f"已完成{words}"),
            ]
    columns.append(Column("difference", "超（差为负）"))
    for one in alone:
        columns += [
            Column(f"month_{number}", f"{number}月（{one.indicator.unit}）")
            for number in range(1, MONTHS + 1)
        ]
    return columns
