"""What elder care does when something was told."""

from datetime import date

from yimen.foundations.bus.api import on
from yimen.registers.people.events import DeathUndone, PersonDied
from yimen.services.eldercare import operations
from yimen.services.eldercare.choices import BenefitKind
from yimen.work.desk.api import Outcome
from yimen.work.desk.events import CaseDecided


@on(CaseDecided, matter=BenefitKind.values, outcome=Outcome.GRANTED)
def keep_granted_benefit(*, event, by, at):
    """Vouchers or an allowance were granted: keep it with the person (登记待遇)."""
    operations.record_benefit(by=by, at=at, case=event.subject)


@on(PersonDied)
def end_what_she_was_granted(*, event, by, at):
    """A resident died: what she was granted by the month ends (养老待遇终止)."""
    operations.end_benefits_of(by=by, at=at, person=event.subject, died_on=date.fromisoformat(event.died_on))


@on(DeathUndone)
def resume_what_she_was_granted(*, event, by, at):
    """She is alive: what the error ended is paid on (撤销死亡登记)."""
    operations.resume_benefits_of(by=by, at=at, person=event.subject)
