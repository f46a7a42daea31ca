"""Work a row, take that back, and stop where nothing is to be done any more (核实、撤回、不用做了)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.forms.api import judge
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.registers.people.api import person_ids
from yimen.work.namelists.choices import OPEN, SAID, Outcome, Way
from yimen.work.namelists.models import ListRow, RowDeed
from yimen.work.namelists.permissions import WORK
from yimen.work.namelists.queries import ListIsOver, deeds_of, form_of_list, get_row, open_rows_of
from yimen.work.namelists.rules import standing_deed, why_not_change


class CannotWork(NotPossible):
    code = "namelists.cannot_work"


@operation("namelists.row.worked")
def work_row(
    *,
    by: Actor,
    at: datetime,
    row: UUID,
    outcome: Outcome,
    way: Way,
    answers: Mapping[str, Any] | None = None,
) -> ListRow:
    """Say what came of a row (登记结果): done with the answers, or nobody there, moved, refused, not found.

    Told again on the same day it is corrected, and what was told before stays among the row's deeds. Refuses answers that do
    not fit, a list that is over, a row that needs no work, and a correction on a later day.
    """
    one, on = _row_to_work(row, by=by), day_of(at)
    if outcome not in SAID:
        raise CannotWork("请选一个结果。")
    if finding := why_not_change(outcome=one.outcome, worked_on=one.worked_on, today=on):
        raise CannotWork(finding.sentence, findings=[finding])
    told = None
    if outcome == Outcome.DONE:
        judged = judge(form_of_list(one.name_list).body, answers or {}, on=on)
        if judged.faults:
            raise CannotWork("有几题要改正。", findings=judged.findings)
        told = dict(judged.answers)
    one.outcome, one.way, one.answers = outcome, way, told
    one.worked_on, one.worked_by, one.worked_by_name = on, by.key, by.name[:80]
    _leave(one, outcome, by=by, at=at)
    return one


@operation("namelists.row.undone")
def undo_row(*, by: Actor, at: datetime, row: UUID) -> ListRow:
    """Take back what one told of a row today (撤回); it stands as it stood before, and the withdrawal stays among its deeds.

    Refuses what another colleague told, and what was told on an earlier day.
    """
    one, on = _row_to_work(row, by=by), day_of(at)
    deeds = deeds_of(one, by=by)
    last = standing_deed(deeds)
    if last is None:
        raise CannotWork("这一行还没有登记过结果，不用撤回。")
    if last.on != on or last.by != by.key:
        raise CannotWork("只能撤回自己当天登记的；以前的请告诉下发的科室。")
    undone = RowDeed(outcome=Outcome.UNDONE, row=one)
    before = standing_deed([*deeds, undone])
    one.outcome = before.outcome if before else Outcome.WAITING
    one.way, one.answers = (before.way, before.answers) if before else ("", None)
    one.worked_on = before.on if before else None
    one.worked_by, one.worked_by_name = (before.by, before.by_name) if before else ("", "")
    _leave(one, Outcome.UNDONE, by=by, at=at)
    return one


@operation("namelists.rows.dropped")
def drop_rows(*, by: Actor, at: datetime, person: UUID) -> int:
    """Somebody died, or wants her data used for little: no running list asks for her (不用做了); answers how many rows."""
    rows = open_rows_of(person_ids(person, by=by) or [person], by=by)
    return _moved(rows.filter(outcome__in=OPEN), Outcome.DROPPED, by=by)


@operation("namelists.rows.taken_up")
def take_up_rows(*, by: Actor, at: datetime, person: UUID) -> int:
    """A death had been noted in error: her rows are open again (撤销死亡登记); answers how many rows."""
    rows = open_rows_of(person_ids(person, by=by) or [person], by=by)
    return _moved(rows.filter(outcome=Outcome.DROPPED), Outcome.WAITING, by=by)


def _row_to_work(row: UUID, *, by: Actor) -> ListRow:
    """The row, held until the end: of two hands at once the second finds what the first told."""
    one = get_row(row, by=by, locked=True)
    by.must(WORK, area=one.area)
    if not one.name_list.is_running:
        raise ListIsOver
    return one


def _leave(one: ListRow, outcome: Outcome, *, by: Actor, at: datetime) -> None:
    one.save(update_fields=["outcome", "way", "answers", "worked_on", "worked_by", "worked_by_name"])
    undone = outcome == Outcome.UNDONE
    RowDeed.objects.create(
        row=one,
        area=one.area,
        outcome=outcome,
        way="" if undone else one.way,
        answers=None if undone else one.answers,
        at=at,
        on=day_of(at),
        by=by.key,
        by_name=by.name[:80],
    )
    record(one, kind="namelist_row", area=one.area, outcome=str(outcome), way=str(one.way))


def _moved(rows: QuerySet[ListRow], outcome: Outcome, *, by: Actor) -> int:
    found = list(rows.select_for_update(of=("self",)))
    for one in found:
        one.outcome = outcome
        one.save(update_fields=["outcome"])
        record(one, kind="namelist_row", area=one.area, outcome=str(outcome))
    if not found:
        unchanged()
    return len(found)
