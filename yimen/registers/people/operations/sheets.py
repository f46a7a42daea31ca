"""Sheets of residents: put the good rows on file, and take a batch back as if it had never been (导入居民、撤销导入)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from yimen.foundations.audit.api import operation, record_batch
from yimen.foundations.imports.api import named_elsewhere
from yimen.foundations.imports.ports import SheetRow, Written
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.people.models import (
    FormerName,
    Household,
    LocalTie,
    Membership,
    Person,
    PersonDocument,
    Residence,
    SearchKey,
    Suspicion,
)
from yimen.registers.people.operations.registration import put_on_file
from yimen.registers.people.operations.rows import remove_traces
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.queries.sheets import judge_rows
from yimen.registers.people.rules.registration import NewPerson
from yimen.registers.places.api import doors_written

NOT_FOUND = "不在您的范围内，或已经不在了"
CHANGED = "导入以后改过"
MERGED = "已经合并档案"
FAMILY = "同一户里有人留下"
# What belongs to a file from its first moment and goes with it.
_OWN = (FormerName, PersonDocument, Residence, Membership, SearchKey, LocalTie)
_NAMES = ("person", "resident", "subject")


@operation("people.sheet.written", inner=True)
def write_rows(*, by: Actor, at: datetime, rows: Sequence[SheetRow], area: str, batch: UUID) -> Written:
    """Put the rows of a sheet on file (导入居民), with the rules of `register_person`; others come back with notes."""
    judged, notes = judge_rows(rows, by=by, on=day_of(at), area=area)
    ids = (
        put_on_file(
            by=by,
            at=at,
            people=_at_their_doors([one.new for one in judged], by=by),
            identities=[one.identity for one in judged],
        )
        if judged
        else []
    )
    made = {one.row: UUID(public_id) for one, public_id in zip(judged, ids, strict=True)}
    return Written(made=made, refused={row: found for row, found in notes.items() if row not in made})


def _at_their_doors(people: Sequence[NewPerson], *, by: Actor) -> list[NewPerson]:
    """Whose address names a registered dwelling lives behind that door (对上门牌), and so in its grid."""
    doors = doors_written(((one.community, one.lives_address) for one in people if one.lives_here), by=by)
    if not doors:
        return list(people)
    return [
        replace(one, lives_at=doors.get((one.community, one.lives_address))) if one.lives_here else one
        for one in people
    ]


@operation("people.people.withdrawn", inner=True)
def withdraw_people(*, by: Actor, at: datetime, subjects: Sequence[UUID]) -> dict[UUID, str]:
    """Take files away that an import made (撤销导入), with figures and keys; answers those left, each with the reason.

    Left is who was changed since, was merged, or is named by anything that was written since: a case, an entry, a tie. A
    household goes whole or not at all.
    """
    rows = list(
        Person.objects.within(by)
        .filter(public_id__in=list(subjects))
        .order_by("id")
        .select_for_update(of=("self",))
    )
    for street in sorted({person.area for person in rows}):
        by.must(REGISTER, area=street)
    left = dict.fromkeys(set(subjects) - {person.public_id for person in rows}, NOT_FOUND)
    left |= {person.public_id: CHANGED for person in rows if person.version != 1 or person.died_on}
    left |= dict.fromkeys(_tied_otherwise_since(rows), CHANGED)
    left |= {person.public_id: MERGED for person in rows if person.merged_into_id}
    asked = {person.public_id: person.id for person in rows if person.public_id not in left}
    left |= named_elsewhere(Person, asked, names=_NAMES, own=(Person, Suspicion, *_OWN))
    seats = list(Membership.objects.filter(person__in=rows))
    going = {person.id for person in rows if person.public_id not in left}
    houses = _whole_houses(seats, going)
    stays = {seat.person_id for seat in seats if seat.household_id not in houses}
    left |= {person.public_id: FAMILY for person in rows if person.id in going & stays}
    gone = [person for person in rows if person.id in going - stays]
    if gone:
        _take_away(gone, houses, by=by, at=at)
    record_batch(
        [{"person": str(person.public_id)} for person in gone],
        kind="person",
        area=gone[0].street if len({person.street for person in gone}) == 1 else by.home,
        withdrawn=True,
        left=len(left),
    )
    return left


def _tied_otherwise_since(people: Sequence[Person]) -> list[UUID]:
    """Whose places of work or schools (工作、就学地) were noted or ended after the import: no new edition of a file says so."""
    since = LocalTie.objects.filter(person__in=people).exclude(
        noted_at=F("person__registered_at"), ended_why=""
    )
    return list(since.values_list("person__public_id", flat=True))


def _take_away(gone: Sequence[Person], houses: set[int], *, by: Actor, at: datetime) -> None:
    numbers = [person.id for person in gone]
    remove_traces(by=by, at=at, people=gone)
    # Straight away: whether anything else points here was asked, and the database asks again.
    gone_rows = [Suspicion.objects.filter(Q(person__in=numbers) | Q(other__in=numbers))]
    gone_rows += [model.objects.filter(person__in=numbers) for model in _OWN]
    gone_rows += [Household.objects.filter(id__in=houses), Person.objects.filter(id__in=numbers)]
    for rows in gone_rows:
        rows._raw_delete(rows.db)


def _whole_houses(seats: Iterable[Membership], going: set[int]) -> set[int]:
    """The households that nobody but those who go ever belonged to."""
    named = {seat.household_id for seat in seats}
    others = Membership.objects.filter(household__in=named).exclude(person__in=going)
    return named - set(others.values_list("household", flat=True))
