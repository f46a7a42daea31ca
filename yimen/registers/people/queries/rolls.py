"""The roll of residents (居民名册), for a full export."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import MD5, Cast, Concat

from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, community_of, level
from yimen.registers.people.choices import HOUSEHOLDER, DocumentKind, ResidentKind
from yimen.registers.people.models import Membership, Person, PersonDocument
from yimen.registers.people.permissions import FIND, VIEW_FILE
from yimen.registers.people.queries.restrictions import RESTRICTED
from yimen.registers.places.api import areas_under, find_area


def residents(*, by: Actor) -> QuerySet[Person]:
    """The living residents whose files this actor opens (居民名册): those of her areas, not those she is tied to.

    Who wants her data used for little (限制使用) stands on no list.
    """
    areas = by.areas_for(VIEW_FILE)
    if not areas:
        return Person.objects.none()
    living = Person.objects.within(by).filter(merged_into=None, died_on=None).exclude(RESTRICTED)
    return living.filter(area__begins_with_any=areas)


def draw_residents(
    *, by: Actor, area: str, youngest: int, householders: bool, on: date, seed: str, most: int
) -> tuple[int, list[tuple[UUID, str, str, str]]]:
    """Residents who live in an area, in an order of chance (随机抽取): how many there are, and of the first ``most`` public id,
    name, community and area.

    The order follows from ``seed`` and the public ids alone, so the same seed draws the same people again, also when others
    moved in meanwhile. ``householders``: one of each household. ``youngest`` leaves out who is younger, and who has none on file.
    """
    found = residents(by=by).filter(area__begins_with_any=[area])
    found = found.exclude(residence_kind__in=(ResidentKind.AWAY, ResidentKind.LEFT))
    if youngest:
        found = found.filter(birth_on__lte=_years_before(on, youngest))
    if householders:
        seats = Membership.objects.within(by).filter(role=HOUSEHOLDER, until=None)
        found = found.filter(id__in=seats.values("person_id"))
    chance = MD5(Concat(Value(seed), Cast("public_id", TextField())))
    drawn = found.order_by(chance, "id").values_list("public_id", "name", "community", "area")
    return found.count(), list(drawn[:most])


def id_numbers(people: Iterable[Person]) -> dict[int, str]:
    """The id numbers of these people, by the number of their file; one query."""
    rows = PersonDocument.objects.filter(
        person__in=[one.id for one in people], kind=DocumentKind.ID_CARD, until=None
    )
    return {row.person_id: row.number for row in rows}


def communities_of(by: Actor) -> list[tuple[str, str]]:
    """The communities whose residents this actor may list, to choose from."""
    return _communities(by.areas_for(VIEW_FILE))


def communities_to_find_in(by: Actor) -> list[tuple[str, str]]:
    """The communities where this actor finds people, to choose from."""
    return _communities(by.areas_for(FIND))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        # Who was born on the 29th of February has her birthday on the 1st of March in other years.
        return day.replace(year=day.year - years, day=28)


def _communities(areas: Iterable[str]) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for area in areas:
        wide = area == "" or level(area) in (Level.COUNTY, Level.STREET)
        lines = areas_under(area, Level.COMMUNITY) if wide else [find_area(community_of(area) or area)]
        found |= {line.code: line.name for line in lines if line is not None}
    return list(found.items())
