"""What programmes do when something was told."""

from yimen.foundations.bus.api import on
from yimen.registers.people.events import PersonDied
from yimen.work.programmes import operations


@on(PersonDied)
def end_what_was_owed_to_the_dead(*, event, by, at):
    """A resident died: what was owed to her ends now, not in a nightly run (去世即止)."""
    operations.end_duties_of_the_dead(by=by, at=at, person=event.subject)
