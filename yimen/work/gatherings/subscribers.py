"""What gatherings do when something was told."""

from yimen.foundations.bus.api import on
from yimen.registers.people.events import DeathUndone, PersonDied
from yimen.work.gatherings import operations


@on(PersonDied)
def take_the_dead_off_the_lists(*, event, by, at):
    """A resident died: she leaves the lists of what is still to come, and nobody is told (去世即止)."""
    operations.leave_with_the_dead(by=by, at=at, person=event.subject)


@on(DeathUndone)
def put_the_living_back_on_the_lists(*, event, by, at):
    """She is alive: she is back on the lists of what is still to come (撤销死亡登记)."""
    operations.come_back_with_the_living(by=by, at=at, person=event.subject)
