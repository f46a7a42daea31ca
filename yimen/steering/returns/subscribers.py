"""What 一表通 does when something was told."""

from yimen.foundations.access.api import account_name
from yimen.foundations.access.events import AccountClosed
from yimen.foundations.bus.api import on
from yimen.steering.returns.operations.parts import hand_over_parts


@on(AccountClosed)
def hand_over_what_a_leaver_asked_for(*, event, by, at):
    """A colleague left: the tables she sent down are followed by who takes over (离岗交接)."""
    name = account_name(event.to) if event.to else ""
    hand_over_parts(by=by, at=at, account=event.subject, to=event.to, to_name=name or "")
