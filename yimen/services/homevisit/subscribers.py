"""What home visits do when something was told."""

from yimen.foundations.bus.api import on
from yimen.services.homevisit import operations
from yimen.work.desk.events import CaseDropped


@on(CaseDropped, matter=operations.MATTER)
def call_off_what_was_planned(*, event, by, at):
    """Somebody no longer asks for a visit: nobody shall go (取消上门)."""
    operations.call_off_visits(by=by, at=at, case=event.subject)
