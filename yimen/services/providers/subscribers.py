"""What providers do when something was told."""

from datetime import date

from yimen.foundations.bus.api import on
from yimen.registers.people.events import DeathUndone, PersonDied
from yimen.services.providers import operations


@on(PersonDied)
def end_whom_organisations_cared_for(*, event, by, at):
    """A resident died: no organisation cares for her, and no referral opens her (因去世结束服务)."""
    operations.end_patients_of(by=by, at=at, person=event.subject, died_on=date.fromisoformat(event.died_on))


@on(DeathUndone)
def resume_whom_organisations_cared_for(*, event, by, at):
    """She is alive: her organisation cares for her again (撤销死亡登记)."""
    operations.resume_patients_of(by=by, at=at, person=event.subject)
