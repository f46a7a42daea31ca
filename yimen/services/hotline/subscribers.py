"""What the hotline does when something was told."""

from yimen.foundations.access.events import AccountClosed
from yimen.foundations.bus.api import on
from yimen.services.hotline import operations


@on(AccountClosed)
def hand_over_the_shifts_of_a_leaver(*, event, by, at):
    """A colleague left: nobody waits in vain for her shift (离岗交接)."""
    operations.hand_over_shifts(by=by, at=at, account=event.subject, to=event.to)
