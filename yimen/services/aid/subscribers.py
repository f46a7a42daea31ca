"""What aid does when something was told."""

from yimen.foundations.bus.api import on
from yimen.services.aid import operations
from yimen.work.desk.api import Outcome
from yimen.work.desk.events import CaseDecided

MATTER = "temporary_relief"


@on(CaseDecided, matter=MATTER, outcome=Outcome.GRANTED)
def keep_granted_relief(*, event, by, at):
    """A relief was granted: keep it with the person (登记救助)."""
    operations.record_relief(by=by, at=at, case=event.subject)
