"""Person cards: what tells one person from her namesakes (辨认要素)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.periods import age_on
from yimen.registers.people.choices import DocumentKind, Doubt, ResidentKind, Sex
from yimen.registers.people.models import FormerName, Membership, Person, PersonDocument
from yimen.registers.people.permissions import FIND
from yimen.registers.people.queries.persons import NoSuchPerson, get_person, must_with_person
from yimen.registers.people.rules.rights import may_with_person
from yimen.registers.places.api import area_name


@dataclass(frozen=True)
class PersonCard:
    """A person in short (居民卡). In lists ``birth_on`` is None: birth date and last four never stand together.

    ``sex`` is a Chinese word, ``sex_value`` the stored value. ``id_tail`` are the last four of her id card, told only
    within the actor's areas. ``age`` is known when the day was told.
    """

    public_id: UUID
    number: str
    name: str
    former_names: tuple[str, ...]
    sex: str
    sex_value: str
    age: int | None
    birth_year: int | None
    birth_on: date | None
    id_tail: str
    address: str
    householder: str
    phone_tail: str
    community: str
    community_name: str
    street: str
    area: str
    residence_kind: str
    residence_label: str
    died_on: date | None
    doubts: tuple[str, ...] = ()

    @property
    def restricted(self) -> bool:
        """She wants her data used for little (限制使用): lists do not name her."""
        return Doubt.RESTRICTED in self.doubts

    @property
    def last4(self) -> str:
        """The last four of her id card, by the name the face knows."""
        return self.id_tail

    @property
    def hint(self) -> str:
        """One line that tells namesakes apart: 女 · 68岁 · 东方丽都3幢501室 · 户主 王建国 · 电话尾号 8000."""
        age = f"{self.age}岁" if self.age is not None else f"{self.birth_year}年生" if self.birth_year else ""
        parts = [
            self.sex,
            "已故" if self.died_on else age,
            self.address or self.community_name,
            f"户主 {self.householder}" if self.householder and self.householder != self.name else "",
            f"电话尾号 {self.phone_tail}" if self.phone_tail else "",
            f"证件后四位 {self.id_tail}" if self.id_tail else "",
            f"曾用名 {'、'.join(self.former_names)}" if self.former_names else "",
        ]
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class PersonStamp:
    """What a deed keeps of a person as she was then (当时情况), for the ledger and for rules."""

    public_id: UUID
    name: str
    sex: str
    birth_on: date | None
    died_on: date | None
    residence_kind: str
    lives_since: date | None
    street: str
    community: str
    area: str
    household: UUID | None
    doubts: Sequence[str] = ()

    @property
    def restricted(self) -> bool:
        """She wants her data used for little (限制使用): `why_restricted` says what that bars."""
        return Doubt.RESTRICTED in self.doubts


def person_card(public_id: UUID, *, by: Actor, on: date | None = None) -> PersonCard:
    """One person's card with her birth date and without the last four; refuses who is not within reach."""
    person = get_person(public_id, by=by, permission=FIND)
    card = _cards([person], by=by, on=on)[0]
    return replace(card, birth_on=person.birth_on, id_tail="")


def person_cards(public_ids: Iterable[UUID], *, by: Actor, on: date | None = None) -> dict[UUID, PersonCard]:
    """Cards of many people, by public id; who is not within reach is left out. Three queries however many there are."""
    people = _people_within(by, list(set(public_ids)))
    return {card.public_id: card for card in _cards(people, by=by, on=on)}


def person_stamp(public_id: UUID, *, by: Actor) -> PersonStamp:
    """What a deed keeps of the person, in one query; of the file that another one was put into (并档), in two."""
    found = next(iter(_stamp_named(by, public_id)), None)
    if found is not None and (keeper := found[-1]):
        found = next(iter(_stamp_numbered(by, keeper)), None)
    if found is None:
        raise NoSuchPerson
    stamp = PersonStamp(*found[:-1])
    must_with_person(stamp, by=by, permission=FIND)
    return stamp


def person_stamps(public_ids: Iterable[UUID], *, by: Actor) -> dict[UUID, PersonStamp]:
    """What deeds keep of many people, by the id that was asked for; who is beyond reach is not in it."""
    rows = {row[0]: row for row in _stamps(Person.objects.within(by).filter(public_id__in=list(public_ids)))}
    keepers = {row[-1] for row in rows.values()} - {None}
    kept = {}
    if keepers:
        into = Person.objects.within(by).filter(id__in=keepers)
        numbers = dict(into.values_list("public_id", "id"))
        kept = {numbers[row[0]]: row for row in _stamps(into)}
    found = {}
    for public_id, row in rows.items():
        told = kept.get(row[-1]) if row[-1] else row
        stamp = PersonStamp(*told[:-1]) if told else None
        if stamp and may_with_person(by, FIND, area=stamp.area):
            found[public_id] = stamp
    return found


@kept
def _stamp_named(by: Actor, public_id: UUID) -> QuerySet:
    return _stamps(Person.objects.within(by).filter(public_id=public_id))


@kept
def _stamp_numbered(by: Actor, number: int) -> QuerySet:
    return _stamps(Person.objects.within(by).filter(id=number))


def _stamps(people: QuerySet) -> QuerySet:
    """The fields of a stamp in their order, and the row of the file that answers for this one."""
    seats = Membership.objects.filter(person=OuterRef("id"), until=None).order_by("id")
    seated = people.annotate(household=Subquery(seats.values("household__public_id")[:1]))
    return seated.values_list(*(field.name for field in fields(PersonStamp)), "merged_into_id")


def cards_in_order(ids: Sequence[int], *, by: Actor, on: date | None) -> list[PersonCard]:
    """Cards of rows by internal id, in the order given."""
    people = {person.id: person for person in _rows_within(by, list(ids))}
    return _cards([people[number] for number in ids if number in people], by=by, on=on)


@kept
def _people_within(by: Actor, public_ids: list[UUID]) -> QuerySet:
    return Person.objects.within(by).filter(public_id__among=public_ids).order_by("id")


@kept
def _rows_within(by: Actor, ids: list[int]) -> QuerySet:
    return Person.objects.within(by).filter(id__among=ids)


@kept
def _papers_of(people: list[int]) -> QuerySet:
    return PersonDocument.objects.filter(person__among=people, until__isnull=True)


@kept
def _former_names_of(people: list[int]) -> QuerySet:
    return FormerName.objects.filter(person__among=people).values_list("person_id", "name")


def _cards(people: list[Person], *, by: Actor, on: date | None) -> list[PersonCard]:
    ids = [person.id for person in people]
    # The kind is sorted out here, so that the database always goes by the people.
    papers = {row.person_id: row for row in _papers_of(ids) if row.kind == DocumentKind.ID_CARD}
    former: dict[int, list[str]] = {}
    for person_id, name in _former_names_of(ids):
        former.setdefault(person_id, []).append(name)
    return [
        PersonCard(
            public_id=person.public_id,
            number=person.number,
            name=person.name,
            former_names=tuple(former.get(person.id, ())),
            sex=Sex(person.sex).label if person.sex in (Sex.MALE, Sex.FEMALE) else "",
            sex_value=person.sex,
            age=_age(person, on),
            birth_year=person.birth_on.year if person.birth_on else None,
            birth_on=None,
            id_tail=papers[person.id].number[-4:] if person.id in papers and by.reaches(person.area) else "",
            address=person.address,
            householder=person.householder,
            phone_tail=person.phone_tail,
            community=person.community,
            community_name=area_name(person.community),
            street=person.street,
            area=person.area,
            residence_kind=person.residence_kind,
            residence_label=ResidentKind(person.residence_kind).label,
            died_on=person.died_on,
            doubts=tuple(person.doubts),
        )
        for person in people
    ]


def _age(person: Person, on: date | None) -> int | None:
    if on is None or person.birth_on is None or on < person.birth_on:
        return None
    return age_on(person.birth_on, min(on, person.died_on or on))
