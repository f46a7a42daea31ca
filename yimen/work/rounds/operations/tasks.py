"""Make a duty of a need that was told (需求转任务)."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotPossible
from yimen.work.programmes.api import owe_duty
from yimen.work.rounds.models import NeedTask
from yimen.work.rounds.permissions import HOLD
from yimen.work.rounds.queries import (
    get_round,
    result_of,
)


class CannotMakeTask(NotPossible):
    code = "rounds.cannot_make_task"


@operation("rounds.need.made_a_task")
def make_task(
    *, by: Actor, at: datetime, round: UUID, question: str, option: str, title: str, due_on: date
) -> NeedTask:
    """Make a duty of a need that was told (需求转任务); once for each need."""
    found = get_round(round, by=by)
    by.must(HOLD, area=found.area)
    result = result_of(found, by=by, on=day_of(at))
    counted = result.counted["questions"] if result.counted else []
    asked = next((one for one in counted if one["key"] == question), None)
    chosen = next((one for one in asked["options"] if one["value"] == option), None) if asked else None
    if chosen is None:
        finding = Finding("rounds.no_need", result.why_not or "请从结果里选一项。", "option")
        raise CannotMakeTask(finding.sentence, findings=[finding])
    if NeedTask.objects.within(by).filter(round=found, question=question, option=option).exists():
        raise CannotMakeTask("这一项已经转成任务了。")
    told = (
        f"《{found.title}》：{asked['label']} “{chosen['label']}” {chosen['count']} 份（{chosen['share']}）"
    )
    duty = owe_duty(
        by=by,
        at=at,
        title=title,
        due_on=due_on,
        reason=told[:300],
        area=found.area,
        account=None,
        source=found.public_id,
    )
    made = NeedTask.objects.create(
        round=found,
        area=found.area,
        question=question,
        option=option,
        duty=duty.public_id,
        title=duty.title,
        made_at=at,
        made_by=by.key,
    )
    record(made, kind="need_task", area=found.area, round=str(found.public_id), duty=str(duty.public_id))
    return made
