"""What approvals do when something was told."""

from yimen.foundations.bus.api import on
from yimen.work.approvals import operations
from yimen.work.approvals.ports import FROM_CASE, subject_key
from yimen.work.desk.events import CaseDropped


@on(CaseDropped)
def sign_nothing_for_what_was_dropped(*, event, by, at):
    """A case ended without a result: nobody need sign for it any more (撤回、误收作废)."""
    operations.stop_about(by=by, at=at, about=subject_key(FROM_CASE, event.subject))
