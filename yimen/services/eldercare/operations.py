"""The writer of elder care: what was granted at the desk is kept as a benefit."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.forms.api import get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.registers.people import api as people
from yimen.services.eldercare.choices import Ability, BenefitKind
from yimen.services.eldercare.engine.schemes import scheme_of
from yimen.services.eldercare.models import BenefitStop, ElderBenefit
from yimen.services.eldercare.permissions import DECIDE_CASE
from yimen.work.desk import api as desk

_ENDS = people.EndsWithHer(
    ElderBenefit, BenefitStop, of="benefit", kind="elder_benefit", permission=DECIDE_CASE
)


class NoBenefit(NotPossible):
    code = "eldercare.no_benefit"
    sentence = "这件养老待遇没有批准，不能登记。"


@operation("eldercare.benefit.recorded")
def record_benefit(*, by: Actor, at: datetime, case: UUID) -> ElderBenefit:
    """Keep the benefit that a case granted (登记待遇); once per case, whoever asks again gets the first record."""
    view = desk.get_case(case, by=by)
    by.must(DECIDE_CASE, area=view.case.area)
    known = ElderBenefit.objects.filter(case=case).first()
    if known is not None:
        unchanged()
        return known
    decision, kind = view.decision, view.case.matter
    if kind not in BenefitKind.values or decision is None or decision.outcome != desk.Outcome.GRANTED:
        raise NoBenefit
    answers = get_sheet(view.case.sheet, by=by).answers if view.case.sheet else {}
    day = day_of(decision.decided_at)
    scheme = scheme_of(view.case.area, on=day)
    level, assessed_on = answers.get("level", ""), answers.get("assessed_on")
    monthly = decision.amount_fen
    if kind == BenefitKind.VOUCHER:
        ceiling = scheme.body.voucher.monthly_yuan.yuan if scheme else None
        monthly = ceiling.fen if ceiling else None
    benefit = ElderBenefit.objects.create(
        person=view.case.person,
        case=case,
        area=view.case.area,
        kind=kind,
        level="" if level == Ability.NOT_YET else level,
        assessed_on=date.fromisoformat(assessed_on) if assessed_on else None,
        monthly_fen=monthly,
        decided_on=day,
        scheme_id=scheme.id if scheme else None,
        recorded_at=at,
        recorded_by=by.key,
    )
    record(benefit, kind="elder_benefit", area=benefit.area, case=str(case))
    # Granted while nobody knew yet that she had died: it ends with her like what she had before.
    if died_on := people.person_stamp(benefit.person, by=by).died_on:
        _ENDS.stop(benefit, on=died_on, by=by, at=at)
    return benefit


@operation("eldercare.elder_benefits.ended_by_death")
def end_benefits_of(*, by: Actor, at: datetime, person: UUID, died_on: date) -> int:
    """A resident died: what she was granted by the month ends (养老待遇终止); answers how many."""
    return _ENDS.end(people.person_ids(person, by=by), died_on=died_on, by=by, at=at)


@operation("eldercare.elder_benefits.resumed")
def resume_benefits_of(*, by: Actor, at: datetime, person: UUID) -> int:
    """A death had been noted in error: what it ended is paid on (撤销死亡登记); answers how many."""
    return _ENDS.resume(people.person_ids(person, by=by), by=by, at=at)
