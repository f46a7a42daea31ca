"""What the services for disabled persons do when something was told."""

from yimen.foundations.bus.api import on
from yimen.services.rehab import operations
from yimen.services.rehab.choices import AllowanceKind
from yimen.work.desk.api import Outcome
from yimen.work.desk.events import CaseDecided


@on(CaseDecided, matter=AllowanceKind.values, outcome=Outcome.GRANTED)
def keep_granted_allowance(*, event, by, at):
    """An allowance was granted: keep it with the person (登记补贴)."""
    operations.record_allowance(by=by, at=at, case=event.subject)
