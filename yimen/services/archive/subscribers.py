"""What the archive hears."""

from yimen.foundations.bus.api import on
from yimen.services.archive.operations import keep_archived_case
from yimen.work.desk.events import CaseArchived


@on(CaseArchived, listed=False)
def register_single_case(*, event, by, at):
    """A case archived by itself, from its own page, stands in the register as those of a list do."""
    keep_archived_case(by=by, at=at, case=event.subject)
