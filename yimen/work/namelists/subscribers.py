"""What namelists do when something was told."""

from yimen.foundations.bus.api import on
from yimen.registers.people.events import DeathUndone, PersonDied, PersonRestricted
from yimen.work.namelists import operations


@on(PersonDied)
def knock_no_more(*, event, by, at):
    """A resident died: nobody is sent to her door (去世即止)."""
    operations.drop_rows(by=by, at=at, person=event.subject)


@on(DeathUndone)
def knock_again(*, event, by, at):
    """She is alive: what ended by the error goes on (撤销死亡登记)."""
    operations.take_up_rows(by=by, at=at, person=event.subject)


@on(PersonRestricted)
def leave_the_restricted_alone(*, event, by, at):
    """A resident wants her data used for little: nobody is sent to her door (限制使用)."""
    operations.drop_rows(by=by, at=at, person=event.subject)
