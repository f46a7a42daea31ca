"""Load a person within reach, with the right to do something."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yimen.foundations.audit.api import looks_lately
from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotAllowed, NotFound
from yimen.registers.people.models import Person
from yimen.registers.people.rules.rights import may_with_person


class NoSuchPerson(NotFound):
    code = "people.no_such_person"
    sentence = "没有找到这份居民档案，或不在您的范围内。"


class FileLookedAt(NamedTuple):
    """All that a look needs of a file (查阅), and whether ``lately`` there was the same one."""

    public_id: UUID
    area: str
    lately: bool


def get_person(public_id: UUID, *, by: Actor, permission: str, lock: bool = False) -> Person:
    """One person within reach on whose file ``by`` may use ``permission``; ``lock`` for a writer.

    The file another one was put into answers for it (并档).
    """
    found = next(iter(_named(by, public_id, lock=lock)), None)
    if found is not None and found.merged_into_id:
        found = next(iter(_numbered(by, found.merged_into_id, lock=lock)), None)
    if found is None:
        raise NoSuchPerson()
    must_with_person(found, by=by, permission=permission)
    return found


@kept
def _named(by: Actor, public_id: UUID, *, lock: bool) -> QuerySet:
    return _within(by, lock).filter(public_id=public_id)


@kept
def _numbered(by: Actor, number: int, *, lock: bool) -> QuerySet:
    return _within(by, lock).filter(id=number)


def _within(by: Actor, lock: bool) -> QuerySet:
    people = Person.objects.within(by)
    return people.select_for_update(of=("self",)) if lock else people


def file_looked_at(
    public_id: UUID, *, by: Actor, permission: str, since: datetime, until: datetime, why: str
) -> FileLookedAt:
    """The file that ``by`` looks at, in one statement; refuses as `get_person` does."""
    for row in _looked_at(by, public_id, by.key, since, until, why):
        found = FileLookedAt(*row)
        must_with_person(found, by=by, permission=permission)
        return found
    raise NoSuchPerson()


@kept
def _looked_at(
    by: Actor, public_id: UUID, actor: str, since: datetime, until: datetime, why: str
) -> QuerySet:
    people = Person.objects.within(by)
    lately = Exists(looks_lately(OuterRef("public_id"), actor=actor, since=since, until=until, why=why))
    return people.filter(id=_keeper(people, public_id)).values_list("public_id", "area", lately)


def must_with_person(person: Any, *, by: Actor, permission: str) -> None:
    """Refuse unless ``by`` may use ``permission`` on this file."""
    if not may_with_person(by, permission, area=person.area):
        raise NotAllowed(permission=permission, area=person.area)


def person_ids(public_id: UUID, *, by: Actor) -> list[UUID]:
    """All public ids that mean this person: her file's and those of the files put into it (并档)."""
    return _ids(by, public_id)


@kept
def _ids(by: Actor, public_id: UUID) -> QuerySet:
    people = Person.objects.within(by)
    keeper = _keeper(people, public_id)
    both = people.filter(Q(id=keeper) | Q(merged_into=keeper))
    return both.order_by(F("merged_into_id").asc(nulls_first=True), "id").values_list("public_id", flat=True)


def absorbed_ids(kept: Any, *, by: Actor) -> QuerySet:
    """The public ids of the files put into one (并档), to ask for within a statement; ``kept`` may be an outer reference."""
    return Person.objects.within(by).filter(merged_into__public_id=kept).values("public_id")


def communities_of_people(public_ids: Iterable[UUID], *, by: Actor) -> dict[UUID, str]:
    """The community that each of these files follows now; who is beyond reach is left out."""
    rows = Person.objects.within(by).filter(public_id__in=set(public_ids))
    return dict(rows.values_list("public_id", "community"))


def _keeper(people: QuerySet, public_id: UUID) -> Subquery:
    """The number of the file that answers for this id (并档)."""
    return Subquery(people.filter(public_id=public_id).values(keeper=Coalesce("merged_into_id", "id")))


def ids_of_people(public_ids: Iterable[UUID], *, by: Actor) -> dict[UUID, UUID]:
    """For many people at once: every id that means one of them → the id of her kept file (并档). One query."""
    wanted = set(public_ids)
    rows = Person.objects.within(by).filter(merged_into__public_id__in=wanted)
    return {one: one for one in wanted} | dict(rows.values_list("public_id", "merged_into__public_id"))
