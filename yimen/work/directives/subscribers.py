"""What directives do when something was told."""

from yimen.foundations.access.events import AccountClosed
from yimen.foundations.bus.api import on
from yimen.work.directives import operations


@on(AccountClosed)
def hand_over_what_a_leaver_had_to_answer(*, event, by, at):
    """A colleague left: what she had to answer lies with somebody who works (离岗交接)."""
    operations.hand_over_directives(by=by, at=at, account=event.subject, to=event.to)
