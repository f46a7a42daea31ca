"""One person, one file (一人一档)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from yimen.kernel.actor import Actor
from yimen.registers.people.choices import (
    AddressKind,
    DocumentKind,
    Doubt,
    GuardianKind,
    ReachKind,
    ResidentKind,
    Sex,
)
from yimen.registers.people.models import (
    FormerName,
    Guardianship,
    Membership,
    Person,
    PersonDocument,
    ReachWay,
    Residence,
)
from yimen.registers.people.permissions import VIEW_FILE
from yimen.registers.people.ports import FileCard, file_cards
from yimen.registers.people.queries.facts import source_line
from yimen.registers.people.queries.households import Member, members_of
from yimen.registers.people.queries.persons import NoSuchPerson, must_with_person
from yimen.registers.people.rules.population import half_a_year_after
from yimen.registers.people.rules.rights import may_with_person
from yimen.registers.places.api import area_name, full_area_name
from yimen.standards.masking import mask_phone


@dataclass(frozen=True)
class DocumentLine:
    """A paper with its number masked: neither birth date nor last four show (the file shows the birth date)."""

    public_id: UUID
    kind: str
    label: str
    masked: str
    since: date
    until: date | None


@dataclass(frozen=True)
class AddressLine:
    kind: str
    label: str
    area: str
    area_name: str
    address: str
    since: date
    until: date | None


@dataclass(frozen=True)
class GuardianLine:
    person: UUID
    name: str
    label: str
    since: date


@dataclass(frozen=True)
class ReachLine:
    way: str
    label: str
    masked: str
    note: str


@dataclass(frozen=True)
class CardOnFile:
    key: str
    title: str
    template: str
    card: Any


@dataclass(frozen=True)
class PersonFile:
    """The file as a page needs it (一人一档)."""

    public_id: UUID
    ids: tuple[UUID, ...]
    number: str
    name: str
    former_names: tuple[str, ...]
    sex_label: str
    birth_on: date | None
    died_on: date | None
    phone_masked: str
    phone_source: str
    birth_source: str
    address: str
    area: str
    community: str
    community_name: str
    full_area: str
    householder: str
    residence_label: str
    apart: str
    settles_on: date | None
    doubts: tuple[str, ...]
    verified_on: date | None
    verified_by_name: str
    registered_at: datetime
    version: int
    documents: tuple[DocumentLine, ...]
    addresses: tuple[AddressLine, ...]
    household: UUID | None
    members: tuple[Member, ...]
    guardians: tuple[GuardianLine, ...]
    wards: tuple[GuardianLine, ...]
    ways: tuple[ReachLine, ...]
    cards: tuple[CardOnFile, ...]


def get_file(public_id: UUID, *, by: Actor, on: date, with_cards: bool = True) -> PersonFile:
    """A resident's file (一人一档). What another post's card holds is left out without a word.

    The caller leaves the look (`note_look`). Refuses who is not within reach, and who may not view files; one's own file
    is always open. ``with_cards`` False leaves out what other apps plug in, for a page that changes one thing.
    """
    person, others = _with_absorbed(public_id, by=by)
    if by.person != person.public_id:
        must_with_person(person, by=by, permission=VIEW_FILE)
    everyone = [person, *others]
    ids = tuple(each.public_id for each in everyone)
    addresses = _addresses(everyone)
    guardians, wards = _guardianships(person)
    seat = Membership.objects.filter(person=person, until__isnull=True).select_related("household").first()
    members = members_of([seat.household_id], by=by).get(seat.household_id, []) if seat else []
    names = [each.name for each in others] + list(
        FormerName.objects.filter(person__in=everyone).order_by("id").values_list("name", flat=True)
    )
    incomer = person.residence_kind in (ResidentKind.INCOMER, ResidentKind.UNSTATED)
    settles = half_a_year_after(person.lives_since) if incomer and person.lives_since else None
    return PersonFile(
        public_id=person.public_id,
        ids=ids,
        number=person.number,
        name=person.name,
        former_names=tuple(dict.fromkeys(name for name in names if name != person.name)),
        sex_label=Sex(person.sex).label if person.sex in (Sex.MALE, Sex.FEMALE) else "",
        birth_on=person.birth_on,
        died_on=person.died_on,
        phone_masked=mask_phone(person.phone) if person.phone else "",
        phone_source=source_line(person, "phone") if person.phone else "",
        birth_source=source_line(person, "birth_on") if person.birth_on else "",
        address=person.address,
        area=person.area,
        community=person.community,
        community_name=area_name(person.community),
        full_area=full_area_name(person.community),
        householder=person.householder,
        residence_label=ResidentKind(person.residence_kind).label,
        apart=_apart(person),
        settles_on=settles if settles and settles > on else None,
        doubts=tuple(Doubt(doubt).label for doubt in person.doubts if doubt in Doubt.values),
        verified_on=person.verified_on,
        verified_by_name=person.verified_by_name,
        registered_at=person.registered_at,
        version=person.version,
        documents=_documents(everyone),
        addresses=addresses,
        household=seat.household.public_id if seat else None,
        members=tuple(member for member in members if member.until is None),
        guardians=guardians,
        wards=wards,
        ways=tuple(
            ReachLine(way.way, ReachKind(way.way).label, mask_phone(way.value) if way.value else "", way.note)
            for way in ReachWay.objects.filter(person=person).order_by("order", "id")
        ),
        cards=_cards(person, ids, by=by) if with_cards else (),
    )


def _with_absorbed(public_id: UUID, *, by: Actor) -> tuple[Person, list[Person]]:
    found = Person.objects.within(by).filter(public_id=public_id).first()
    if found is not None and found.merged_into_id:
        found = Person.objects.within(by).filter(id=found.merged_into_id).first()
    if found is None:
        raise NoSuchPerson()
    return found, list(Person.objects.within(by).filter(merged_into=found).order_by("id"))


def _apart(person: Person) -> str:
    """人户分离 in words, or ""."""
    if person.residence_kind == ResidentKind.AWAY:
        return "人户分离：户口在这里，人住在别处"
    if person.residence_kind == ResidentKind.INCOMER and person.hukou_area:
        return f"人户分离：户口在{area_name(person.hukou_area)}"
    if person.residence_kind == ResidentKind.LOCAL and person.hukou_area != person.community:
        return f"户口在本街道{area_name(person.hukou_area)}"
    return ""


def _documents(people: list[Person]) -> tuple[DocumentLine, ...]:
    rows = PersonDocument.objects.filter(person__in=people).order_by("until", "id")
    return tuple(
        DocumentLine(
            public_id=row.public_id,
            kind=row.kind,
            label=DocumentKind(row.kind).label,
            masked=_masked(row.number),
            since=row.since,
            until=row.until,
        )
        for row in sorted(rows, key=lambda row: (row.until is not None, row.id))
    )


def _masked(number: str) -> str:
    # The file shows the birth date, so neither it nor the last four may be read here.
    shown = 6 if len(number) == 18 else min(2, len(number) // 3)
    return number[:shown] + "*" * (len(number) - shown)


def _addresses(people: list[Person]) -> tuple[AddressLine, ...]:
    rows = Residence.objects.filter(person__in=people)
    return tuple(
        AddressLine(
            kind=row.kind,
            label=AddressKind(row.kind).label,
            area=row.area,
            area_name=area_name(row.area) if row.area else "外地",
            address=row.address,
            since=row.since,
            until=row.until,
        )
        for row in sorted(
            rows,
            key=lambda row: (row.until is not None, row.kind != AddressKind.LIVES, -row.since.toordinal()),
        )
    )


def _guardianships(person: Person) -> tuple[tuple[GuardianLine, ...], tuple[GuardianLine, ...]]:
    """Who cares for her, and whom she cares for (监护)."""
    both = Guardianship.objects.filter(Q(person=person) | Q(guardian=person), until__isnull=True)
    guardians, wards = [], []
    for row in both.select_related("person", "guardian").order_by("id"):
        lines, other = (guardians, row.guardian) if row.person_id == person.id else (wards, row.person)
        lines.append(GuardianLine(other.public_id, other.name, GuardianKind(row.kind).label, row.since))
    return tuple(guardians), tuple(wards)


def _cards(person: Person, ids: tuple[UUID, ...], *, by: Actor) -> tuple[CardOnFile, ...]:
    found = []
    plugs = [
        plug
        for plug in sorted(file_cards, key=lambda each: (each.order, each.key))
        if may_with_person(by, plug.permission, area=person.area)
    ]
    silent = _without_rows([plug for plug in plugs if plug.rows], ids)
    for plug in plugs:
        card = None if plug.key in silent else plug.load(ids, by=by)
        if card is not None:
            found.append(CardOnFile(plug.key, plug.title, plug.template, card))
    return tuple(found)


def _without_rows(plugs: list[FileCard], ids: tuple[UUID, ...]) -> set[str]:
    """The cards whose tables hold nothing of hers: most, for most people, so all are asked in one statement.

    What lies beyond reach is no row to the database either.
    """
    if not plugs:
        return set()
    tables = [plug.rows._meta.db_table for plug in plugs]
    asked = ", ".join(f'EXISTS (SELECT 1 FROM "{table}" WHERE person = ANY(%(ids)s))' for table in tables)  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", {"ids": list(ids)})  # nosec B608 - names of our own models
        return {plug.key for plug, some in zip(plugs, cursor.fetchone(), strict=True) if not some}
