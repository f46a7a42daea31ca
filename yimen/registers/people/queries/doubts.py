"""Files on which something is still owed (待核事项)."""

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.registers.people.choices import Doubt
from yimen.registers.people.models import Person
from yimen.registers.people.permissions import REGISTER


def papers_missing(*, by: Actor) -> QuerySet[Person]:
    """Living residents put on file without a paper, where the actor registers (证件待补), newest first by their id."""
    areas = by.areas_for(REGISTER)
    if not areas:
        return Person.objects.none()
    people = Person.objects.within(by).canonical().filter(area__begins_with_any=areas, died_on__isnull=True)
    return people.filter(doubts__contains=[Doubt.PAPERS_MISSING.value])
