"""Who is tied to a community by hukou, work or school, and where a resident works or learns (属地关系)."""

from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.kernel.text import clean_name
from yimen.registers.people.models import LocalTie, Person, TiedResident
from yimen.registers.people.permissions import FIND

MOST_NAMED = 10


class NotTied(NotFound):
    code = "people.not_tied"
    sentence = "没有找到这位居民和您这里的关系，可能刚刚结束了。"


class NoSuchTie(NotFound):
    code = "people.no_such_tie"
    sentence = "没有找到这条工作、就学登记，可能刚刚改过，或不在您的范围内。"


def tied_residents(*, by: Actor) -> QuerySet[TiedResident]:
    """Who is registered, works or learns where this actor finds people, wherever she lives (属地人员)."""
    areas = by.areas_for(FIND)
    if not areas:
        return TiedResident.objects.none()
    # As ranges: under a barrier only comparisons that cannot leak reach the index.
    inside = (Q(area__gte=area, area__lt=area + ":") for area in areas)
    return TiedResident.objects.within(by).filter(reduce(or_, inside))


def ties_here(person: UUID, *, by: Actor) -> list[TiedResident]:
    """What ties one resident to where this actor works; refuses when nothing does."""
    found = list(tied_residents(by=by).filter(person=person).order_by("kind", "id"))
    if not found:
        raise NotTied
    return found


def tied_by_name(name: str, *, by: Actor) -> list[TiedResident]:
    """The tied of exactly this name, for who searched and found nobody that lives here."""
    name = clean_name(name)
    if not name:
        return []
    return list(tied_residents(by=by).filter(name=name).order_by("area", "id")[:MOST_NAMED])


def local_tie(public_id: UUID, *, of: Person, by: Actor) -> LocalTie:
    """One row of hers, or of a file put into hers (并档), that has not ended."""
    rows = LocalTie.objects.within(by).filter(public_id=public_id, ended_why="")
    found = rows.select_related("person").first()
    if found is None or of.id not in (found.person_id, found.person.merged_into_id):
        raise NoSuchTie
    return found


def ties_in(area: str) -> QuerySet[LocalTie]:
    """What holds in an area when the area changes (区域调整)."""
    return LocalTie.objects.filter(area=area, until__isnull=True)
