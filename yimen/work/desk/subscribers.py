"""What the desk does when something was told."""

from yimen.foundations.access.events import AccountClosed
from yimen.foundations.bus.api import on
from yimen.work.desk import operations


@on(AccountClosed)
def hand_over_the_questions_of_a_leaver(*, event, by, at):
    """A colleague left: what units answer reaches somebody (离岗交接)."""
    operations.hand_over_shares(by=by, at=at, account=event.subject, to=event.to)


@on(AccountClosed)
def hand_over_the_window_of_a_leaver(*, event, by, at):
    """A colleague left: who takes over finds her half-done intakes and the papers that wait (离岗交接)."""
    operations.hand_over_intakes(by=by, at=at, account=event.subject, to=event.to)
