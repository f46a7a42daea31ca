"""Households within reach: who belongs to them, and since when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.registers.people.choices import HOUSEHOLDER, role_label
from yimen.registers.people.models import Household, Membership
from yimen.registers.people.permissions import FIND


class NoSuchHousehold(NotFound):
    code = "people.no_such_household"
    sentence = "没有找到这户，或不在您的范围内。"


@dataclass(frozen=True)
class Member:
    """One member of a household (家庭成员), present or former."""

    person: UUID
    name: str
    sex: str
    birth_year: int | None
    died_on: date | None
    role: str
    role_label: str
    since: date
    until: date | None


@dataclass(frozen=True)
class HouseholdPage:
    """A household with its members (住户): present ones with the householder first, then those who left."""

    public_id: UUID
    community: str
    area: str
    address: str
    householder: str
    present: tuple[Member, ...]
    former: tuple[Member, ...]
    verified_on: date | None
    verified_by_name: str


def household_within(public_id: UUID, *, by: Actor) -> Household:
    """One household within reach (住户)."""
    found = Household.objects.within(by).filter(public_id=public_id).first()
    if found is None:
        raise NoSuchHousehold()
    return found


def get_household(public_id: UUID, *, by: Actor) -> HouseholdPage:
    """A household with everyone who belongs or belonged to it; a fixed number of queries."""
    house = household_within(public_id, by=by)
    if not by.can_somewhere(FIND):
        by.must(FIND, area=house.area)
    members = members_of([house.id], by=by).get(house.id, [])
    present = tuple(member for member in members if member.until is None)
    return HouseholdPage(
        public_id=house.public_id,
        community=house.community,
        area=house.area,
        address=house.address,
        householder=next((member.name for member in present if member.role == HOUSEHOLDER), ""),
        present=present,
        former=tuple(member for member in members if member.until is not None),
        verified_on=house.verified_on,
        verified_by_name=house.verified_by_name,
    )


def household_of(person: UUID, *, by: Actor) -> UUID | None:
    """The household a person belongs to now, or None."""
    rows = Membership.objects.within(by).filter(person__public_id=person, until__isnull=True)
    return rows.values_list("household__public_id", flat=True).first()


def household_members(person: UUID, *, by: Actor) -> list[UUID]:
    """The public ids of everyone in the person's present household, herself included; empty when she is in none."""
    # Two short statements: as one, row-level security would be asked for pairs of rows.
    own = Membership.objects.within(by).filter(person__public_id=person, until__isnull=True)
    houses = list(own.values_list("household", flat=True))
    seats = Membership.objects.within(by).filter(household__in=houses, until__isnull=True)
    return list(seats.order_by("role", "id").values_list("person__public_id", flat=True))


def members_of(households: list[int], *, by: Actor) -> dict[int, list[Member]]:
    """Members by household, present before former, the householder first, in one query."""
    found: dict[int, list[Member]] = {}
    rows = Membership.objects.within(by).filter(household__in=households).select_related("person")
    for row in sorted(rows, key=seat_order):
        found.setdefault(row.household_id, []).append(member_of(row))
    return found


def seat_order(row: Membership) -> tuple[bool, bool, str, int]:
    """Present before former, the householder first."""
    return row.until is not None, row.role != HOUSEHOLDER, row.role, row.id


def member_of(row: Membership) -> Member:
    """A seat in a household with who holds it."""
    born = row.person.birth_on
    return Member(
        person=row.person.public_id,
        name=row.person.name,
        sex=row.person.sex,
        birth_year=born.year if born else None,
        died_on=row.person.died_on,
        role=row.role,
        role_label=role_label(row.role),
        since=row.since,
        until=row.until,
    )
