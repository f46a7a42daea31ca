"""Where people live, are registered, and with whom (迁移、住户): dated rows, one of a kind at a time."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus.api import announce
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, is_area_code, level
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.choices import HOUSEHOLDER, ROLES, AddressKind
from yimen.registers.people.engine.families import lock_family
from yimen.registers.people.engine.truths import snapshots_of
from yimen.registers.people.events import PersonMoved
from yimen.registers.people.models import Household, Membership, Person, Residence
from yimen.registers.people.operations.rows import NOT_RELATED, keep_in_step
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.queries.households import household_within
from yimen.registers.people.queries.persons import get_person


class CannotMove(NotPossible):
    code = "people.cannot_move"
    sentence = "不能登记迁移：{why}"


class CannotJoinHousehold(NotPossible):
    code = "people.cannot_join_household"
    sentence = "不能登记住户：{why}"


@operation("people.person.moved")
def move_person(
    *,
    by: Actor,
    at: datetime,
    person: UUID,
    on: date,
    kind: str = AddressKind.LIVES,
    community: str = "",
    dwelling: Any = None,
    address: str = "",
) -> Person:
    """Someone moves her home or her hukou on a day (迁移): the old address ends, the new one begins.

    ``community`` empty: she went where this installation does not reach; ``address`` may say where. Her file, keys and
    figures follow at once. Refuses a day in the future or before her last move, and a community where ``by`` may not
    register: there she is taken in by those who work there.
    """
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    if community:
        by.must(REGISTER, area=_area(community, dwelling))
    last = Residence.objects.filter(person=found, kind=kind, until__isnull=True).first()
    _refuse_move(found, last, kind=kind, on=on, community=community, dwelling=dwelling, at=at)
    words = clean_line(address) or (dwelling.address if dwelling else "")
    if last and (last.area, last.address, last.dwelling_id) == (
        community,
        words,
        dwelling.id if dwelling else None,
    ):
        unchanged()
        return found
    before = snapshots_of([found])
    if last and last.since == on:
        # Two moves noted for one day: the first one never held for a day.
        last.delete()
    elif last:
        last.until = on
        last.save(update_fields=["until"])
    if community or words:
        Residence.objects.create(
            person=found,
            kind=kind,
            area=community,
            dwelling=dwelling,
            address=words,
            since=on,
            noted_at=at,
            noted_by=by.key,
        )
    found = keep_in_step(by=by, at=at, before=before)[0]
    was = before[found.id].area
    record(
        found,
        kind="person",
        area=found.area,
        address=kind,
        before=last.area if last else "",
        on=on.isoformat(),
    )
    announce(PersonMoved(subject=found.public_id, area=found.community, before=was, moved_on=on.isoformat()))
    return found


@operation("people.household.founded")
def found_household(*, by: Actor, at: datetime, on: date, householder: UUID) -> Household:
    """Found a household with its householder (立户); she leaves the one she was in."""
    lock_family(people=[householder])
    head = get_person(householder, by=by, permission=REGISTER, lock=True)
    lives = Residence.objects.filter(person=head, kind=AddressKind.LIVES, until__isnull=True).first()
    by.must(REGISTER, area=head.area)
    house = Household.objects.create(
        street=head.street,
        community=head.community,
        area=head.area,
        dwelling_id=lives.dwelling_id if lives else None,
        address=head.address,
    )
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
    people = [found, *_others(seat.household, found)] if seat.role == HOUSEHOLDER else [found]
    before = snapshots_of(people)
    _end(seat, on=on)
    keep_in_step(by=by, at=at, before=before)
    found.refresh_from_db()
    record(
        found, kind="person", area=found.area, household=str(seat.household.public_id), left=on.isoformat()
    )
    return found


def _refuse_move(
    found: Person, last: Residence | None, *, kind: str, on: date, community: str, dwelling: Any, at: datetime
) -> None:
    if kind not in AddressKind.values:
        raise CannotMove(why="没有这种地址类别。")
    if found.died_on:
        raise CannotMove(why=f"{found.name}已登记死亡。")
    if on > day_of(at):
        raise CannotMove(why="迁移日期在今天之后。")
    if found.birth_on and on < found.birth_on:
        raise CannotMove(why="迁移日期早于出生日期。")
    if last and on < last.since:
        raise CannotMove(why=f"迁移日期早于现住址的起始日期 {last.since:%Y-%m-%d}。")
    if community and (not is_area_code(community) or level(community) != Level.COMMUNITY):
        raise CannotMove(why="请选择社区。")
    if dwelling is not None and dwelling.community != community:
        raise CannotMove(why="房屋不在所选的社区里。")
    former = Residence.objects.filter(person=found, kind=kind, until__gt=on)
    if former.exclude(id=last.id if last else None).exists():
        raise CannotMove(why="这一天还登记在以前的地址，请核对日期。")


def _area(community: str, dwelling: Any) -> str:
    grid = dwelling.area if dwelling is not None else ""
    return grid if grid.startswith(community) else community


def _seat(person: Person, house: Household, *, role: str, on: date, by: Actor, at: datetime) -> None:
    if on > day_of(at):
        raise CannotJoinHousehold(why="日期在今天之后。")
    old = Membership.objects.filter(person=person, until__isnull=True).select_related("household").first()
    head = (
        Membership.objects.filter(household=house, role=HOUSEHOLDER, until__isnull=True)
        .exclude(person=person)
        .first()
    )
    if old and on < old.since:
        raise CannotJoinHousehold(why=f"日期早于在现住户的起始日期 {old.since:%Y-%m-%d}。")
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
        Membership.objects.create(household=house, person_id=head.person_id, role=NOT_RELATED, since=on)
    Membership.objects.create(household=house, person=person, role=role, since=on)
    if role == HOUSEHOLDER:
        house.householder = person.name
        house.save(update_fields=["householder"])
    keep_in_step(by=by, at=at, before=before)


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
