"""Chase who is behind, give more time, end a list, hand its sheet back, and forget it (催办、延期、结束、取回、清除)."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.audit.api import operation, record, record_batch
from yimen.foundations.documents.api import discard_files, file_content
from yimen.foundations.forms.api import shown
from yimen.foundations.ui.api import record_export
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.kernel.text import clean_line
from yimen.work.namelists.choices import OPEN, State
from yimen.work.namelists.engine.sheets import beside
from yimen.work.namelists.engine.telling import tell_workers
from yimen.work.namelists.models import ListRow, NameList, RowDeed
from yimen.work.namelists.permissions import EXPORT, HOLD
from yimen.work.namelists.queries import form_of_list, get_list, locked_list, rows_of
from yimen.work.namelists.rules import why_not_extend

TITLES = ("核实结果", "核实日期", "核实人", "怎么核实")


class CannotChase(NotPossible):
    code = "namelists.cannot_chase"


class ChasedToday(Conflict):
    code = "namelists.chased_today"
    sentence = "今天已经催过一次，明天再催。"


class NotSentOut(NotPossible):
    code = "namelists.not_sent_out"
    sentence = "名单还没有下发。"


@operation("namelists.list.chased")
def chase(*, by: Actor, at: datetime, name_list: UUID) -> int:
    """Remind those in whose areas rows are still open (催办), once a day; answers how many heard it."""
    found, on = _running(name_list, by=by), day_of(at)
    if found.reminded_on == on:
        raise ChasedToday
    behind = rows_of(found, by=by).filter(outcome__in=OPEN)
    areas = sorted(set(behind.values_list("area", flat=True)))
    if not areas:
        raise CannotChase("名单上的都核实完了，不用催。")
    late = "已经过了最后一天。" if found.due_on < on else ""
    told = tell_workers(
        found, by=by, at=at, title=f"催办：{found.title}", areas=areas, text=f"还有没核实的，{late}请尽快。"
    )
    found.reminded_on = on
    found.save(update_fields=["reminded_on"])
    record(found, kind="namelist", area=found.area, chased=areas, told=told)
    return told


@operation("namelists.list.extended")
def extend_list(*, by: Actor, at: datetime, name_list: UUID, until: date, reason: str) -> NameList:
    """Give more time (延期), with a reason that those who work the list can read."""
    found, on = _running(name_list, by=by), day_of(at)
    findings = why_not_extend(due_on=found.due_on, until=until, today=on, reason=reason)
    if findings:
        raise CannotChase("；".join(one.sentence for one in findings), findings=findings)
    told = {"from": f"{found.due_on}", "until": f"{until}", "reason": clean_line(reason)[:120]}
    found.extensions = [*found.extensions, told | {"on": f"{on}", "by_name": by.name[:80]}]
    found.due_on = until
    found.save(update_fields=["due_on", "extensions"])
    record(found, kind="namelist", area=found.area, **told)
    return found


@operation("namelists.list.closed")
def close_list(*, by: Actor, at: datetime, name_list: UUID) -> NameList:
    """End a list (结束名单任务): what stands in it stays as it is, nothing is told of a row afterwards."""
    found = locked_list(name_list, by=by)
    found.state, found.closed_at = State.CLOSED, at
    found.save(update_fields=["state", "closed_at"])
    open_rows = rows_of(found, by=by).filter(outcome__in=OPEN).count()
    record(found, kind="namelist", area=found.area, open=open_rows)
    return found


@operation("namelists.list.returned")
def return_sheet(*, by: Actor, at: datetime, name_list: UUID) -> bytes:
    """Hand the sheet back (取回表格): the same file, nothing in it changed, our columns to the right of all its own.

    The trail names whose facts left the house. Nothing of illness, relief or petitions is added.
    """
    found = get_list(name_list, by=by)
    by.must(HOLD, area=found.area)
    by.must(EXPORT, area=found.area)
    if found.is_draft:
        raise NotSentOut
    rows = list(rows_of(found, by=by).defer("phone").order_by("number"))
    questions = form_of_list(found).body.questions
    told = {
        one.number: [
            one.get_outcome_display(),
            f"{one.worked_on}" if one.worked_on else "",
            one.worked_by_name,
            one.get_way_display() if one.way else "",
            *(shown(asked, (one.answers or {}).get(asked.key)) for asked in questions),
        ]
        for one in rows
    }
    data = file_content(found.file, subject=found.public_id, by=by)
    titles = [*TITLES, *(one.label for one in questions)]
    body = beside(
        data, found.kind, sheet=found.sheet, head=found.head, width=found.width, titles=titles, rows=told
    )
    record_export(by=by, at=at, name="namelists.sheet", conditions=[str(found.public_id)], rows=len(rows))
    record_batch(
        [{"person": str(one.person)} for one in rows if one.person],
        kind="namelist",
        area=found.area,
        name_list=str(found.public_id),
    )
    return body


@operation("namelists.rows.forgotten", inner=True)
def forget_rows(*, by: Actor, at: datetime, rows: QuerySet[ListRow]) -> None:
    """The rows of a list go when their term is over (到期清除), with their deeds; with the last row goes the sheet."""
    lists = set(rows.values_list("name_list", flat=True))
    RowDeed.objects.filter(row__in=rows).delete()
    rows.delete()
    left = set(ListRow.objects.filter(name_list__in=lists).values_list("name_list", flat=True))
    for one in NameList.objects.filter(pk__in=lists - left):
        discard_files(by=by, at=at, subject=one.public_id, area=one.area, why="名单任务过了保存期限")


def _running(name_list: UUID, *, by: Actor) -> NameList:
    found = locked_list(name_list, by=by)
    if found.is_draft:
        raise NotSentOut
    return found
