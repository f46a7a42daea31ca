"""Facts of a person for filling forms, each with its source (预填来源)."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.bus.api import kept
from yimen.foundations.forms.ports import Fact
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of, full_day
from yimen.kernel.periods import age_on
from yimen.registers.people.choices import (
    AddressKind,
    DocumentKind,
    FactSource,
    ResidentKind,
    Sex,
    role_label,
)
from yimen.registers.people.models import Membership, Person, PersonDocument, Residence
from yimen.registers.people.permissions import VIEW_FILE, VIEW_ID_NUMBER
from yimen.registers.people.queries.persons import get_person
from yimen.registers.people.rules.rights import may_with_person
from yimen.registers.places.api import area_name

ITEMS = (
    "name",
    "sex",
    "birth_on",
    "age",
    "phone",
    "id_number",
    "address",
    "hukou_address",
    "community",
    "householder",
    "household_size",
    "household_role",
    "street",
    "grid",
    "residence_kind",
    "file_number",
)
_ADDRESSES = {"address", "hukou_address"}
_HOUSEHOLD = {"household_size", "household_role"}


def person_facts(public_id: UUID, *, by: Actor, on: date, wanted: Collection[str] = ITEMS) -> dict[str, Fact]:
    """What the register knows of a person, by name: name, sex, birth_on, age, id_number, phone, address, community …

    Facts that are not known are left out. One query, and one or two for each of papers, addresses and household when they
    are ``wanted``. Refuses who is not within reach.
    """
    person = get_person(public_id, by=by, permission=VIEW_FILE)
    return _facts_of([person], on=on, wanted=wanted)[person.public_id]


def people_facts(public_ids: Iterable[UUID], *, by: Actor, on: date) -> dict[UUID, dict[str, Fact]]:
    """The same for many people (批量预填), by public id; who is not within reach, or may not be opened, is left out.

    The file another one was put into answers for it (并档). Five queries however many there are.
    The id number only of those whose number ``by`` may see in full.
    """
    found = Person.objects.within(by).filter(public_id__in=set(public_ids)).select_related("merged_into")
    asked = {one.public_id: one.merged_into or one for one in found.order_by("id")}
    people = {
        keeper.id: keeper for keeper in asked.values() if may_with_person(by, VIEW_FILE, area=keeper.area)
    }
    facts = _facts_of(list(people.values()), on=on)
    for keeper in people.values():
        if not may_with_person(by, VIEW_ID_NUMBER, area=keeper.area):
            facts[keeper.public_id].pop("id_number", None)
    return {one: facts[keeper.public_id] for one, keeper in asked.items() if keeper.public_id in facts}


@kept
def _papers_of(people: list[int]) -> QuerySet:
    return PersonDocument.objects.filter(person__among=people, until__isnull=True)


@kept
def _addresses_of(people: list[int]) -> QuerySet:
    return Residence.objects.filter(person__among=people, until__isnull=True)


@kept
def _seats_of(people: list[int]) -> QuerySet:
    return Membership.objects.filter(person__among=people, until__isnull=True)


@kept
def _seats_in(houses: list[int]) -> QuerySet:
    present = Membership.objects.filter(household__among=houses, until__isnull=True)
    return present.values_list("household", flat=True)


def _facts_of(
    people: list[Person], *, on: date, wanted: Collection[str] = ITEMS
) -> dict[UUID, dict[str, Fact]]:
    public = {person.id: person.public_id for person in people}
    facts = {person.public_id: _own_facts(person, on=on, wanted=wanted) for person in people}
    # The kind is sorted out here, so that the database always goes by the people.
    for paper in _papers_of(list(public)) if "id_number" in wanted else ():
        if paper.kind == DocumentKind.ID_CARD:
            told = Fact(paper.number, f"来自居民档案 {full_day(paper.since)}")
            facts[public[paper.person_id]]["id_number"] = told
    for row in _addresses_of(list(public)) if _ADDRESSES & set(wanted) else ():
        name = "address" if row.kind == AddressKind.LIVES else "hukou_address"
        value = row.address or (area_name(row.area) if row.area else "")
        if value:
            told = Fact(value, f"来自居民档案 {full_day(day_of(row.noted_at))}")
            facts[public[row.person_id]][name] = told
    own = _seats_of(list(public)) if _HOUSEHOLD & set(wanted) else []
    sizes = Counter(_seats_in([seat.household_id for seat in own])) if own else {}
    for seat in own:
        known = facts[public[seat.person_id]]
        known["household_size"] = Fact(sizes[seat.household_id], "来自居民档案")
        known["household_role"] = Fact(role_label(seat.role), f"来自居民档案 {full_day(seat.since)}")
    return facts


# What stands on the file itself: by which field it is dated, and how it is read.
_OWN: dict[str, tuple[str, Callable[[Person, date], Any]]] = {
    "name": ("name", lambda person, on: person.name),
    "sex": ("sex", lambda person, on: _KNOWN_SEX.get(person.sex, "")),
    "birth_on": ("birth_on", lambda person, on: person.birth_on),
    "age": ("birth_on", lambda person, on: _age(person, on)),
    "phone": ("phone", lambda person, on: person.phone),
    "file_number": ("file_number", lambda person, on: person.number),
    "householder": ("householder", lambda person, on: person.householder),
    "community": ("address", lambda person, on: area_name(person.community)),
    "street": ("address", lambda person, on: area_name(person.street)),
    "grid": ("address", lambda person, on: _grid(person)),
    "residence_kind": ("address", lambda person, on: ResidentKind(person.residence_kind).label),
}
_KNOWN_SEX = {one.value: one.label for one in (Sex.MALE, Sex.FEMALE)}


def _own_facts(person: Person, *, on: date, wanted: Collection[str]) -> dict[str, Fact]:
    return {
        name: Fact(value, source_line(person, source))
        for name, (source, read) in _OWN.items()
        if name in wanted and (value := read(person, on)) not in ("", None)
    }


def _age(person: Person, on: date) -> int | None:
    return age_on(person.birth_on, on) if person.birth_on and person.birth_on <= on else None


def _grid(person: Person) -> str:
    return area_name(person.area) if person.area != person.community else ""


def source_line(person: Person, field: str) -> str:
    """Where a fact of the file came from, in words."""
    noted_on, source = person.sources.get(field) or [day_of(person.registered_at).isoformat(), ""]
    label = FactSource(source).label if source in FactSource.values else source
    return f"来自居民档案 {full_day(date.fromisoformat(noted_on))}" + (f"（{label}）" if label else "")
