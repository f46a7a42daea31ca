"""What organisations do when something was told."""

from yimen.foundations.access.events import AccountClosed
from yimen.foundations.bus.api import on
from yimen.registers.organisations import operations


@on(AccountClosed)
def end_posts_of_a_leaver(*, event, by, at):
    """A colleague left: her A岗 and B岗 end, and who leads there is told (离岗)."""
    operations.end_posts_of_leaver(by=by, at=at, account=event.subject)
