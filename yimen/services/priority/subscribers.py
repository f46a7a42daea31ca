"""What priority service does when something was told."""

from yimen.foundations.bus.api import on
from yimen.registers.people.events import DeathUndone, PersonDied
from yimen.services.priority import operations


@on(PersonDied)
def end_her_marks(*, event, by, at):
    """A resident died: her priority ends (因去世终止优先标记)."""
    operations.end_marks_of(by=by, at=at, person=event.subject)


@on(DeathUndone)
def resume_her_marks(*, event, by, at):
    """She is alive: what marks the error ended hold again (撤销死亡登记)."""
    operations.resume_marks_of(by=by, at=at, person=event.subject)
