"""What transcripts do when something was told."""

from yimen.foundations.bus.api import on
from yimen.work.desk.events import CaseAccepted, CaseDropped
from yimen.work.transcripts import operations


@on(CaseAccepted)
def let_it_wait_to_be_typed(*, event, by, at):
    """A case was accepted: it waits for each other system that wants its matter (待抄录)."""
    operations.begin_transcripts(by=by, at=at, case=event.subject, matter=event.matter)


@on(CaseDropped)
def type_nothing_that_was_dropped(*, event, by, at):
    """The case ended without a result: nobody types it any more (撤回)."""
    operations.stop_waiting(by=by, at=at, case=event.subject)
