"""What elder care does when something was told."""

from yimen.foundations.bus.api import on
from yimen.services.eldercare import operations
from yimen.services.eldercare.choices import BenefitKind
from yimen.work.desk.api import Outcome
from yimen.work.desk.events import CaseDecided


@on(CaseDecided, matter=BenefitKind.values, outcome=Outcome.GRANTED)
def keep_granted_benefit(*, event, by, at):
    """Vouchers or an allowance were granted: keep it with the person (登记待遇)."""
    operations.record_benefit(by=by, at=at, case=event.subject)
