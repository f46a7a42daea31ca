"""The rows behind one resident's file, in few statements: a file is opened at every second deed of a window."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, models
from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.registers.people.models import (
    FormerName,
    GuardianBeyond,
    Guardianship,
    LocalTie,
    Membership,
    Person,
    PersonDocument,
    ReachWay,
    Residence,
)
from yimen.registers.people.queries.households import seat_order
from yimen.registers.people.queries.persons import NoSuchPerson

# Of these most people have no row; the columns may name her.
_SELDOM = {
    FormerName: ("person_id",),
    GuardianBeyond: ("file",),
    Guardianship: ("person_id", "guardian_id"),
    LocalTie: ("person_id",),
    ReachWay: ("person_id",),
}


def naming_column(model: type[models.Model]) -> str:
    """The column by which rows of a plugged model name a resident: ``person``, or what the model says itself."""
    return getattr(model, "names_person_by", "person")


@dataclass(frozen=True)
class RowsOnFile:
    """What stands about a person (档案各行), with the files put into hers (并档).

    ``beyond`` are guardianships whose other one's file is beyond reach. ``members`` are those of her present household,
    herself among them, the householder first. ``without`` are the tables in which nothing of hers stands.
    """

    person: Person
    absorbed: list[Person]
    residences: list[Residence]
    documents: list[PersonDocument]
    members: list[Membership]
    former_names: list[str]
    guardianships: list[Guardianship]
    beyond: list[GuardianBeyond]
    ties: list[LocalTie]
    ways: list[ReachWay]
    without: frozenset[type[models.Model]]


def person_with_absorbed(public_id: UUID, *, by: Actor) -> tuple[Person, list[Person]]:
    """The kept file that an id means, and those put into it. Refuses who is not within reach."""
    found = _with_absorbed(by, public_id)
    asked = next((one for one in found if one.public_id == public_id), None)
    keeper = asked and (asked.merged_into_id or asked.id)
    kept_file = next((one for one in found if one.id == keeper), None)
    if kept_file is None:
        raise NoSuchPerson()
    return kept_file, [one for one in found if one.merged_into_id == kept_file.id]


def rows_on_file(
    person: Person, absorbed: list[Person], *, by: Actor, tables: Iterable[type[models.Model]] = ()
) -> RowsOnFile:
    """Everything on this file, and in which of the ``tables`` of other apps nothing of hers stands."""
    everyone = [person, *absorbed]
    numbers = [one.id for one in everyone]
    without = _without(tables, numbers, [one.public_id for one in everyone])
    return RowsOnFile(
        person=person,
        absorbed=absorbed,
        residences=_residences(numbers),
        documents=_documents(numbers),
        members=sorted(_members(by, person.id), key=seat_order),
        former_names=[] if FormerName in without else _former_names(numbers),
        guardianships=[] if Guardianship in without else _guardianships(person.id),
        beyond=[] if GuardianBeyond in without else _beyond(person.id),
        ties=[] if LocalTie in without else _ties(numbers),
        ways=[] if ReachWay in without else _ways(person.id),
        without=without,
    )


def _without(
    tables: Iterable[type[models.Model]], numbers: list[int], ids: list[UUID]
) -> frozenset[type[models.Model]]:
    """Where she has no row: in most tables, for most people, so all are asked in one statement.

    What lies beyond reach is no row to the database either.
    """
    # In one order, so that the statement is the same for everybody with the same rights.
    others = sorted(tables, key=lambda model: model._meta.db_table)
    asked = {model: (naming_column(model),) for model in others} | _SELDOM
    text = ", ".join(
        f'EXISTS (SELECT 1 FROM "{model._meta.db_table}" WHERE '  # nosec B608 - names of our own models
        + " OR ".join(
            f"{column} = ANY (%({'numbers' if model in _SELDOM else 'ids'})s)" for column in columns
        )
        + ")"
        for model, columns in asked.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {text}", {"numbers": numbers, "ids": ids})  # nosec B608 - as above
        return frozenset(model for model, some in zip(asked, cursor.fetchone(), strict=True) if not some)


@kept
def _with_absorbed(by: Actor, public_id: UUID) -> QuerySet:
    asked = Person.objects.within(by).filter(public_id=public_id)
    keeper = Subquery(asked.values(keeper=Coalesce("merged_into_id", "id")))
    return Person.objects.within(by).filter(Q(id=keeper) | Q(merged_into=keeper)).order_by("id")


@kept
def _residences(people: list[int]) -> QuerySet:
    return Residence.objects.filter(person__among=people)


@kept
def _documents(people: list[int]) -> QuerySet:
    return PersonDocument.objects.filter(person__among=people)


@kept
def _members(by: Actor, person: int) -> QuerySet:
    seat = Membership.objects.filter(person=person, until__isnull=True)
    # One household to be looked up, not a join: row-level security would be asked for pairs of rows.
    present = Membership.objects.within(by).filter(
        household=Subquery(seat.values("household")[:1]), until__isnull=True
    )
    return present.select_related("person", "household")


@kept
def _former_names(people: list[int]) -> QuerySet:
    return FormerName.objects.filter(person__among=people).order_by("id").values_list("name", flat=True)


@kept
def _guardianships(person: int) -> QuerySet:
    both = Guardianship.objects.filter(Q(person=person) | Q(guardian=person), until__isnull=True)
    return both.select_related("person", "guardian").order_by("id")


@kept
def _beyond(person: int) -> QuerySet:
    return GuardianBeyond.objects.filter(file=person).order_by("id")


@kept
def _ties(people: list[int]) -> QuerySet:
    return LocalTie.objects.filter(person__among=people).order_by("-since", "-id")


@kept
def _ways(person: int) -> QuerySet:
    return ReachWay.objects.filter(person=person).order_by("order", "id")
