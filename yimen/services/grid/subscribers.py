"""What the grid does when something was told."""

from yimen.foundations.bus.api import on
from yimen.services.grid import operations
from yimen.work.desk.api import Outcome
from yimen.work.desk.events import CaseAccepted, CaseDecided, CaseDropped


@on(CaseAccepted, matter=operations.MATTER)
def note_what_was_reported(*, event, by, at):
    """A report was taken in: note the issue, so that the next one who sees it is recognised (登记问题)."""
    operations.note_issue(by=by, at=at, case=event.subject)


@on(CaseDecided, matter=operations.MATTER, outcome=Outcome.REGISTERED)
def close_what_was_handled(*, event, by, at):
    """A report was handled: close its issue (关闭问题)."""
    operations.close_issue(by=by, at=at, case=event.subject)


@on(CaseDropped, matter=operations.MATTER)
def close_what_was_dropped(*, event, by, at):
    """A report was withdrawn, or taken in by mistake: its issue is nobody's any more (关闭问题)."""
    operations.drop_issue(by=by, at=at, case=event.subject, closed_on=event.on)
