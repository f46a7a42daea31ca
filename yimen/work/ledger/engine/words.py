"""How an entry reads: its item, both dates when it was made late, the resident's name as far as one may read it.

A row is an `Entry`, an `EntryItem` with its entry, or a `Presence`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from yimen.foundations.ui.api import words as said
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.people.api import PersonCard
from yimen.standards.masking import mask_name
from yimen.work.ledger.choices import WRITTEN
from yimen.work.ledger.engine.items import titles_of
from yimen.work.ledger.permissions import OPEN_FILE
from yimen.work.ledger.ports import source_pages

ELSEWHERE = "外街道居民"
RESTRICTED = "（本人限制使用）"


def name_rows(
    rows: Sequence[Any], cards: Mapping[UUID, PersonCard], *, by: Actor, file_url: Callable[[UUID], str]
) -> None:
    """Give each row the resident's name and file: masked, and without the file, for those who may not open it."""
    for row in rows:
        person = person_of(row)
        card = cards.get(person) if person else None
        may_open = card is not None and by.can(OPEN_FILE, area=card.area)
        if card is not None and card.restricted:
            # The deed stands and counts; whose it was is said on her file and on the case, not in a list (限制使用).
            row.person_name, row.person_url, row.readable = RESTRICTED, "", False
            continue
        row.person_name = entry_of(row).place if person is None else _name(card, may_open)
        row.person_url = file_url(person) if may_open else ""
        row.readable = may_read(entry_of(row), by=by)


def may_read(entry: Any, *, by: Actor) -> bool:
    """May this actor read the words of a note? Its writer, and who may open files there; figures are for more people."""
    mine = getattr(entry, "done_by", "") == by.key
    return mine or by.can(OPEN_FILE, area=entry.area)


def person_of(row: Any) -> UUID | None:
    """Whom a row is about."""
    return entry_of(row).person


def entry_of(row: Any) -> Any:
    """The entry of a row; a presence stands for itself."""
    return row.entry if hasattr(row, "entry_id") else row


def item_title(row: Any) -> str:
    """What is counted (项目); the entry that takes a deed back says so."""
    entry = entry_of(row)
    title = titles_of([row.item], on=entry.happened_on)
    return f"{title}（更正冲销）" if entry.acts < 0 else title


def note(row: Any) -> str:
    """What was noted, or why the deed was taken back; the words of a 随手记 only for those who may read them."""
    entry = entry_of(row)
    if entry.acts < 0:
        return f"更正原因：{entry.note}"
    hidden = entry.source_kind in WRITTEN and not getattr(row, "readable", False)
    return "" if hidden else entry.note


def late_mark(row: Any) -> str:
    """补录, for an entry made on a later day than the deed."""
    return "补录" if entry_of(row).backdated else ""


def late_words(row: Any) -> str:
    """The other date of an entry made late."""
    entry = entry_of(row)
    return f"记入 {said(day_of(entry.recorded_at))}" if entry.backdated else ""


def source_url(row: Any) -> str:
    """The page of the case, duty or gathering an entry came from, where its engine has plugged one."""
    entry = entry_of(row)
    page = source_pages.find(entry.source_kind)
    return page.url(entry.source) if page and entry.source else ""


def _name(card: PersonCard | None, may_open: bool) -> str:
    if card is None:
        return ELSEWHERE
    return card.name if may_open else mask_name(card.name)
