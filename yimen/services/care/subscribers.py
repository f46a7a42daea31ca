"""What care data does when something was told."""

from yimen.foundations.bus.api import on
from yimen.registers.people.events import DeathUndone, PersonDied
from yimen.services.care import operations


@on(PersonDied)
def end_what_she_had_agreed_to(*, event, by, at):
    """A resident died: her consents end, what was written stays as long as it must (专项同意因去世终止)."""
    operations.end_consents_of(by=by, at=at, person=event.subject)


@on(DeathUndone)
def resume_what_she_had_agreed_to(*, event, by, at):
    """She is alive: her consents hold again (撤销死亡登记)."""
    operations.resume_consents_of(by=by, at=at, person=event.subject)
