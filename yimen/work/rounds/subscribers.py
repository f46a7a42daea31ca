"""What rounds do when something was told."""

from yimen.foundations.bus.api import on
from yimen.registers.people.events import DeathUndone, PersonDied, PersonRestricted
from yimen.work.rounds import operations


@on(PersonDied)
def ask_the_dead_no_more(*, event, by, at):
    """A resident died: no running round asks her (去世即止)."""
    operations.drop_from_rolls(by=by, at=at, person=event.subject)


@on(DeathUndone)
def ask_her_again(*, event, by, at):
    """She is alive: what ended by the error goes on (撤销死亡登记)."""
    operations.take_up_on_rolls(by=by, at=at, person=event.subject)


@on(PersonRestricted)
def ask_the_restricted_no_more(*, event, by, at):
    """A resident wants her data used for little: no running round asks her (限制使用)."""
    operations.drop_from_rolls(by=by, at=at, person=event.subject)
