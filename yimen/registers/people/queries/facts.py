"""Facts of a person for filling forms, each with its source (预填来源)."""

from datetime import date
from typing import Any
from uuid import UUID

from yimen.foundations.forms.ports import Fact
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.periods import age_on
from yimen.registers.people.choices import AddressKind, DocumentKind, FactSource, Sex
from yimen.registers.people.models import Membership, Person, PersonDocument, Residence
from yimen.registers.people.permissions import VIEW_FILE
from yimen.registers.people.queries.persons import get_person
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
    "file_number",
)


def person_facts(public_id: UUID, *, by: Actor, on: date) -> dict[str, Fact]:
    """What the register knows of a person, by name: name, sex, birth_on, age, id_number, phone, address, community …

    Facts that are not known are left out. Four queries. Refuses who is not within reach.
    """
    person = get_person(public_id, by=by, permission=VIEW_FILE)
    facts: dict[str, Fact] = {}

    def put(name: str, value: Any, source_of: str = "") -> None:
        if value not in ("", None):
            facts[name] = Fact(value, source_line(person, source_of or name))

    put("name", person.name)
    put("sex", Sex(person.sex).label if person.sex in (Sex.MALE, Sex.FEMALE) else "", "sex")
    put("birth_on", person.birth_on)
    put("age", age_on(person.birth_on, on) if person.birth_on and person.birth_on <= on else None, "birth_on")
    put("phone", person.phone)
    put("file_number", person.number)
    put("householder", person.householder)
    put("community", area_name(person.community), "address")
    paper = PersonDocument.objects.filter(
        person=person, kind=DocumentKind.ID_CARD, until__isnull=True
    ).first()
    if paper:
        facts["id_number"] = Fact(paper.number, f"来自居民档案 {paper.since.isoformat()}")
    for row in Residence.objects.filter(person=person, until__isnull=True):
        name = "address" if row.kind == AddressKind.LIVES else "hukou_address"
        value = row.address or (area_name(row.area) if row.area else "")
        if value:
            facts[name] = Fact(value, f"来自居民档案 {day_of(row.noted_at).isoformat()}")
    own = Membership.objects.filter(person=person, until__isnull=True)
    houses = list(own.values_list("household", flat=True))
    if size := Membership.objects.filter(household__in=houses, until__isnull=True).count():
        facts["household_size"] = Fact(size, "来自居民档案")
    return facts


def source_line(person: Person, field: str) -> str:
    """Where a fact of the file came from, in words."""
    noted_on, source = person.sources.get(field) or [day_of(person.registered_at).isoformat(), ""]
    label = FactSource(source).label if source in FactSource.values else source
    return f"来自居民档案 {noted_on}" + (f"（{label}）" if label else "")
