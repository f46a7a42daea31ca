"""What programmes do when something was told."""

from yimen.foundations.access.events import AccountClosed
from yimen.foundations.bus.api import on
from yimen.registers.people.events import DeathUndone, PersonDied, PersonMoved, PersonRestricted
from yimen.work.programmes import operations


@on(PersonDied)
def end_what_was_owed_to_the_dead(*, event, by, at):
    """A resident died: what was owed to her ends now, not in a nightly run (去世即止)."""
    operations.end_duties_of_the_dead(by=by, at=at, person=event.subject)


@on(DeathUndone)
def owe_her_again(*, event, by, at):
    """She is alive: what ended by the error is owed again (撤销死亡登记)."""
    operations.reopen_duties_of(by=by, at=at, person=event.subject)


@on(PersonRestricted)
def end_what_is_owed_to_the_restricted(*, event, by, at):
    """A resident wants her data used for little: duties that rest on no case end (限制使用)."""
    operations.end_duties_of_the_restricted(by=by, at=at, person=event.subject)


@on(PersonMoved)
def let_duties_follow_her(*, event, by, at):
    """A resident moved to another community: what is owed to her is owed by those who work there now (待办随人走)."""
    operations.move_duties_with(by=by, at=at, person=event.subject, before=event.before, area=event.area)


@on(AccountClosed)
def hand_over_what_a_leaver_owed(*, event, by, at):
    """A colleague left: her duties lie with somebody who works (离岗交接)."""
    operations.hand_over_duties(by=by, at=at, account=event.subject, to=event.to)
