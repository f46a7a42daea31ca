"""Sheets of past deeds: enter them as what was imported, and take a batch back (导入旧台账、撤销导入)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import operation, record_batch, unchanged
from yimen.foundations.imports.ports import Note, SheetRow, Written
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.people.api import PersonStamp, person_stamps
from yimen.work.ledger.choices import SourceKind
from yimen.work.ledger.engine.many import write_entries
from yimen.work.ledger.engine.rows import entry_of, reversal_of
from yimen.work.ledger.engine.sheets import DeedTold, judge_deeds
from yimen.work.ledger.models import Entry
from yimen.work.ledger.permissions import CORRECT
from yimen.work.ledger.rules import About, why_not_her_day, why_not_record

NOT_FOUND = "不在您的范围内，或已经不在了"
CORRECTED = "已经更正过"
BACK = "撤销导入批次"


@operation("ledger.sheet.written", inner=True)
def write_deeds(*, by: Actor, at: datetime, rows: Sequence[SheetRow], area: str, batch: UUID) -> Written:
    """Enter the deeds of a sheet (导入旧台账), each an entry marked 导入 on the day it was done; the source is the batch."""
    deeds, notes = judge_deeds(rows, by=by, on=day_of(at), area=area)
    stamps = person_stamps({one.person for one in deeds if one.person}, by=by)
    made: dict[int, Entry] = {}
    for deed in deeds:
        about, community, note = _whom(deed, stamps, area=area)
        if note:
            notes.setdefault(deed.row, []).append(note)
            continue
        by.must(CORRECT, area=community)
        told = {"happened_on": deed.happened_on, "quantity": deed.quantity, "items": (deed.item,)}
        if findings := why_not_record(**told, today=day_of(at)):
            notes.setdefault(deed.row, []).append(Note("", findings[0].sentence))
            continue
        made[deed.row] = entry_of(
            by=by,
            at=at,
            **told,
            area=community,
            source_kind=SourceKind.IMPORT,
            source=batch,
            about=about,
            note=deed.note,
            late_reason="导入旧台账",
        )
    entries = list(made.values())
    write_entries(entries, [one.item for one in entries])
    _record(entries, area=area, source=str(batch))
    return Written(made={row: one.public_id for row, one in made.items()}, refused=notes)


@operation("ledger.imported.taken_back", inner=True)
def withdraw_deeds(*, by: Actor, at: datetime, subjects: Sequence[UUID]) -> dict[UUID, str]:
    """Take imported entries back (撤销导入的台账): a ledger forgets nothing, so the pair stays and the figures follow."""
    entries = {
        one.public_id: one for one in Entry.objects.within(by).filter(public_id__in=list(subjects), acts=1)
    }
    numbers = [one.id for one in entries.values()]
    corrected = set(Entry.objects.filter(corrects__in=numbers).values_list("corrects_id", flat=True))
    left = {one: NOT_FOUND for one in subjects if one not in entries}
    left |= {one.public_id: CORRECTED for one in entries.values() if one.id in corrected}
    going = [one for subject, one in entries.items() if subject not in left]
    for area in sorted({one.area for one in going}):
        by.must(CORRECT, area=area)
    # What is taken back by somebody else in this moment, the unique correction refuses, and the portion is done again.
    backs = [reversal_of(one, by=by, at=at, why=BACK) for one in going]
    write_entries(backs, [one.item for one in going])
    _record(backs, area=by.home, taken_back=True)
    return left


def _record(entries: Sequence[Entry], *, area: str, **detail: Any) -> None:
    """One trail row for them all, or none where nothing was written."""
    if entries:
        record_batch([{"entry": str(one.public_id)} for one in entries], kind="entry", area=area, **detail)
    else:
        unchanged()


def _whom(
    deed: DeedTold, stamps: Mapping[UUID, PersonStamp], *, area: str
) -> tuple[About | None, str, Note | None]:
    """The person as she stands, the community of the deed, and what stands against it."""
    if deed.person is None:
        return None, deed.community, None
    stamp = stamps.get(deed.person)
    if stamp is None:
        return None, deed.community, Note("name", "这个人的档案不在您的范围里。")
    finding = why_not_her_day(
        happened_on=deed.happened_on, name=stamp.name, born_on=stamp.birth_on, died_on=stamp.died_on
    )
    community = deed.community or stamp.community
    if finding:
        return None, community, Note("happened_on", finding.sentence)
    if not community.startswith(area):
        return None, community, Note("name", "这个人的档案不在所选的区域里。")
    about = About(
        person=stamp.public_id,
        sex=stamp.sex,
        birth_on=stamp.birth_on,
        residence=stamp.residence_kind,
        household=stamp.household,
    )
    return about, community, None
