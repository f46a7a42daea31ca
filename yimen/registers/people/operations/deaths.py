"""Death (死亡登记): everything that runs for the person stops by the event told here, and starts again when it was an error."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus.api import announce, defer
from yimen.foundations.messages.api import start_again_for_person, stop_for_person
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.choices import HOUSEHOLDER
from yimen.registers.people.engine.families import FamilyChanged, lock_family
from yimen.registers.people.engine.truths import snapshots_of
from yimen.registers.people.events import DeathUndone, PersonDied
from yimen.registers.people.models import DeathNote, Household, Membership, Person
from yimen.registers.people.operations.links import SETTLE_GUARDIANS_JOB
from yimen.registers.people.operations.rows import NOT_RELATED, keep_in_step
from yimen.registers.people.permissions import CORRECT, REGISTER
from yimen.registers.people.queries.persons import get_person


class CannotRecordDeath(NotPossible):
    code = "people.cannot_record_death"
    sentence = "不能登记死亡：{why}"


class DeathNoted(CannotRecordDeath):
    code = "people.death_noted"
    sentence = (
        "{name}的死亡已经登记（{died_on}），没有重复登记；日期有误的，请先在档案的“登记变更”里撤销死亡登记。"
    )


class CannotUndoDeath(NotPossible):
    code = "people.cannot_undo_death"
    sentence = "不能撤销死亡登记：{why}"


@operation("people.person.died")
def record_death(*, by: Actor, at: datetime, person: UUID, died_on: date, source: str = "") -> Person:
    """Note that a resident died (死亡登记) and announce it: messages, duties, gatherings, contracts, marks,
    monthly benefits, guardianships, consents and patients end.

    Her household loses her from that day; a household without householder says so. ``source`` names the paper.
    Refuses one whose death is noted already, also on the same day: whoever comes second learns that it is done (`DeathNoted`).
    """
    try:
        lock_family(people=[person])
    except FamilyChanged:
        # Perhaps a colleague noted it while this one waited; then that is what she is told.
        _to_be_noted(person, by=by)
        raise
    found = _to_be_noted(person, by=by)
    if died_on > day_of(at):
        raise CannotRecordDeath(why="死亡日期在今天之后。")
    if found.birth_on and died_on < found.birth_on:
        raise CannotRecordDeath(why="死亡日期早于出生日期。")
    seat = Membership.objects.filter(person=found, until__isnull=True).first()
    people = [found]
    if seat and seat.role == HOUSEHOLDER:
        people += _others(seat.household_id, found)
    before = snapshots_of(people)
    found.died_on = died_on
    found.sources["died_on"] = [day_of(at).isoformat(), source or "window"]
    found.save(update_fields=["died_on", "sources"])
    DeathNote.objects.create(
        person=found,
        died_on=died_on,
        source=clean_line(source)[:60],
        seat=_kept(seat) if seat else {},
        noted_at=at,
        noted_by=by.key,
    )
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
    # By a job, which reaches the other one's file also in another street.
    defer(SETTLE_GUARDIANS_JOB, lock=SETTLE_GUARDIANS_JOB, person=str(found.public_id))
    announce(PersonDied(subject=found.public_id, area=found.community, died_on=died_on.isoformat()))
    return found


@operation("people.death.undone")
def undo_death(*, by: Actor, at: datetime, person: UUID, reason: str) -> Person:
    """A death was noted in error (撤销死亡登记); what had stopped is started again by those who run it.

    She has her place in the household again, and leads it as before; if somebody else has become householder meanwhile,
    she led it until that day and belongs to it since, as 非亲属 until somebody says otherwise.
    """
    known = get_person(person, by=by, permission=CORRECT)
    house = Household.objects.filter(id=_seat_of(known, _note_of(known)).get("household"))
    lock_family(people=[known.public_id], households=list(house.values_list("public_id", flat=True)))
    found = get_person(person, by=by, permission=CORRECT, lock=True)
    by.must(CORRECT, area=found.area)
    if found.died_on is None:
        unchanged()
        return found
    why = clean_line(reason)
    if not why:
        raise CannotUndoDeath(why="请写明理由，例如：同名的人，登记错了。")
    note = _note_of(found)
    seat = _seat_of(found, note)
    before = snapshots_of([found, *(_others(seat["household"], found) if seat else [])])
    was, found.died_on = found.died_on, None
    source = found.sources.pop("died_on", ["", ""])[1]
    found.save(update_fields=["died_on", "sources"])
    if note:
        note.undone_at, note.undone_by, note.undone_why = at, by.key, why[:200]
        note.save(update_fields=["undone_at", "undone_by", "undone_why"])
    role = _seat_again(found, seat) if seat else ""
    keep_in_step(by=by, at=at, before=before)
    found.refresh_from_db()
    record(
        found,
        kind="person",
        area=found.area,
        undone=was.isoformat(),
        source=source,
        reason=why,
        household=seat.get("household_id", ""),
        role=role,
    )
    if note:
        start_again_for_person(by=by, at=at, person=found.public_id, stopped_at=note.noted_at)
    defer(SETTLE_GUARDIANS_JOB, lock=SETTLE_GUARDIANS_JOB, person=str(found.public_id))
    announce(DeathUndone(subject=found.public_id, area=found.community, died_on=was.isoformat()))
    return found


def _to_be_noted(person: UUID, *, by: Actor) -> Person:
    """Her file, held for the writer; refuses one that says already that she died."""
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    by.must(REGISTER, area=found.area)
    if found.died_on:
        raise DeathNoted(name=found.name, died_on=f"{found.died_on:%Y-%m-%d}")
    return found


def _note_of(found: Person) -> DeathNote | None:
    return DeathNote.objects.filter(person=found, undone_at__isnull=True).first()


def _seat_of(found: Person, note: DeathNote | None) -> dict[str, Any]:
    """The seat that her death ended; of deaths noted before notes were kept, the one that ended on that day."""
    if note:
        return note.seat
    if found.died_on is None:
        return {}
    ended = Membership.objects.filter(person=found, until=found.died_on).order_by("-since", "-id").first()
    return _kept(ended) if ended else {}


def _kept(seat: Membership) -> dict[str, Any]:
    return {
        "id": seat.id,
        "household": seat.household_id,
        "household_id": str(seat.household.public_id),
        "role": seat.role,
        "since": seat.since.isoformat(),
    }


def _seat_again(found: Person, seat: dict[str, Any]) -> str:
    """Put her back where she was; answers in which role."""
    house = Household.objects.get(id=seat["household"])
    role, since = seat["role"], date.fromisoformat(seat["since"])
    rows = Membership.objects.filter(household=house)
    led = rows.filter(Q(until__isnull=True) | Q(until__gt=since), role=HOUSEHOLDER).exclude(person=found)
    successor = led.order_by("since", "id").first() if role == HOUSEHOLDER else None
    Membership.objects.filter(id=seat["id"], person=found).delete()
    if successor and successor.since > since:
        Membership.objects.create(
            household=house, person=found, role=role, since=since, until=successor.since
        )
        since = successor.since
    if successor:
        role = NOT_RELATED
    Membership.objects.create(household=house, person=found, role=role, since=since)
    if role == HOUSEHOLDER:
        Household.objects.filter(id=house.id).update(householder=found.name)
    return role


def _others(house: int, person: Person) -> list[Person]:
    seats = Membership.objects.filter(household=house, until__isnull=True).exclude(person=person)
    return list(Person.objects.filter(id__in=list(seats.values_list("person", flat=True))))
