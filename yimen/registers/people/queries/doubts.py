"""Files on which something is still owed (待核事项)."""

from collections.abc import Sequence

from django.db.models import QuerySet

from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.registers.people.choices import Doubt
from yimen.registers.people.models import Person
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.queries.restrictions import RESTRICTED


def papers_missing(*, by: Actor) -> QuerySet[Person]:
    """Living residents put on file without a paper, where the actor registers (证件待补), newest first by their id."""
    areas = by.areas_for(REGISTER)
    return _missing(by, areas) if areas else Person.objects.none()


def first_missing(*, by: Actor, most: int) -> list[int]:
    """The ids of some of them, for the first page to count."""
    areas = by.areas_for(REGISTER)
    return _first_missing(by, areas, most=most) if areas else []


@kept
def _first_missing(by: Actor, areas: Sequence[str], *, most: int) -> QuerySet:
    return _missing(by, areas).order_by("id").values_list("id", flat=True)[:most]


def _missing(by: Actor, areas: Sequence[str]) -> QuerySet[Person]:
    people = Person.objects.within(by).canonical().filter(area__begins_with_any=areas, died_on__isnull=True)
    return people.filter(doubts__contains=[Doubt.PAPERS_MISSING.value]).exclude(RESTRICTED)
