"""What health services do when something was told."""

from yimen.foundations.bus.api import on
from yimen.registers.people.events import DeathUndone, PersonDied
from yimen.services.health import operations


@on(PersonDied)
def end_what_she_had_signed(*, event, by, at):
    """A resident died: her contract ends (因去世终止签约)."""
    operations.end_contracts_of(by=by, at=at, person=event.subject)


@on(DeathUndone)
def resume_what_she_had_signed(*, event, by, at):
    """She is alive: her contract holds again (撤销死亡登记)."""
    operations.resume_contracts_of(by=by, at=at, person=event.subject)
