"""A death ends whom organisations cared for, and an error is taken back; by the street's own job, which sees none of them."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record_batch, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.services.providers.engine.deaths import end_care, resume_care
from yimen.services.providers.permissions import CARE


@operation("providers.patients.ended_by_death")
def end_patients_of(*, by: Actor, at: datetime, person: UUID, died_on: date) -> int:
    """A resident died: no organisation cares for her, what was referred is closed (因去世结束服务); answers how many."""
    by.must(CARE, area=by.home)
    return _told(end_care(people.person_ids(person, by=by), died_on=died_on, at=at), by=by)


@operation("providers.patients.resumed")
def resume_patients_of(*, by: Actor, at: datetime, person: UUID) -> int:
    """A death had been noted in error: she is a patient again, and open to whom she was referred for what is left of the
    term (撤销死亡登记); answers how many. Not where she was signed up anew meanwhile."""
    by.must(CARE, area=by.home)
    return _told(resume_care(people.person_ids(person, by=by), on=day_of(at)), by=by)


def _told(patients: list[UUID], *, by: Actor) -> int:
    if patients:
        record_batch([{"patient": str(one)} for one in patients], kind="patient", area=by.home)
    else:
        unchanged()
    return len(patients)
