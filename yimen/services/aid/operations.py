"""The writer of aid: what was decided at the desk is kept as relief."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.forms.api import get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.registers.people import api as people
from yimen.services.aid.choices import EventKind
from yimen.services.aid.engine.schemes import scheme_of
from yimen.services.aid.models import Relief
from yimen.services.aid.permissions import DECIDE_CASE
from yimen.work.desk import api as desk


class NotGranted(NotPossible):
    code = "aid.not_granted"
    sentence = "这件临时救助没有批准，或没有写明金额，不能登记救助。"


@operation("aid.relief.recorded")
def record_relief(*, by: Actor, at: datetime, case: UUID) -> Relief:
    """Keep the relief that a case granted (登记救助); once per case, whoever asks again gets the first record.

    The person, the day and the amount are those of the decision; the scheme is that of the area on that day. The ledger
    has its entry from the desk already.
    """
    view = desk.get_case(case, by=by)
    by.must(DECIDE_CASE, area=view.case.area)
    known = Relief.objects.filter(case=case).first()
    if known is not None:
        unchanged()
        return known
    decision = view.decision
    if decision is None or decision.outcome != desk.Outcome.GRANTED or not decision.amount_fen:
        raise NotGranted
    answers = get_sheet(view.case.sheet, by=by).answers if view.case.sheet else {}
    day = day_of(decision.decided_at)
    scheme = scheme_of(view.case.area, on=day)
    happened_on = answers.get("happened_on")
    relief = Relief.objects.create(
        person=view.case.person,
        household=people.household_of(view.case.person, by=by),
        case=case,
        area=view.case.area,
        event=answers.get("event", EventKind.OTHER),
        happened_on=date.fromisoformat(happened_on) if happened_on else None,
        amount_fen=decision.amount_fen,
        decided_on=day,
        scheme_id=scheme.id if scheme else None,
        recorded_at=at,
        recorded_by=by.key,
    )
    record(relief, kind="relief", area=relief.area, case=str(case))
    return relief
