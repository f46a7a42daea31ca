"""What the ledger plugs into the apps below: the grammar of its items, navigation, the resident's file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from pydantic import Field

from yimen.foundations.audit.ports import proofs
from yimen.foundations.definitions.api import Grammar
from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.imports.ports import Importer, importers
from yimen.foundations.ui.api import address
from yimen.foundations.ui.api import words as said
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.registers.people.ports import (
    FileAction,
    FileCard,
    FileDeed,
    TimelineSource,
    file_actions,
    file_cards,
    merge_reconcilers,
    timeline_sources,
)
from yimen.registers.places.api import area_name, areas_to_choose
from yimen.registers.places.ports import dwelling_panels
from yimen.work.ledger.choices import SourceKind
from yimen.work.ledger.engine import words
from yimen.work.ledger.engine.practice import KIND, LedgerPractice
from yimen.work.ledger.engine.sheets import COLUMNS, check_deeds
from yimen.work.ledger.models import Entry
from yimen.work.ledger.operations import count_as_one, count_as_two
from yimen.work.ledger.operations.sheets import withdraw_deeds, write_deeds
from yimen.work.ledger.permissions import CORRECT, NOTE, OPEN_FILE, VIEW, VIEW_LATE
from yimen.work.ledger.ports import SourcePage, source_pages
from yimen.work.ledger.queries import acts_today, days_at_the_door, latest_on_file, on_file_of
from yimen.work.ledger.queries.proofs import PROOFS

SHOWN = 6
DEED = "ledger."


class ItemGrammar(Grammar):
    """A ledger item (台账项目): what is counted and in which unit.

    ``on_file`` false keeps an entry called by it out of the resident's file, where the case or visit tells it already.
    ``note`` is the word on the button of 随手记 (上门); without it only the engines record the item.
    """

    labels = {
        "title": "名称",
        "unit": "单位",
        "description": "怎么算",
        "on_file": "显示在居民档案",
        "note": "随手记的叫法",
        "note_order": "随手记的次序",
    }

    title: str = Field(min_length=2, max_length=40)
    unit: str = Field(min_length=1, max_length=12)
    description: str = ""
    on_file: bool = True
    note: str = Field(default="", max_length=6)
    note_order: int = Field(default=50, ge=0, le=999)


def _card(newest: Sequence[Entry], *, by: Actor) -> dict[str, Any] | None:
    lines = [_line(entry) for entry in newest[:SHOWN]]
    return {"lines": lines, "more": len(newest) > SHOWN} if lines else None


def _line(entry: Entry) -> dict[str, Any]:
    return {
        "on": entry.happened_on,
        "late": words.late_words(entry),
        "title": words.item_title(entry),
        "quantity": f"{entry.quantity} {entry.unit}",
        "area": area_name(entry.area),
        "by": entry.done_by_name,
        "url": words.source_url(entry),
        "note": entry.note,
    }


def _my_day(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    acts = acts_today(by.key, on=day_of(at), by=by)
    return {"acts": acts} if acts > 0 else None


def _deeds(
    people: Sequence[UUID], *, by: Actor, before: tuple[datetime, str] | None, limit: int
) -> list[FileDeed]:
    if before is None:
        return [_deed(entry) for entry in latest_on_file(people, by=by, limit=limit)]
    found = on_file_of(people, by=by).order_by("-recorded_at", "-public_id")
    found = found.filter(Q(recorded_at__lt=before[0]) | _still_to_come(*before))
    return [_deed(entry) for entry in found[:limit]]


def _count(people: Sequence[UUID], *, by: Actor) -> int:
    return on_file_of(people, by=by).count()


def _still_to_come(at: datetime, order: str) -> Q:
    """Of several deeds at one moment, from several sources, those whose order is smaller."""
    if order.startswith(DEED):
        return Q(recorded_at=at, public_id__lt=order.removeprefix(DEED))
    return Q(recorded_at=at) if order > DEED else Q(pk__in=())


def _deed(entry: Entry) -> FileDeed:
    late = f"（{said(entry.happened_on)}的事，补录）" if entry.backdated else ""
    why = f"（补录原因：{entry.late_reason}）" if entry.late_reason else ""
    return FileDeed(
        at=entry.recorded_at,
        order=f"{DEED}{entry.public_id}",
        title=words.item_title(entry) + late,
        text=(entry.note or f"{area_name(entry.area)}　{entry.quantity} {entry.unit}") + why,
        by=entry.done_by_name,
        url=words.source_url(entry),
        icon="notes" if entry.source_kind == SourceKind.ALONE else "book",
        tone="good",
    )


class NotesAtTheDoor:
    """When somebody was at this door, and the button to note it; the words of notes do not show here (门上不显示内容)."""

    key = "ledger.notes"
    title = "走访"
    order = 30
    permission = NOTE
    template = "ledger/at_the_door.html"

    def load(self, dwelling: UUID, *, by: Actor) -> dict[str, Any]:
        found = days_at_the_door(dwelling, by=by, limit=3)
        return {
            "url": f"{reverse('ledger:new_note')}?dwelling={dwelling}",
            "lines": [(one.happened_on, words.item_title(one), one.done_by_name) for one in found],
        }


class OnePersonInTheFigures:
    """One who had two files is one person in every number of persons (人数)."""

    key = "ledger"

    def clashes(self, keep: UUID, alias: UUID, *, by: Actor) -> list[Finding]:
        return []

    def reconcile(self, keep: UUID, alias: UUID, *, by: Actor, at: datetime) -> dict[str, Any]:
        return count_as_one(by=by, at=at, keep=keep, alias=alias)

    def undo(self, state: dict[str, Any], *, by: Actor, at: datetime) -> None:
        count_as_two(by=by, at=at, state=state)


def _note_address(person: UUID, *, by: Actor) -> str:
    return f"{address('ledger:new_note')}?person={person}"


def _start(*, by: Actor, at: datetime) -> dict[str, Any]:
    return {"queue": by.key}


kinds.register(
    Kind(
        name="item",
        grammar=ItemGrammar,
        title="台账项目",
        asks=lambda item: (item.title, item.description, item.note),
    )
)
kinds.register(
    Kind(
        name=KIND,
        grammar=LedgerPractice,
        title="台账规矩",
        everyday=everyday("late_free_days", "undo_minutes"),
    )
)
navigation.register(NavItem(label="台账", url_name="ledger:entries", icon="book", permission=VIEW, order=30))
file_cards.register(
    FileCard(
        key="ledger.entries",
        title="办过的事",
        order=60,
        permission=OPEN_FILE,
        template="ledger/file_card.html",
        load=_card,
        rows=Entry,
        count=_count,
        newest="ledger.entries",
    )
)
timeline_sources.register(
    TimelineSource(
        key="ledger.entries",
        permission=OPEN_FILE,
        deeds=_deeds,
        rows=Entry,
        count=_count,
        newest=latest_on_file,
        deed=_deed,
    )
)
home_cards.register(
    HomeCard(key="ledger.today", permission=None, order=80, template="ledger/home_card.html", query=_my_day)
)
home_cards.register(
    HomeCard(
        key="ledger.note",
        permission=NOTE,
        order=0,
        template="ledger/note_start.html",
        query=_start,
        wide=True,
    )
)
navigation.register(
    NavItem(label="随手记", url_name="ledger:my_notes", icon="notes", permission=NOTE, order=31)
)
navigation.register(
    NavItem(label="补录情况", url_name="ledger:late", icon="history", permission=VIEW_LATE, order=28)
)
file_actions.register(
    FileAction(key="ledger.note", label="随手记", icon="notes", order=20, permission=NOTE, url=_note_address)
)
dwelling_panels.register(NotesAtTheDoor())
merge_reconcilers.register(OnePersonInTheFigures())
for _proof in PROOFS:
    proofs.register(_proof)
importers.register(
    Importer(
        key="ledger.entries",
        title="旧台账",
        unit="条",
        order=40,
        permission=CORRECT,
        columns=COLUMNS,
        check=check_deeds,
        write=write_deeds,
        undo=withdraw_deeds,
        areas=areas_to_choose,
        hint="办过一次写一行；只想带上“最近一次”的，写最近一次就行。记入当天所在的月份，标明“导入”。",
    )
)
source_pages.register(
    SourcePage(key=SourceKind.IMPORT, url=lambda batch: reverse("imports:batch", args=[batch]))
)
