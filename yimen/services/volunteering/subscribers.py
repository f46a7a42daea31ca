"""What volunteering does when something was told."""

from yimen.foundations.bus.api import on
from yimen.services.volunteering import operations
from yimen.work.desk.api import Outcome
from yimen.work.desk.events import CaseDecided


@on(CaseDecided, matter=operations.MATTER, outcome=Outcome.REGISTERED)
def keep_who_registered(*, event, by, at):
    """A registration is complete: put it into the register of volunteers (登记志愿者)."""
    operations.keep_volunteer(by=by, at=at, case=event.subject)
