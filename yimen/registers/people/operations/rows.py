"""The two places where rows of people are written: new files, and what follows from changed ones."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from yimen.foundations.audit.api import operation, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.ids import uuid7_texts
from yimen.kernel.text import clean_line, clean_name
from yimen.registers.people.choices import AddressKind
from yimen.registers.people.engine.hashes import number_hash, tail_hash
from yimen.registers.people.engine.inserting import FEW, insert_groups, insert_lists, insert_rows
from yimen.registers.people.engine.numbers import file_number, next_ids
from yimen.registers.people.engine.plain_rows import plain_row
from yimen.registers.people.engine.truths import Snapshot, Truth, snapshot_of, truths_of
from yimen.registers.people.models import (
    FormerName,
    Household,
    LocalTie,
    Membership,
    Person,
    PersonDocument,
    Residence,
    SearchKey,
)
from yimen.registers.people.rules.contacts import kept_phone
from yimen.registers.people.rules.population import Cell
from yimen.registers.people.rules.registration import Identity, NewPerson, NewTie, is_householder

BATCH = 2000
# So many files have more rows than go together in one statement of instances.
SEVERAL = FEW
Kind = Callable[[type[Any]], type[Any]]
NOT_RELATED = "99"
_KEY_COLUMNS = {"street": "text", "person_id": "bigint", "area": "text", "key": "text"}
_CELL_COLUMNS = {
    "id": "uuid",
    "area": "text",
    "month": "date",
    **dict.fromkeys(("measure", "sex", "band", "kind"), "text"),
    "amount": "integer",
}


@operation("people.files.stored", inner=True)
def store_people(
    *,
    by: Actor,
    at: datetime,
    news: Sequence[NewPerson],
    identities: Sequence[Identity],
    into: Household | None = None,
) -> list[Person]:
    """Write new files with everything that follows from them, set by set; ``into`` is a household that exists.

    Of many no model instances are made: what is answered then are plain rows with the same attributes.
    """
    kind: Kind = plain_row if len(news) > SEVERAL else _itself
    numbers = next_ids(len(news))
    truths = [
        _new_truth(new, identity, row_id, by=by, at=at, kind=kind)
        for new, identity, row_id in zip(news, identities, numbers, strict=True)
    ]
    memberships = _place_in_households(list(zip(news, truths, strict=True)), into, at=at, kind=kind)
    for truth in truths:
        for field, value in truth.copies().items():
            setattr(truth.person, field, value)
    former = [
        kind(FormerName)(person=truth.person, name=name, noted_on=day_of(at))
        for truth in truths
        for name in truth.former_names
    ]
    ties = [
        kind(LocalTie)(person=truth.person, noted_at=at, noted_by=by.key, **_tie_told(tie))
        for new, truth in zip(news, truths, strict=True)
        for tie in new.ties
    ]
    insert_groups([truth.person for truth in truths])
    # What hangs on a person is seen through her row, so that one is written first.
    insert_groups(
        [row for truth in truths for row in truth.residences],
        [row for truth in truths for row in truth.documents],
        former,
        memberships,
        ties,
    )
    nothing = Snapshot("", "", frozenset(), Counter())
    made = [(truth.person, nothing, snapshot_of(truth)) for truth in truths]
    _write_keys(made)
    _write_figures(made)
    return [truth.person for truth in truths]


@operation("people.copies.kept", inner=True)
def keep_in_step(*, by: Actor, at: datetime, before: Mapping[int, Snapshot]) -> list[Person]:
    """Make copies, search keys and figures of these people follow their rows again, and count the version up."""
    truths = truths_of(Person.objects.filter(id__in=before))
    changes = []
    for number, truth in truths.items():
        person = truth.person
        copies = truth.copies()
        for field, value in copies.items():
            setattr(person, field, value)
        person.version += 1
        person.changed_at, person.changed_by_name = at, by.name
        changes.append((person, before[number], snapshot_of(truth)))
    if changes:
        kept = [truth.person for truth in truths.values()]
        fields = [*copies, "version", "changed_at", "changed_by_name"]
        Person.objects.bulk_update(kept, fields, batch_size=BATCH // 4)
    _write_keys(changes)
    _write_figures(changes)
    return [truth.person for truth in truths.values()]


@operation("people.keys.written", inner=True)
def write_keys_anew(
    *, by: Actor, at: datetime, before: dict[int, Snapshot], people: Sequence[Person]
) -> None:
    """Write the search keys (检索键) of files whose hashes were made again; nothing else of a file changes."""
    unchanged()
    _write_keys(
        [(truth.person, before[number], snapshot_of(truth)) for number, truth in truths_of(people).items()]
    )


@operation("people.traces.removed", inner=True)
def remove_traces(*, by: Actor, at: datetime, people: Sequence[Person]) -> None:
    """Take search keys and figures of people away whose files go (随档案删除); their rows must still stand."""
    nothing = Snapshot("", "", frozenset(), Counter())
    changes = [(truth.person, snapshot_of(truth), nothing) for truth in truths_of(people).values()]
    SearchKey.objects.filter(person__in=[person for person, _, _ in changes]).delete()
    _write_figures(changes)


def _itself(model: type[Any]) -> type[Any]:
    return model


def _new_truth(
    new: NewPerson, identity: Identity, row_id: int, *, by: Actor, at: datetime, kind: Kind
) -> Truth:
    today = day_of(at)
    name, phone = clean_name(new.name), kept_phone(new.phone)
    since = new.since or today
    told = {
        "name": name,
        "sex": new.sex or identity.sex,
        "birth_on": identity.birth_on,
        "phone": phone,
        "address": new.lives_address,
    }
    told_id = {"public_id": new.public_id} if new.public_id else {}
    person = kind(Person)(
        **told_id,
        id=row_id,
        number=file_number(new.community[:9], row_id),
        street=new.community[:9],
        community=new.community,
        area=new.community,
        name=name,
        sex=identity.sex,
        birth_on=identity.birth_on,
        phone=phone,
        doubts=list(identity.doubts),
        sources={field: [today.isoformat(), str(new.source)] for field, value in told.items() if value},
        counted_from=max(since, today.replace(month=1, day=1)),
        registered_at=at,
        registered_by=by.key,
        changed_at=at,
        changed_by_name=by.name,
    )
    truth = Truth(person, former_names=[clean_name(name) for name in new.former_names if clean_name(name)])
    truth.residences = _residences(new, person, since, by=by, at=at, kind=kind(Residence))
    paper = kind(PersonDocument)
    truth.documents = [
        paper(
            person=person,
            kind=document,
            number=number,
            number_hash=number_hash(number),
            tail_hash=tail_hash(number),
            since=today,
        )
        for document, number in identity.documents
    ]
    return truth


def _tie_told(tie: NewTie) -> dict[str, Any]:
    return {
        "kind": tie.kind,
        "area": tie.community,
        "place": tie.place,
        "basis": tie.basis,
        "since": tie.since,
        "until": tie.until,
    }


def _residences(
    new: NewPerson, person: Person, since: date, *, by: Actor, at: datetime, kind: type[Any]
) -> list[Residence]:
    noted = {"person": person, "noted_at": at, "noted_by": by.key}
    address = clean_line(new.lives_address) or (new.lives_at.address if new.lives_at else "")
    rows = []
    if new.lives_here:
        area = new.community
        rows.append(
            kind(
                kind=AddressKind.LIVES,
                area=area,
                dwelling=new.lives_at,
                address=address,
                since=since,
                **noted,
            )
        )
    elif address:
        rows.append(kind(kind=AddressKind.LIVES, area="", address=address, since=since, **noted))
    hukou = new.hukou if new.lives_here else new.hukou or new.community
    if hukou or new.hukou_address:
        words = clean_line(new.hukou_address) or (
            address if hukou == new.community and new.lives_here else ""
        )
        begun = new.hukou_since or since
        rows.append(kind(kind=AddressKind.HUKOU, area=hukou, address=words, since=begun, **noted))
    return rows


def _place_in_households(
    pairs: list[tuple[NewPerson, Truth]], into: Household | None, *, at: datetime, kind: Kind
) -> list[Membership]:
    """Found the households named in the batch, and seat everyone."""
    houses: dict[str, Household] = {}
    for new, truth in pairs:
        key = _house_key(new, truth)
        if into is None and is_householder(new):
            houses[key] = _household_for(truth, kind(Household), householder=truth.person.name)
        elif into is None and new.household and key not in houses:
            houses[key] = _household_for(truth, kind(Household))
    for house, row_id in zip(houses.values(), next_ids(len(houses), "people_household"), strict=True):
        house.id = row_id
    insert_groups(list(houses.values()))
    seats = []
    for new, truth in pairs:
        house = into or houses.get(_house_key(new, truth))
        if house is None:
            continue
        truth.household, truth.role = house, new.role or NOT_RELATED
        since = max([row.since for row in truth.residences], default=day_of(at))
        seats.append(kind(Membership)(household=house, person=truth.person, role=truth.role, since=since))
    return seats


def _house_key(new: NewPerson, truth: Truth) -> str:
    return new.household or f"of {truth.person.id}"


def _household_for(truth: Truth, kind: type[Any], *, householder: str = "") -> Household:
    copies = truth.copies()
    lives = truth.present(AddressKind.LIVES)
    return kind(
        street=copies["street"],
        community=copies["community"],
        area=copies["area"],
        dwelling=lives.dwelling if lives else None,
        address=copies["address"],
        householder=householder,
    )


def _write_keys(changes: list[tuple[Person, Snapshot, Snapshot]]) -> None:
    added = []
    for person, was, now in changes:
        # Under which key a telephone stands is not known while keys are being changed: then all are written anew.
        stayed = (was.street, was.area) == (now.street, now.area) and not was.older_keys
        gone, come = was.keys | was.older_keys, now.keys
        if stayed:
            gone, come = was.keys - now.keys, now.keys - was.keys
        if gone:
            SearchKey.objects.filter(street=was.street, person=person, key__in=sorted(gone)).delete()
        if come:
            added.append((now.street, person.id, now.area, list(come)))
    insert_lists("people_searchkey", _KEY_COLUMNS, added)


def _write_figures(changes: list[tuple[Person, Snapshot, Snapshot]]) -> None:
    amounts: Counter[Cell] = Counter()
    for _, was, now in changes:
        for cell, amount in now.cells.items():
            amounts[cell] += amount
        for cell, amount in was.cells.items():
            amounts[cell] -= amount
    cells = [cell for cell in sorted(amounts) if amounts[cell]]
    months = {month: month.isoformat() for month in {cell.month for cell in cells}}
    rows = [
        (row_id, area, months[month], *more, amounts[area, month, *more])
        for row_id, (area, month, *more) in zip(uuid7_texts(len(cells)), cells, strict=True)
    ]
    insert_rows("people_populationdelta", _CELL_COLUMNS, rows)
