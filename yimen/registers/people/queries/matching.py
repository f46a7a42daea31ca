"""Whom the lines of a list mean (名单对人): by complete id number, else by name and what else stands there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from yimen.kernel.actor import Actor
from yimen.kernel.pinyin import query_key
from yimen.registers.people.engine.hashes import number_hashes
from yimen.registers.people.engine.lookup import slices_of
from yimen.registers.people.models import Person, PersonDocument, SearchKey
from yimen.registers.people.permissions import FIND
from yimen.registers.people.rules.addresses import fold_address
from yimen.registers.people.rules.rights import may_with_person
from yimen.registers.people.rules.search import as_id_number, fold_phone

MOST_CANDIDATES = 8


@dataclass(frozen=True)
class Described:
    """One line of a list that came from elsewhere (名单上的一行), as far as it says who is meant."""

    name: str = ""
    id_number: str = ""
    phone: str = ""
    birth_on: date | None = None
    address: str = ""


@dataclass(frozen=True)
class Match:
    """Whom a line means: ``person`` when it is certain (对上), else ``candidates`` to choose from by hand."""

    person: UUID | None = None
    candidates: tuple[UUID, ...] = ()


def match_people(lines: Sequence[Described], *, by: Actor) -> list[Match]:
    """Whom each line means, of those the actor may find; four queries however many lines.

    A complete id number decides. Without one it takes the name and one of telephone, birth date and address, and nobody
    else who fits as well. A name alone, or a name whose number is not on file, is for a person to decide.
    """
    if not by.can_somewhere(FIND):
        by.must(FIND, area=by.home)
    hashes = {line: number_hashes(number) for line in lines if (number := as_id_number(line.id_number))}
    wanted = {each for several in hashes.values() for each in several}
    papers = PersonDocument.objects.within(by).filter(number_hash__in=wanted, until__isnull=True)
    bearer = dict(papers.values_list("number_hash", "person_id"))
    called = _called({line.name for line in lines if line.name}, by=by)
    files = _files({*bearer.values(), *(one for several in called.values() for one in several)}, by=by)
    return [_match(line, hashes.get(line, ()), bearer, called, files) for line in lines]


def _match(
    line: Described,
    hashes: Sequence[str],
    bearer: dict[str, int],
    called: dict[str, list[int]],
    files: dict[int, Person],
) -> Match:
    for each in hashes:
        if (found := files.get(bearer.get(each, 0))) is not None:
            return Match(person=found.public_id)
    namesakes = {files[one].id: files[one] for one in called.get(query_key(line.name), ()) if one in files}
    fitting = [one for one in namesakes.values() if _fits(line, one)]
    if len(fitting) == 1 and not line.id_number:
        return Match(person=fitting[0].public_id)
    ordered = sorted(namesakes.values(), key=lambda one: (one not in fitting, one.id))
    return Match(candidates=tuple(one.public_id for one in ordered[:MOST_CANDIDATES]))


def _fits(line: Described, person: Person) -> bool:
    tail = fold_phone(line.phone)[-4:]
    told = [
        person.phone_tail == tail if len(tail) == 4 and person.phone_tail else None,
        person.birth_on == line.birth_on if line.birth_on and person.birth_on else None,
        fold_address(person.address) == fold_address(line.address)
        if line.address and person.address
        else None,
    ]
    # What speaks against a birth date speaks against the person; people move and change their number.
    return any(told) and told[1] is not False


def _called(names: Iterable[str], *, by: Actor) -> dict[str, list[int]]:
    keys = {key for name in names if (key := query_key(name))}
    streets = {each.street for each in slices_of(by.areas_for(FIND))}
    rows = SearchKey.objects.within(by).filter(street__in=streets, key__in={"n" + key for key in keys})
    found: dict[str, list[int]] = {}
    for key, person in rows.values_list("key", "person_id"):
        found.setdefault(key[1:], []).append(person)
    return found


def _files(ids: set[int], *, by: Actor) -> dict[int, Person]:
    """The kept file for each of these (并档), where the actor may find her."""
    people = Person.objects.within(by)
    merged = dict(people.filter(id__in=ids, merged_into__isnull=False).values_list("id", "merged_into"))
    kept = {
        one.id: one
        for one in people.filter(Q(id__in=ids) | Q(id__in=set(merged.values())), merged_into__isnull=True)
        if may_with_person(by, FIND, area=one.area)
    }
    return {one: kept[keeper] for one in ids if (keeper := merged.get(one, one)) in kept}
