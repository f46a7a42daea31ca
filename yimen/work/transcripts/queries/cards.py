"""The card to type from (抄录卡): the fields of the other system with what is known of the case and of who asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from yimen.foundations.forms.api import NoSheet, get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import Refused
from yimen.registers.people.api import DocumentKind, PersonFile, get_file, shown_in
from yimen.standards.masking import mask_address
from yimen.work.desk.api import find_cases
from yimen.work.transcripts.choices import Standing
from yimen.work.transcripts.engine.fields import CardLine, Known, shown_fields
from yimen.work.transcripts.engine.grammar import OF_THE_PERSON, OutsideSystem, find_system
from yimen.work.transcripts.models import Transcript
from yimen.work.transcripts.permissions import OPEN_FILE, VIEW, WRITE


@dataclass(frozen=True)
class Card:
    """One case as the other system wants it (抄录卡). ``asks`` are the facts shown in part, with the purposes for which more is
    shown; ``document`` is the paper whose number that is."""

    transcript: Transcript
    system: OutsideSystem | None
    lines: Sequence[CardLine]
    writes: bool
    asks: Sequence[tuple[str, str, Sequence[tuple[str, str]]]] = ()
    document: UUID | None = None
    opens_file: bool = False

    @property
    def title(self) -> str:
        return self.system.title if self.system else "外部系统（已停用）"

    @property
    def tone(self) -> str:
        return TONES[Standing(self.transcript.standing)]


TONES = {
    Standing.WAITING: "warn",
    Standing.WRITTEN: "info",
    Standing.ENDED: "good",
    Standing.DROPPED: "neutral",
}
_FACTS = {"id_number": "证件号码", "phone": "联系电话", "address": "住址"}


def cards_of_case(case: UUID, *, by: Actor, on: date) -> list[Card]:
    """The cards of one case, one for each system; a number of queries that does not grow with the systems."""
    rows = list(Transcript.objects.within(by).filter(case=case).order_by("system"))
    return _cards([one for one in rows if by.can(VIEW, area=one.area)], by=by, on=on)


def get_card(found: Transcript, *, by: Actor, on: date, opened: tuple[str, str] | None = None) -> Card:
    """The card of one transcript; ``opened`` is a fact that is shown whole this once, and its value."""
    return _cards([found], by=by, on=on, opened=opened)[0]


def _cards(
    rows: Sequence[Transcript], *, by: Actor, on: date, opened: tuple[str, str] | None = None
) -> list[Card]:
    told = [(row, find_system(row.system, on=on)) for row in rows]
    known_systems = [system for _, system in told if system]
    if not known_systems:
        return [Card(row, None, (), writes=False) for row, _ in told]
    case = find_cases(by=by).filter(public_id=rows[0].case).first()
    file = _file(rows[0], by=by, on=on) if any(one.asks(*OF_THE_PERSON) for one in known_systems) else None
    facts, masked, asks, document = _facts(file, by=by, on=on)
    if opened:
        facts[opened[0]], masked = opened[1], masked - {opened[0]}
    known = Known(
        facts={"name": rows[0].person_name, "case_number": rows[0].case_number} | facts,
        masked=frozenset(masked),
        accepted_on=rows[0].accepted_on,
        answers=_answers(case.sheet, by=by)
        if case and case.sheet and any(one.asks("answer") for one in known_systems)
        else {},
    )
    return [
        Card(
            row,
            system,
            shown_fields(system, known) if system else (),
            writes=system is not None and row.standing != Standing.DROPPED and by.can(WRITE, area=row.area),
            asks=[one for one in asks if system and one[0] in masked and system.asks(one[0])],
            document=document,
            opens_file=file is not None,
        )
        for row, system in told
    ]


def _file(row: Transcript, *, by: Actor, on: date) -> PersonFile | None:
    """Her file, None for who may not open it: then these fields are typed by hand."""
    if not by.can_somewhere(OPEN_FILE):
        return None
    try:
        return get_file(row.person, by=by, on=on, with_cards=False)
    except Refused:
        return None


def _facts(
    file: PersonFile | None, *, by: Actor, on: date
) -> tuple[dict[str, str], set[str], list[tuple[str, str, Any]], UUID | None]:
    """What her file says, the facts of it that this post sees in part, and why it may ask for them whole."""
    if file is None:
        return {}, set(), [], None
    shown = shown_in(by, area=file.area, on=on)
    paper = next(
        (one for one in file.documents if one.kind == DocumentKind.ID_CARD and one.until is None), None
    )
    # The number stands here in part for everybody: whole it is shown once, for a purpose, and that is noted.
    parts = {
        "id_number": paper.masked if paper else "",
        "phone": file.phone if shown.whole("phone") else file.phone_masked,
        "address": file.address if shown.whole("address") else mask_address(file.address or ""),
    }
    facts = {key: value for key, value in parts.items() if value and shown.extent(key) != "hidden"} | {
        "name": file.name
    }
    masked = {key for key in facts if key == "id_number" or (key in parts and not shown.whole(key))}
    asks = [
        (key, _FACTS[key], shown.purposes[key]) for key in _FACTS if key in masked and shown.purposes[key]
    ]
    return facts, masked, asks, paper.public_id if paper else None


def _answers(sheet: UUID, *, by: Actor) -> dict[str, Any]:
    try:
        filled = get_sheet(sheet, by=by)
    except NoSheet:
        return {}
    kinds = {one.key: one.type for one in filled.definition.body.questions}
    return {line.key: _answer(kinds[line.key], line.value, line.text) for line in filled.lines}


def _answer(kind: str, value: Any, text: str) -> Any:
    """An answer as it is typed elsewhere: days are written as the system wants them, money and numbers without words."""
    if kind == "date":
        return value if isinstance(value, date) else date.fromisoformat(value)
    if kind == "money" and isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}"
    return str(value) if kind == "number" else text
