"""Who lives behind a door (住在这里的人), who lets it, and what was noted there lately."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.registers.people.choices import AddressKind, DoorDeedKind
from yimen.registers.people.models import DoorDeed, Landlord, Membership, Person, Residence
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.queries.persons import NoSuchPerson, get_person
from yimen.registers.places.api import CHECK_DWELLINGS, DwellingKind, DwellingUse
from yimen.registers.places.api import dwelling as one_dwelling

DEEDS_SHOWN = 4


@dataclass(frozen=True)
class Dweller:
    """Someone living in a dwelling: name, birth year and telephone tail only; no illness, no relief, no history shows here."""

    person: UUID
    name: str
    birth_year: int | None
    since: date
    householder: str
    phone_tail: str = ""
    household: UUID | None = None
    verified_on: date | None = None
    verified_by_name: str = ""


@dataclass(frozen=True)
class DoorLine:
    """One note made at the door (门口登记), in words."""

    public_id: UUID
    kind: str
    names: tuple[str, ...]
    noted_on: date
    noted_at: datetime
    by_name: str
    undone: bool
    mine: bool


@dataclass(frozen=True)
class Door:
    """A door with its people (门): what the panel beside a dwelling shows to who may see names."""

    dwelling: UUID
    use: str
    collective: bool
    people: tuple[Dweller, ...]
    landlord: Landlord | None
    deeds: tuple[DoorLine, ...]
    may_note: bool

    @property
    def unchecked(self) -> bool:
        return self.use == DwellingUse.UNCHECKED

    @property
    def let(self) -> bool:
        return self.use in (DwellingUse.LET, DwellingUse.SHARED)

    @property
    def first(self) -> DoorLine | None:
        """The latest note that stands, which alone can be undone."""
        return next((one for one in self.deeds if not one.undone), None)


def people_at(dwelling: UUID, *, by: Actor) -> list[Dweller]:
    """Those who live in a dwelling now, within reach, who came first in front."""
    rows = list(
        Residence.objects.within(by)
        .filter(
            dwelling__public_id=dwelling,
            kind=AddressKind.LIVES,
            until__isnull=True,
            person__merged_into__isnull=True,
            person__died_on__isnull=True,
        )
        .select_related("person")
        .order_by("since", "id")
    )
    seats = Membership.objects.within(by).filter(
        person__in=[row.person_id for row in rows], until__isnull=True
    )
    houses = dict(seats.values_list("person", "household__public_id"))
    return [
        Dweller(
            person=row.person.public_id,
            name=row.person.name,
            birth_year=row.person.birth_on.year if row.person.birth_on else None,
            since=row.since,
            householder=row.person.householder,
            phone_tail=row.person.phone_tail,
            household=houses.get(row.person_id),
            verified_on=row.person.verified_on,
            verified_by_name=row.person.verified_by_name,
        )
        for row in rows
    ]


def door_of(dwelling: UUID, *, by: Actor) -> Door:
    """A door with who lives there, who lets it and what was noted last."""
    found = one_dwelling(dwelling, by=by)
    landlords = Landlord.objects.within(by).filter(dwelling=found, until__isnull=True)
    return Door(
        dwelling=dwelling,
        use=found.use,
        collective=found.kind == DwellingKind.COLLECTIVE,
        people=tuple(people_at(dwelling, by=by)),
        landlord=landlords.select_related("person").first(),
        deeds=tuple(_lines(found, by)),
        may_note=by.can(REGISTER, area=found.area) and by.can(CHECK_DWELLINGS, area=found.area),
    )


def landlord_on_file(name: str, phone: str, *, by: Actor) -> UUID | None:
    """The landlord's own file, when exactly one within reach has this name and this telephone."""
    tail = phone[-4:]
    if not name or len(phone) < 7:
        return None
    rows = Person.objects.within(by).canonical().filter(name=name, phone_tail=tail, died_on__isnull=True)
    found = [one for one in rows[:3] if one.phone == phone]
    if len(found) != 1:
        return None
    try:
        return get_person(found[0].public_id, by=by, permission=REGISTER).public_id
    except NoSuchPerson:
        return None


def _lines(dwelling, by: Actor) -> list[DoorLine]:
    deeds = list(DoorDeed.objects.within(by).filter(dwelling=dwelling).order_by("-id")[:DEEDS_SHOWN])
    wanted = {UUID(one) for deed in deeds for one in deed.people}
    names = dict(Person.objects.within(by).filter(public_id__in=wanted).values_list("public_id", "name"))
    return [
        DoorLine(
            public_id=deed.public_id,
            kind=DoorDeedKind(deed.kind).label,
            names=tuple(names[UUID(one)] for one in deed.people if UUID(one) in names),
            noted_on=deed.noted_on,
            noted_at=deed.noted_at,
            by_name=deed.noted_by_name,
            undone=deed.undone_at is not None,
            mine=deed.noted_by == by.key,
        )
        for deed in deeds
    ]
