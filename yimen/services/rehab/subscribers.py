"""What the services for disabled persons do when something was told."""

from datetime import date

from yimen.foundations.bus.api import on
from yimen.registers.people.events import DeathUndone, PersonDied
from yimen.services.rehab import operations
from yimen.services.rehab.choices import AllowanceKind
from yimen.work.desk.api import Outcome
from yimen.work.desk.events import CaseDecided


@on(CaseDecided, matter=AllowanceKind.values, outcome=Outcome.GRANTED)
def keep_granted_allowance(*, event, by, at):
    """An allowance was granted: keep it with the person (登记补贴)."""
    operations.record_allowance(by=by, at=at, case=event.subject)


@on(PersonDied)
def end_what_she_was_granted(*, event, by, at):
    """A resident died: what she was granted by the month ends (补贴终止)."""
    operations.end_allowances_of(
        by=by, at=at, person=event.subject, died_on=date.fromisoformat(event.died_on)
    )


@on(DeathUndone)
def resume_what_she_was_granted(*, event, by, at):
    """She is alive: what the error ended is paid on (撤销死亡登记)."""
    operations.resume_allowances_of(by=by, at=at, person=event.subject)
