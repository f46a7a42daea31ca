"""Death (死亡登记): everything that runs for the person stops by the event told here."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus.api import announce
from yimen.foundations.messages.api import stop_for_person
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.registers.people.choices import HOUSEHOLDER
from yimen.registers.people.engine.families import lock_family
from yimen.registers.people.engine.truths import snapshots_of
from yimen.registers.people.events import PersonDied
from yimen.registers.people.models import Household, Membership, Person
from yimen.registers.people.operations.rows import keep_in_step
from yimen.registers.people.permissions import CORRECT, REGISTER
from yimen.registers.people.queries.persons import get_person


class CannotRecordDeath(NotPossible):
    code = "people.cannot_record_death"
    sentence = "不能登记死亡：{why}"


@operation("people.person.died")
def record_death(*, by: Actor, at: datetime, person: UUID, died_on: date, source: str = "") -> Person:
    """Note that a resident died (死亡登记) and announce it: messages, duties, gatherings and payments stop.

    Her household loses her from that day; a household without householder says so. ``source`` names the paper.
    """
    lock_family(people=[person])
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    by.must(REGISTER, area=found.area)
    if found.died_on == died_on:
        unchanged()
        return found
    if found.died_on:
        raise CannotRecordDeath(why=f"已登记于 {found.died_on:%Y-%m-%d} 死亡，日期有误请先撤销。")
    if died_on > day_of(at):
        raise CannotRecordDeath(why="死亡日期在今天之后。")
    if found.birth_on and died_on < found.birth_on:
        raise CannotRecordDeath(why="死亡日期早于出生日期。")
    seat = Membership.objects.filter(person=found, until__isnull=True).first()
    people = [found]
    if seat and seat.role == HOUSEHOLDER:
        others = Membership.objects.filter(household=seat.household_id, until__isnull=True).exclude(
            person=found
        )
        people += Person.objects.filter(id__in=list(others.values_list("person", flat=True)))
    before = snapshots_of(people)
    found.died_on = died_on
    found.sources["died_on"] = [day_of(at).isoformat(), source or "window"]
    found.save(update_fields=["died_on", "sources"])
    if seat and seat.role == HOUSEHOLDER:
        Household.objects.filter(id=seat.household_id).update(householder="")
    if seat and died_on > seat.since:
        seat.until = died_on
        seat.save(update_fields=["until"])
    elif seat:
        seat.delete()
    keep_in_step(by=by, at=at, before=before)
    found.refresh_from_db()
    record(found, kind="person", area=found.area, died_on=died_on.isoformat(), source=source)
    # In this transaction, not by an event: no call and no message may reach the family after this minute.
    stop_for_person(by=by, at=at, person=found.public_id, why="已去世")
    announce(PersonDied(subject=found.public_id, area=found.community, died_on=died_on.isoformat()))
    return found


@operation("people.death.undone")
def undo_death(*, by: Actor, at: datetime, person: UUID, reason: str) -> Person:
    """A death was noted in error (撤销死亡登记); what had stopped is started again by those who run it."""
    found = get_person(person, by=by, permission=CORRECT, lock=True)
    if found.died_on is None:
        unchanged()
        return found
    if not reason.strip():
        raise CannotRecordDeath(why="撤销要写明理由。")
    before = snapshots_of([found])
    was, found.died_on = found.died_on, None
    found.sources.pop("died_on", None)
    found.save(update_fields=["died_on", "sources"])
    keep_in_step(by=by, at=at, before=before)
    found.refresh_from_db()
    record(found, kind="person", area=found.area, undone=was.isoformat(), reason=reason)
    return found
