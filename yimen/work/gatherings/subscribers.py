"""What gatherings do when something was told."""

from yimen.foundations.bus.api import on
from yimen.registers.people.events import PersonDied
from yimen.work.gatherings import operations


@on(PersonDied)
def take_the_dead_off_the_lists(*, event, by, at):
    """A resident died: she leaves the lists of what is still to come, and nobody is told (去世即止)."""
    operations.leave_with_the_dead(by=by, at=at, person=event.subject)
