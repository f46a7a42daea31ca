"""What stands against the rows of a sheet of residents (名册核对): the rules of putting on file, and who is on file already."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from yimen.foundations.imports.api import read_day
from yimen.foundations.imports.ports import Afterword, Note, SheetRow
from yimen.kernel.actor import Actor
from yimen.kernel.text import clean_name
from yimen.registers.people.choices import HOUSEHOLDER, DocumentKind, Doubt, SuspicionAnswer
from yimen.registers.people.engine.bearers import bearers_of
from yimen.registers.people.engine.hashes import number_hashes
from yimen.registers.people.models import Person, Suspicion
from yimen.registers.people.permissions import COMPARE
from yimen.registers.people.rules.registration import Identity, NewPerson, judge
from yimen.registers.people.rules.sheets import FIELD_COLUMN, new_person, new_tie
from yimen.registers.places.api import area_name, communities_by_name, told_community


@dataclass(frozen=True)
class Judged:
    """A row that can be put on file (合格行): what it says, and what its numbers tell."""

    row: int
    new: NewPerson
    identity: Identity


def judge_rows(
    rows: Sequence[SheetRow], *, by: Actor, on: date, area: str
) -> tuple[list[Judged], dict[int, list[Note]]]:
    """The rows that can be put on file, and notes on all that need one; a fixed number of queries for any number of rows."""
    judged: list[Judged] = []
    notes: dict[int, list[Note]] = {}
    communities, everywhere = communities_by_name(area), _communities_everywhere(rows)
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        code, note = told_community(row.get("community"), communities, area)
        new, found = new_person(row, community=code, read_day=read_day)
        if note:
            found.append(note)
        if new is not None:
            faults, identity = judge(new, today=on)
            found += [Note(FIELD_COLUMN.get(fault.field, ""), fault.sentence) for fault in faults]
            if identity is not None:
                found += _twins(identity, row.number, seen)
                tie, against = new_tie(
                    row,
                    community=_community_anywhere(row.get("tie_community"), everywhere),
                    born=identity.birth_on,
                    today=on,
                    read_day=read_day,
                )
                found += against
                new = replace(new, ties=(tie,)) if tie else new
                judged.append(Judged(row.number, new, identity))
                found += _doubts(identity)
        if found:
            notes[row.number] = found
    _note_householders(judged, notes)
    _note_bearers(judged, notes, by=by)
    refused = {row for row, found in notes.items() if any(note.refuses for note in found)}
    return [one for one in judged if one.row not in refused], notes


def _communities_everywhere(rows: Sequence[SheetRow]) -> dict[str, list[str]]:
    """All communities of the installation by name, where a row asks for one: people work and learn in other streets too."""
    return communities_by_name("") if any(row.get("tie_community") for row in rows) else {}


def _community_anywhere(text: str, known: Mapping[str, list[str]]) -> tuple[str, Note | None]:
    """The community that a cell names, in whichever street; or what is wrong with the cell. Nothing for an empty one."""
    codes = known.get(text, [])
    if len(codes) == 1 or not text:
        return (codes[0] if codes else ""), None
    if codes:
        return "", Note("tie_community", "有几个社区叫这个名字，请写十二位统计用区划代码。")
    return "", Note("tie_community", "没有这个社区，请写社区名称或十二位统计用区划代码。")


def check_rows(*, rows: Sequence[SheetRow], by: Actor, on: date, area: str) -> dict[int, list[Note]]:
    """Notes on the rows of a sheet (核对名册); nothing is written."""
    return judge_rows(rows, by=by, on=on, area=area)[1]


def doubles_among(subjects: QuerySet, *, by: Actor) -> list[Afterword]:
    """Whom the rules hold for somebody on file (疑似重复), found after the import; it stops nothing."""
    if not by.can_somewhere(COMPARE):
        return []
    open_pairs = Suspicion.objects.within(by).filter(answer=SuspicionAnswer.OPEN)
    count = open_pairs.filter(Q(person__public_id__in=subjects) | Q(other__public_id__in=subjects)).count()
    if not count:
        return []
    return [
        Afterword(f"按疑似重复规则，有 {count} 对可能是同一个人。", "逐对核对", reverse("people:doubles"))
    ]


def _twins(identity: Identity, row: int, seen: dict[tuple[str, str], int]) -> list[Note]:
    """The same number twice, however it is written: 15 digits and 18 of one card are one."""
    found = []
    for document in identity.documents:
        first = seen.setdefault(document, row)
        if first != row:
            column = "id_number" if document[0] == DocumentKind.ID_CARD else "document_number"
            found.append(Note(column, f"和第 {first} 行是同一个证件号码。"))
    return found


def _doubts(identity: Identity) -> list[Note]:
    told = {
        Doubt.SEX_DIFFERS.value: Note(
            "sex", "和身份证号码上的性别不一致，导入后档案上会提示待核。", refuses=False
        ),
        Doubt.BIRTH_DIFFERS.value: Note(
            "birth_on", "和身份证号码上的出生日期不一致，导入后档案上会提示待核。", refuses=False
        ),
    }
    return [told[doubt] for doubt in identity.doubts if doubt in told]


def _note_householders(judged: Sequence[Judged], notes: dict[int, list[Note]]) -> None:
    heads = Counter(one.new.household for one in judged if one.new.household and one.new.role == HOUSEHOLDER)
    seen: set[str] = set()
    for one in judged:
        house = one.new.household
        if house and one.new.role == HOUSEHOLDER and heads[house] > 1:
            if house in seen:
                notes.setdefault(one.row, []).append(Note("role", "这一户已经有一位户主了。"))
            seen.add(house)


def _note_bearers(judged: Sequence[Judged], notes: dict[int, list[Note]], *, by: Actor) -> None:
    """Numbers that are on file already (已建档)."""
    wanted: dict[tuple[str, str], int] = {}
    for one in judged:
        for kind, number in one.identity.documents:
            wanted |= {(kind, each): one.row for each in number_hashes(number)}
    bearers = [
        one for one in bearers_of({each for _, each in wanted}) if (one.kind, one.number_hash) in wanted
    ] if wanted else []  # fmt: skip
    if not bearers:
        return
    known = {
        person.public_id: person
        for person in Person.objects.within(by).filter(public_id__in=[one.public_id for one in bearers])
    }
    names = {one.row: clean_name(one.new.name) for one in judged}
    for one in bearers:
        row = wanted[one.kind, one.number_hash]
        person = known.get(one.public_id)
        if person is None:
            sentence = f"这个号码已经建档，属{area_name(one.street)}，登记的是{one.masked_name}。"
        else:
            other = "" if person.name == names[row] else f"，登记的名字是{person.name}"
            sentence = f"这个号码已经建档，档案号 {person.number}{other}。"
        notes.setdefault(row, []).append(
            Note("id_number" if one.kind == "id_card" else "document_number", sentence)
        )
