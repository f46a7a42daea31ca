"""What a grid worker notes standing before a door (门口登记): as it stands, moved in, moved out, other tenants; the landlord."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_name
from yimen.registers.people.choices import HOUSEHOLDER, DoorDeedKind, FactSource
from yimen.registers.people.engine.door_state import living_at, taken
from yimen.registers.people.engine.families import lock_family
from yimen.registers.people.engine.sight import stay_in_sight
from yimen.registers.people.models import DoorDeed, Household, Landlord, Membership, Person
from yimen.registers.people.operations.corrections import set_verified
from yimen.registers.people.operations.households import join_household, leave_household
from yimen.registers.people.operations.moves import move_person
from yimen.registers.people.operations.registration import register_person
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.queries.households import household_within
from yimen.registers.people.queries.persons import get_person
from yimen.registers.people.rules.contacts import kept_phone
from yimen.registers.people.rules.doors import (
    LET,
    LIVED_IN,
    use_after_leaving,
    why_not_leave,
    why_not_verify,
)
from yimen.registers.places.api import DwellingKind, dwelling_to_check, set_dwelling_use


class CannotNoteDoor(NotPossible):
    code = "people.cannot_note_door"
    sentence = "还不能登记：{why}"


@operation("people.door.verified")
def verify_door(*, by: Actor, at: datetime, dwelling: UUID, use: str = "") -> DoorDeed:
    """All as it stands at a door (核实无误): the dwelling, everybody living in it, and their households, in one go.

    ``use`` is what was seen when nobody had looked before, or when it is used otherwise now.
    """
    door = _door(dwelling, by)
    living = living_at(door)
    seen = use or door.use
    if finding := why_not_verify(use=seen, living=len(living)):
        raise CannotNoteDoor(why=finding.sentence, findings=[finding])
    before = taken(door, [one.id for one in living])
    _verify(by, at, door, living, use=seen)
    return _noted(by, at, door, DoorDeedKind.VERIFIED, living, before, on=day_of(at))


@operation("people.door.moved_in")
def move_in(
    *,
    by: Actor,
    at: datetime,
    dwelling: UUID,
    on: date,
    use: str,
    person: UUID | None = None,
    name: str = "",
    phone: str = "",
    sex: str = "",
    household: UUID | None = None,
    role: str = "",
    compared: str | None = None,
) -> DoorDeed:
    """Somebody moved in (搬入): ``person`` when she is on file, else name and telephone put her on file.

    ``household`` with ``role`` seats her with people who live here; a new one alone keeps a house of her own. ``use`` is how
    the dwelling is used now. Refuses a collective dwelling, which is counted by heads, and asks about doubles as
    `register_person` does.
    """
    door = _door(dwelling, by)
    _refuse_collective(door)
    living = living_at(door)
    coming = _on_file(person, by=by)
    before = taken(door, _ids([*living, *coming]))
    told = Newcomer(name, phone, sex, compared, person, household, role)
    newcomer = _take_in(by, at, door, told, on=on)
    _verify(by, at, door, [newcomer], use=_use_of_the_lived_in(use))
    return _noted(
        by,
        at,
        door,
        DoorDeedKind.MOVED_IN,
        [newcomer],
        before,
        on=on,
        beside=_ids([*living, *coming, newcomer]),
    )


@operation("people.door.moved_out")
def move_out(
    *, by: Actor, at: datetime, dwelling: UUID, people: Sequence[UUID], on: date, whereto: str = ""
) -> DoorDeed:
    """These people moved out (搬出). Who leaves family behind leaves her household too; when nobody is left it stands empty."""
    door = _door(dwelling, by)
    living = living_at(door)
    leaving = _leaving(people, living)
    before = taken(door, _ids(living))
    _let_go(by, at, leaving, living, on=on, whereto=whereto)
    staying = len(living) - len(leaving)
    _verify(by, at, door, [], use=use_after_leaving(door.use, staying=staying))
    return _noted(by, at, door, DoorDeedKind.MOVED_OUT, leaving, before, on=on, beside=_ids(living))


@operation("people.door.tenants_changed")
def change_tenants(
    *,
    by: Actor,
    at: datetime,
    dwelling: UUID,
    on: date,
    people: Sequence[UUID],
    person: UUID | None = None,
    name: str = "",
    phone: str = "",
    sex: str = "",
    use: str = LET,
    compared: str | None = None,
) -> DoorDeed:
    """One tenant goes, the next one comes (换租客) on one day; the landlord stays as noted.

    ``person`` when she who comes is on file. Refuses somebody who lives here already.
    """
    door = _door(dwelling, by)
    _refuse_collective(door)
    living = living_at(door)
    leaving = _leaving(people, living)
    coming = _on_file(person, by=by)
    if set(_ids(coming)) & set(_ids(living)):
        raise CannotNoteDoor(why=f"{coming[0].name}就住在这里。")
    before = taken(door, _ids([*living, *coming]))
    _let_go(by, at, leaving, living, on=on, whereto="")
    newcomer = _take_in(by, at, door, Newcomer(name, phone, sex, compared, person), on=on)
    _verify(by, at, door, [newcomer], use=_use_of_the_lived_in(use))
    everybody = [*leaving, newcomer]
    return _noted(
        by,
        at,
        door,
        DoorDeedKind.CHANGED,
        everybody,
        before,
        on=on,
        beside=_ids([*living, *coming, newcomer]),
    )


@operation("people.landlord.set")
def set_landlord(
    *,
    by: Actor,
    at: datetime,
    dwelling: UUID,
    name: str,
    phone: str = "",
    person: UUID | None = None,
    on: date | None = None,
) -> Landlord | None:
    """Who lets the dwelling (房东), from a day on; without a name nobody does any more. The former one stays readable."""
    door, on = _door(dwelling, by), on or day_of(at)
    name, phone = clean_name(name), kept_phone(phone)
    known = get_person(person, by=by, permission=REGISTER) if person else None
    if on > day_of(at):
        raise CannotNoteDoor(why="日期在今天之后。")
    standing = Landlord.objects.filter(dwelling=door, until__isnull=True).first()
    told = (name, phone, known.id if known else None)
    if (standing is None and not name) or (
        standing and told == (standing.name, standing.phone, standing.person_id)
    ):
        unchanged()
        return standing
    if standing and on < standing.since:
        raise CannotNoteDoor(why=f"现在的房东从 {standing.since:%Y-%m-%d} 起，新的只能从这天或以后起。")
    if standing and on == standing.since:
        standing.delete()
    elif standing:
        standing.until = on
        standing.save(update_fields=["until"])
    made = None
    if name:
        made = Landlord.objects.create(
            dwelling=door, name=name, phone=phone, person=known, since=on, noted_at=at, noted_by=by.key
        )
    record(door, kind="dwelling", area=door.area, landlord=str(made.public_id) if made else "", on=on)
    return made


def _door(dwelling: UUID, by: Actor) -> Any:
    """The dwelling, held until commit, where ``by`` may both check doors and register residents."""
    door = dwelling_to_check(dwelling, by=by)
    by.must(REGISTER, area=door.area)
    return door


def _refuse_collective(door: Any) -> None:
    if door.kind == DwellingKind.COLLECTIVE:
        raise CannotNoteDoor(why="集体住所按人数登记，请填“现有多少人”。")


def _on_file(person: UUID | None, *, by: Actor) -> list[Person]:
    return [get_person(person, by=by, permission=REGISTER)] if person else []


def _ids(people: Iterable[Person]) -> list[int]:
    return [one.id for one in people]


def _use_of_the_lived_in(use: str) -> str:
    if use not in LIVED_IN:
        raise CannotNoteDoor(why="请选是自住、出租还是群租。")
    return use


def _leaving(people: Sequence[UUID], living: Sequence[Person]) -> list[Person]:
    by_id = {one.public_id: one for one in living}
    if finding := why_not_leave(people, by_id):
        raise CannotNoteDoor(why=finding.sentence, findings=[finding])
    lock_family(people=list(by_id))
    return [by_id[one] for one in dict.fromkeys(people)]


@dataclass(frozen=True)
class Newcomer:
    """Who comes (新来的人): by name and telephone, or on file already; alone, or to a household in a role."""

    name: str
    phone: str
    sex: str
    compared: str | None
    person: UUID | None = None
    household: UUID | None = None
    role: str = ""


def _take_in(by: Actor, at: datetime, door: Any, newcomer: Newcomer, *, on: date) -> Person:
    """Whoever comes: moved when she is on file, put on file when not."""
    house = household_within(newcomer.household, by=by) if newcomer.household else None
    if house is not None and not newcomer.role:
        raise CannotNoteDoor(why="请选与户主的关系。")
    if newcomer.person is None:
        return register_person(
            by=by,
            at=at,
            name=newcomer.name,
            phone=newcomer.phone,
            sex=newcomer.sex,
            community=door.community,
            lives_at=door,
            lives_address=door.address,
            since=on,
            household=house,
            role=newcomer.role if house else HOUSEHOLDER,
            source=FactSource.VISIT,
            compared=newcomer.compared,
        )
    moved = move_person(by=by, at=at, person=newcomer.person, on=on, community=door.community, dwelling=door)
    if house is not None:
        join_household(
            by=by, at=at, on=on, person=newcomer.person, household=house.public_id, role=newcomer.role
        )
    return moved


def _let_go(
    by: Actor, at: datetime, leaving: Sequence[Person], living: Sequence[Person], *, on: date, whereto: str
) -> None:
    staying = {one.id for one in living} - {one.id for one in leaving}
    for one in leaving:
        seat = Membership.objects.filter(person=one, until__isnull=True).first()
        if (
            seat
            and Membership.objects.filter(
                household=seat.household_id, until__isnull=True, person__in=staying
            ).exists()
        ):
            leave_household(by=by, at=at, on=on, person=one.public_id)
        stay_in_sight(by, at, one)
        move_person(by=by, at=at, person=one.public_id, on=on, community="", address=whereto)


def _verify(by: Actor, at: datetime, door: Any, people: Sequence[Person], *, use: str) -> None:
    set_dwelling_use(by=by, at=at, dwelling=door, use=use, verified_on=day_of(at))
    people_now = [one.public_id for one in people]
    houses = Household.objects.filter(
        memberships__person__in=_ids(people), memberships__until__isnull=True, area__startswith=door.community
    )
    set_verified(by=by, at=at, people=people_now)
    for house in houses.distinct().order_by("id"):
        set_verified(by=by, at=at, household=house.public_id)


def _noted(
    by: Actor,
    at: datetime,
    door: Any,
    kind: DoorDeedKind,
    people: Sequence[Person],
    before: dict,
    *,
    on: date,
    beside: Iterable[int] = (),
) -> DoorDeed:
    door.refresh_from_db(fields=["use", "verified_on", "verified_by"])
    deed = DoorDeed.objects.create(
        dwelling=door,
        kind=kind,
        happened_on=on,
        people=[str(one.public_id) for one in people],
        before=before,
        after=taken(door, {*_ids(people), *beside}),
        noted_on=day_of(at),
        noted_at=at,
        noted_by=by.key,
        noted_by_name=by.name[:80],
    )
    record(deed, kind="door", area=door.area, deed=kind.value, people=deed.people, on=on.isoformat())
    return deed
