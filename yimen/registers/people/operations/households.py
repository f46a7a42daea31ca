"""With whom people keep house (住户): founding, joining, leaving, dividing, uniting, another householder."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.registers.people.choices import HOUSEHOLDER, ROLES, AddressKind
from yimen.registers.people.engine.families import lock_family
from yimen.registers.people.engine.truths import Snapshot, snapshots_of
from yimen.registers.people.models import Household, Membership, Person, Residence
from yimen.registers.people.operations.rows import NOT_RELATED, keep_in_step
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.queries.households import household_within
from yimen.registers.people.queries.persons import get_person, must_with_person
from yimen.registers.people.rules.households import (
    Seat,
    why_not_divide,
    why_not_lead,
    why_not_on,
    why_not_unite,
)


class CannotJoinHousehold(NotPossible):
    code = "people.cannot_join_household"
    sentence = "不能登记住户：{why}"


@operation("people.household.founded")
def found_household(*, by: Actor, at: datetime, on: date, householder: UUID) -> Household:
    """Found a household with its householder (立户); she leaves the one she was in.

    Who founded one on that day and is alone in it keeps it: the second press of a button finds what the first made.
    """
    lock_family(people=[householder])
    head = get_person(householder, by=by, permission=REGISTER, lock=True)
    by.must(REGISTER, area=head.area)
    if house := _founded(head, on=on):
        unchanged()
        return house
    house = _house_of(head)
    _seat(head, house, role=HOUSEHOLDER, on=on, by=by, at=at)
    record(house, kind="household", area=house.area, householder=str(head.public_id))
    return house


@operation("people.household.joined")
def join_household(*, by: Actor, at: datetime, on: date, person: UUID, household: UUID, role: str) -> Person:
    """Someone joins a household in a role of GB/T 4761 from a day on (入户), and leaves the one she was in.

    A new householder (02) takes the place of the former, who stays as 非亲属 until somebody says otherwise.
    """
    lock_family(people=[person], households=[household])
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    house = household_within(household, by=by)
    by.must(REGISTER, area=found.area)
    if role not in ROLES:
        raise CannotJoinHousehold(why="与户主关系不在国家标准的代码里。")
    _seat(found, house, role=role, on=on, by=by, at=at)
    found.refresh_from_db()
    record(found, kind="person", area=found.area, household=str(house.public_id), role=role)
    return found


@operation("people.household.left")
def leave_household(*, by: Actor, at: datetime, on: date, person: UUID) -> Person:
    """Someone leaves her household (离户) and belongs to none."""
    lock_family(people=[person])
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    seat = Membership.objects.filter(person=found, until__isnull=True).select_related("household").first()
    if seat is None:
        unchanged()
        return found
    by.must(REGISTER, area=found.area)
    _refuse_day(on, at=at, seats=[seat])
    people = [found, *_others(seat.household, found)] if seat.role == HOUSEHOLDER else [found]
    before = snapshots_of(people)
    _end(seat, on=on)
    keep_in_step(by=by, at=at, before=before)
    found.refresh_from_db()
    record(
        found, kind="person", area=found.area, household=str(seat.household.public_id), left=on.isoformat()
    )
    return found


@operation("people.household.divided")
def divide_household(
    *, by: Actor, at: datetime, on: date, household: UUID, leaving: Mapping[UUID, str]
) -> Household:
    """Some members found a household of their own from a day on (分户), each with her role in it, one of them householder.

    If the householder of the old one goes, those who stay have none until somebody says who it is.
    """
    lock_family(households=[household])
    house = household_within(household, by=by)
    present = _present(house, by=by)
    seats = {one: _seat_of(row) for one, row in present.items()}
    if why := why_not_divide(seats, leaving):
        raise CannotJoinHousehold(why=why)
    _refuse_day(on, at=at, seats=[present[one] for one in leaving])
    head = next(present[one].person for one, role in leaving.items() if role == HOUSEHOLDER)
    by.must(REGISTER, area=head.area)
    before = _before(house)
    new = _house_of(head)
    for one, role in leaving.items():
        _end(present[one], on=on)
        _sit(present[one].person, new, role=role, on=on)
    _name(new, head)
    keep_in_step(by=by, at=at, before=before)
    record(house, kind="household", area=house.area, divided_into=str(new.public_id), on=on.isoformat())
    record(
        new,
        kind="household",
        area=new.area,
        divided_from=str(house.public_id),
        people=sorted(map(str, leaving)),
    )
    return new


@operation("people.households.united")
def unite_households(
    *, by: Actor, at: datetime, on: date, keep: UUID, other: UUID, roles: Mapping[UUID, str]
) -> Household:
    """Everybody of one household goes over to another from a day on (并户), each with her role there.

    The empty household stays as history. The kept one keeps its householder; if it has none, one may come.
    """
    if keep == other:
        raise CannotJoinHousehold(why="请选择另一户。")
    lock_family(households=[keep, other])
    kept, gone = (household_within(one, by=by) for one in (keep, other))
    staying, coming = _present(kept, by=by), _present(gone, by=by)
    told = [{one: _seat_of(row) for one, row in rows.items()} for rows in (staying, coming)]
    if why := why_not_unite(*told, roles):
        raise CannotJoinHousehold(why=why)
    _refuse_day(on, at=at, seats=coming.values())
    head = next((coming[one].person for one, role in roles.items() if role == HOUSEHOLDER), None)
    _refuse_led(kept, on=on, head=head)
    before = _before(kept, gone)
    for one, role in roles.items():
        _end(coming[one], on=on)
        _sit(coming[one].person, kept, role=role, on=on)
    if head:
        _name(kept, head)
    keep_in_step(by=by, at=at, before=before)
    record(gone, kind="household", area=gone.area, united_into=str(kept.public_id), on=on.isoformat())
    record(
        kept,
        kind="household",
        area=kept.area,
        united_with=str(gone.public_id),
        people=sorted(map(str, roles)),
    )
    return kept


@operation("people.householder.changed")
def change_householder(
    *, by: Actor, at: datetime, on: date, household: UUID, roles: Mapping[UUID, str]
) -> Household:
    """Another member is householder from a day on (变更户主), and everybody's relation is told anew; one of them is 02."""
    lock_family(households=[household])
    house = household_within(household, by=by)
    present = _present(house, by=by)
    if why := why_not_lead({one: _seat_of(row) for one, row in present.items()}, roles):
        raise CannotJoinHousehold(why=why)
    changed = [one for one, role in roles.items() if present[one].role != role]
    if not changed:
        unchanged()
        return house
    _refuse_day(on, at=at, seats=[present[one] for one in changed])
    head = next(present[one].person for one, role in roles.items() if role == HOUSEHOLDER)
    _refuse_led(house, on=on, head=head if present[head.public_id].role != HOUSEHOLDER else None)
    before = _before(house)
    for one in changed:
        _end(present[one], on=on)
    for one in changed:
        _sit(present[one].person, house, role=roles[one], on=on)
    _name(house, head)
    keep_in_step(by=by, at=at, before=before)
    record(house, kind="household", area=house.area, householder=str(head.public_id), on=on.isoformat())
    return house


def _founded(head: Person, *, on: date) -> Household | None:
    """The household that she leads alone since that very day."""
    seats = Membership.objects.filter(person=head, role=HOUSEHOLDER, since=on, until__isnull=True)
    seat = seats.select_related("household").first()
    return seat.household if seat and not _others(seat.household, head) else None


def _house_of(head: Person) -> Household:
    """A new household where this person lives."""
    lives = Residence.objects.filter(person=head, kind=AddressKind.LIVES, until__isnull=True).first()
    return Household.objects.create(
        street=head.street,
        community=head.community,
        area=head.area,
        dwelling_id=lives.dwelling_id if lives else None,
        address=head.address,
    )


def _present(house: Household, *, by: Actor) -> dict[UUID, Membership]:
    """Who belongs to the household now; refuses unless every one of them may be worked on."""
    rows = Membership.objects.filter(household=house, until__isnull=True).select_related("person")
    present = {row.person.public_id: row for row in rows.order_by("id")}
    for row in present.values():
        must_with_person(row.person, by=by, permission=REGISTER)
    return present


def _seat_of(row: Membership) -> Seat:
    return Seat(row.person.public_id, row.person.name, row.role, row.since)


def _before(*houses: Household) -> Mapping[int, Snapshot]:
    """Everybody whose rows carry something of these households."""
    seats = Membership.objects.filter(household__in=houses, until__isnull=True)
    return snapshots_of(Person.objects.filter(id__in=list(seats.values_list("person", flat=True))))


def _refuse_day(on: date, *, at: datetime, seats: Iterable[Membership]) -> None:
    rows = list(seats)
    if why := why_not_on(on, today=day_of(at), seats=[_seat_of(row) for row in rows]):
        raise CannotJoinHousehold(why=why)
    for row in rows:
        _refuse_former(row.person, on=on)


def _refuse_former(person: Person, *, on: date) -> None:
    """A day that is told already of another household is not told twice."""
    if Membership.objects.filter(person=person, until__gt=on).exists():
        raise CannotJoinHousehold(why=f"{person.name}这一天还登记在以前的住户，请核对日期。")


def _refuse_led(house: Household, *, on: date, head: Person | None) -> None:
    """Nobody becomes householder of days on which somebody else was."""
    if head is None:
        return
    led = Membership.objects.filter(household=house, role=HOUSEHOLDER)
    if led.filter(until__gt=on).exists() or led.filter(until__isnull=True, since__gt=on).exists():
        raise CannotJoinHousehold(why="这一天还登记着以前的户主，请核对日期。")


def _seat(person: Person, house: Household, *, role: str, on: date, by: Actor, at: datetime) -> None:
    if person.died_on:
        raise CannotJoinHousehold(why=f"{person.name}已登记死亡。")
    old = Membership.objects.filter(person=person, until__isnull=True).select_related("household", "person")
    old = old.first()
    _refuse_day(on, at=at, seats=[old] if old else [])
    _refuse_former(person, on=on)
    head = (
        Membership.objects.filter(household=house, role=HOUSEHOLDER, until__isnull=True)
        .exclude(person=person)
        .select_related("person")
        .first()
    )
    if role == HOUSEHOLDER:
        _refuse_led(house, on=on, head=person)
        _refuse_day(on, at=at, seats=[head] if head else [])
    # The householder's name stands in the rows of all members, so they follow when she changes.
    touched = [person]
    touched += _others(house, person) if role == HOUSEHOLDER else []
    if old and old.role == HOUSEHOLDER:  # also who stays in it and only steps down
        touched += _others(old.household, person)
    before = snapshots_of(touched)
    if old:
        _end(old, on=on)
    if head and role == HOUSEHOLDER:
        _end(head, on=on)
        _sit(head.person, house, role=NOT_RELATED, on=on)
    _sit(person, house, role=role, on=on)
    if role == HOUSEHOLDER:
        _name(house, person)
    keep_in_step(by=by, at=at, before=before)


def _sit(person: Person, house: Household, *, role: str, on: date) -> None:
    Membership.objects.create(household=house, person=person, role=role, since=on)


def _name(house: Household, head: Person) -> None:
    house.householder = head.name
    house.save(update_fields=["householder"])


def _end(seat: Membership, *, on: date) -> None:
    if seat.role == HOUSEHOLDER:
        Household.objects.filter(id=seat.household_id).update(householder="")
    if on <= seat.since:
        seat.delete()
        return
    seat.until = on
    seat.save(update_fields=["until"])


def _others(house: Household, person: Person) -> list[Person]:
    seats = Membership.objects.filter(household=house, until__isnull=True).exclude(person=person)
    return list(Person.objects.filter(id__in=list(seats.values_list("person", flat=True))))
