"""Take back what was noted at a door by a slip of the finger (撤销门口登记), the same day and by who noted it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.foundations.bus.api import announce
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound, NotPossible
from yimen.registers.people.choices import HOUSEHOLDER
from yimen.registers.people.engine.door_state import SEAT, SEEN, STAY, taken
from yimen.registers.people.engine.families import lock_family
from yimen.registers.people.engine.sight import stay_in_sight
from yimen.registers.people.engine.truths import snapshots_of
from yimen.registers.people.events import PersonMoved
from yimen.registers.people.models import DoorDeed, Household, Membership, Person, Residence
from yimen.registers.people.operations.rows import keep_in_step
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.rules.doors import why_not_undo
from yimen.registers.places.api import dwelling_to_check, put_back_dwelling_use

AT_ONCE = 1000


class CannotUndoDoorDeed(NotPossible):
    code = "people.cannot_undo_door_deed"
    sentence = "不能撤销：{why}"


class NoSuchDoorDeed(NotFound):
    code = "people.no_such_door_deed"
    sentence = "没有找到这条登记，或不在您的范围内。"


@operation("people.door.undone")
def undo_door_deed(*, by: Actor, at: datetime, deed: UUID) -> DoorDeed:
    """Put back what stood before a note at a door (撤销门口登记): addresses, household, when it was last checked.

    Only the same day, by who noted it, and while nothing has come after it. Somebody who was put on file stays on file, as one
    who does not live here.
    """
    found = DoorDeed.objects.within(by).filter(public_id=deed).select_related("dwelling").first()
    if found is None:
        raise NoSuchDoorDeed
    door = dwelling_to_check(found.dwelling.public_id, by=by)
    by.must(REGISTER, area=door.area)
    numbers = [int(number) for number in found.after.get("stays", ())]
    people = list(Person.objects.filter(id__in=numbers))
    lock_family(people=[one.public_id for one in people])
    found.refresh_from_db()
    now = taken(door, numbers)
    finding = why_not_undo(
        mine=found.noted_by == by.key,
        noted_on=found.noted_on,
        today=day_of(at),
        undone=found.undone_at is not None,
        latest=not DoorDeed.objects.filter(dwelling=door, id__gt=found.id, undone_at__isnull=True).exists(),
        as_left=bool(numbers or found.after)
        and all(now[name] == found.after[name] for name in ("use", "stays", "seats"))
        and not any(one.died_on for one in people),
    )
    if finding:
        raise CannotUndoDoorDeed(why=finding.sentence, findings=[finding])
    _keep_in_sight(by, at, people)
    _put_back(by, at, found, people)
    put_back_dwelling_use(by=by, at=at, dwelling=door, was=found.before["use"])
    found.undone_at = at
    found.save(update_fields=["undone_at"])
    record(found, kind="door", area=door.area, undone=found.kind, people=found.people)
    return found


@operation("people.door_states.forgotten")
def forget_door_states(*, by: Actor, at: datetime) -> int:
    """Empty what stood before and after notes of earlier days (到期清空): nothing of it can be undone any more."""
    over = DoorDeed.objects.within(by).filter(~Q(before={}), noted_on__lt=day_of(at)).order_by("id")
    numbers = list(over.values_list("id", flat=True)[:AT_ONCE])
    if not numbers:
        unchanged()
        return 0
    DoorDeed.objects.filter(id__in=numbers).update(before={}, after={})
    record_batch([{"forgotten": len(numbers)}], kind="door", area="")
    return len(numbers)


def _keep_in_sight(by: Actor, at: datetime, people: Iterable[Person]) -> None:
    for one in people:
        stay_in_sight(by, at, one)


def _put_back(by: Actor, at: datetime, deed: DoorDeed, people: list[Person]) -> None:
    before, after = deed.before, deed.after
    houses = {row[SEAT.index("household_id")] for rows in _lists(before, after, "seats") for row in rows}
    touched = Person.objects.filter(
        Q(id__in=[one.id for one in people])
        | Q(memberships__household__in=houses, memberships__until__isnull=True)
    ).distinct()
    known = snapshots_of(touched)
    moved = {
        one.public_id: one.community
        for one in people
        if before["stays"].get(str(one.id), []) != after["stays"].get(str(one.id), [])
    }
    _rows_back(Residence, STAY, before["stays"], after["stays"])
    _rows_back(Membership, SEAT, before["seats"], after["seats"])
    _seen_back(Person, before["people"], after["people"])
    _seen_back(Household, before["houses"], after["houses"])
    for house in Household.objects.filter(id__in=houses):
        head = Membership.objects.filter(household=house, role=HOUSEHOLDER, until__isnull=True)
        house.householder = head.values_list("person__name", flat=True).first() or ""
        house.save(update_fields=["householder"])
    for one in keep_in_step(by=by, at=at, before=known):
        if one.public_id in moved:
            announce(
                PersonMoved(
                    subject=one.public_id,
                    area=one.community,
                    before=moved[one.public_id],
                    moved_on=deed.happened_on.isoformat(),
                )
            )


def _lists(before: dict, after: dict, name: str) -> Iterable[list]:
    return [*before[name].values(), *after[name].values()]


def _rows_back(model: Any, names: tuple[str, ...], before: dict, after: dict) -> None:
    """The rows of these people as they were: new ones go, ended ones hold again, deleted ones come back."""
    was = {row[0]: (int(person), row) for person, rows in before.items() for row in rows}
    became = {row[0]: row for rows in after.values() for row in rows}
    model.objects.filter(id__in=became.keys() - was.keys()).delete()
    for number in sorted(was.keys() & became.keys()):
        if was[number][1] != became[number]:
            model.objects.filter(id=number).update(**_values(names, was[number][1]))
    for number in sorted(was.keys() - became.keys()):
        person, row = was[number]
        model(person_id=person, **_values(names, row)).save(force_insert=True)


def _values(names: tuple[str, ...], row: list) -> dict[str, Any]:
    told = dict(zip(names, row, strict=True))
    for name in ("since", "until"):
        told[name] = date.fromisoformat(told[name]) if told[name] else None
    if "noted_at" in told:
        told["noted_at"] = datetime.fromisoformat(told["noted_at"])
    return told


def _seen_back(model: Any, before: dict, after: dict) -> None:
    """When they were last checked, for those whom nobody has checked since."""
    for number, row in before.items():
        left = after.get(number)
        if left is None or left == row:
            continue
        on, *who = row
        now = dict(zip(SEEN, left, strict=True))
        now["verified_on"] = date.fromisoformat(now["verified_on"]) if now["verified_on"] else None
        told = dict(zip(SEEN[1:], who, strict=True))
        model.objects.filter(id=int(number), **now).update(
            verified_on=date.fromisoformat(on) if on else None, **told
        )
