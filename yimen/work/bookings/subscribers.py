"""What bookings do when something was told."""

from yimen.foundations.bus.api import on
from yimen.registers.people.events import PersonDied
from yimen.work.bookings import operations


@on(PersonDied)
def free_the_times_of_the_dead(*, event, by, at):
    """A resident died: nobody waits for her at the window (去世即止)."""
    operations.cancel_with_the_dead(by=by, at=at, person=event.subject)
