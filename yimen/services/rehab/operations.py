"""The writer of services for disabled persons: what was granted at the desk is kept as an allowance."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.forms.api import get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.periods import Month
from yimen.kernel.refusals import NotPossible
from yimen.registers.people import api as people
from yimen.services.rehab.choices import AllowanceKind
from yimen.services.rehab.engine.schemes import scheme_of
from yimen.services.rehab.models import Allowance, AllowanceStop
from yimen.services.rehab.permissions import DECIDE_CASE
from yimen.work.desk import api as desk

_ENDS = people.EndsWithHer(Allowance, AllowanceStop, of="allowance", kind="allowance", permission=DECIDE_CASE)


class NoAllowance(NotPossible):
    code = "rehab.no_allowance"
    sentence = "这件两项补贴没有批准，或没有写明每月金额，不能登记补贴。"


@operation("rehab.allowance.recorded")
def record_allowance(*, by: Actor, at: datetime, case: UUID) -> Allowance:
    """Keep the allowance that a case granted (登记补贴); once per case, whoever asks again gets the first record.

    It counts from the month of the application, whatever day of it that was (国发〔2015〕52号：自申请当月计发).
    """
    view = desk.get_case(case, by=by)
    by.must(DECIDE_CASE, area=view.case.area)
    known = Allowance.objects.filter(case=case).first()
    if known is not None:
        unchanged()
        return known
    decision = view.decision
    if (
        view.case.matter not in AllowanceKind.values
        or decision is None
        or decision.outcome != desk.Outcome.GRANTED
        or not decision.amount_fen
    ):
        raise NoAllowance
    answers = get_sheet(view.case.sheet, by=by).answers if view.case.sheet else {}
    day = day_of(decision.decided_at)
    scheme = scheme_of(view.case.area, on=day)
    until = answers.get("valid_until")
    allowance = Allowance.objects.create(
        person=view.case.person,
        case=case,
        area=view.case.area,
        kind=view.case.matter,
        grade=answers.get("grade", ""),
        certificate_until=date.fromisoformat(until) if until else None,
        amount_fen=decision.amount_fen,
        from_month=Month.of(day_of(view.case.received_at)).first_day,
        decided_on=day,
        scheme_id=scheme.id if scheme else None,
        recorded_at=at,
        recorded_by=by.key,
    )
    record(allowance, kind="allowance", area=allowance.area, case=str(case))
    # Granted while nobody knew yet that she had died: it ends with her like what she had before.
    if died_on := people.person_stamp(allowance.person, by=by).died_on:
        _ENDS.stop(allowance, on=died_on, by=by, at=at)
    return allowance


@operation("rehab.allowances.ended_by_death")
def end_allowances_of(*, by: Actor, at: datetime, person: UUID, died_on: date) -> int:
    """A resident died: what she was granted by the month ends (补贴终止); answers how many."""
    return _ENDS.end(people.person_ids(person, by=by), died_on=died_on, by=by, at=at)


@operation("rehab.allowances.resumed")
def resume_allowances_of(*, by: Actor, at: datetime, person: UUID) -> int:
    """A death had been noted in error: what it ended is paid on (撤销死亡登记); answers how many."""
    return _ENDS.resume(people.person_ids(person, by=by), by=by, at=at)
