"""What official seals do when something was told."""

from yimen.foundations.bus.api import on
from yimen.services.seals import operations
from yimen.work.desk.events import CaseAccepted


@on(CaseAccepted, matter="seal_request")
def ask_for_the_seal(*, event, by, at):
    """A resident asked for the seal at the window: it waits for approval (转用印审批)."""
    operations.take_over_case(by=by, at=at, case=event.subject)
