"""Notes (随手记): an entry born alone, written by a worker in passing, and undone when it was a slip."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.api import why_restricted
from yimen.work.ledger.choices import SourceKind
from yimen.work.ledger.engine.items import note_items
from yimen.work.ledger.engine.practice import late_finding, practice
from yimen.work.ledger.engine.whom import NOBODY, Whom, find_whom, note_told
from yimen.work.ledger.models import Entry
from yimen.work.ledger.operations.entries import CannotRecord, NoEntry, record_entry, take_back
from yimen.work.ledger.permissions import NOTE
from yimen.work.ledger.ports import NoteTold, claims, sequels
from yimen.work.ledger.rules import Door, why_not_her_day, why_not_note, why_not_undo

SLIP = "记错了，本人撤回"


class CannotUndo(NotPossible):
    code = "ledger.cannot_undo"


@operation("ledger.note.taken")
def take_note(
    *,
    by: Actor,
    at: datetime,
    item: str,
    text: str,
    kind: str = "",
    whom: UUID | None = None,
    place: str = "",
    area: str = "",
    happened_on: date | None = None,
    late_reason: str = "",
    sequel: str = "",
    given: Mapping[str, Any] | None = None,
    settled: Mapping[str, Sequence[str]] | None = None,
) -> Entry:
    """Note in passing whom one met, how, and one sentence (随手记); what follows is done in the same deed.

    ``kind`` and ``whom`` name a person, household, dwelling or building; without them ``place`` says where. ``sequel`` is the
    key of what follows and ``given`` what it wants to know; ``settled`` are ids of what the note settles, by claim. Refuses
    without words, for a day ahead, before her birth or after her death, far back without a reason, and for whom
    her data is to be used for little (限制使用).
    """
    met = find_whom(kind, whom, by=by)
    if findings := why_restricted(met.name, restricted=met.restricted):
        raise CannotRecord(findings[0].sentence, findings=findings)
    chosen = [(claims.get(key), ids) for key, ids in (settled or {}).items() if ids]
    entry = write_note(
        by=by,
        at=at,
        item=item,
        text=text,
        kind=kind,
        whom=whom,
        place=place,
        area=area,
        happened_on=happened_on,
        late_reason=late_reason,
        more=tuple(dict.fromkeys(one for claim, _ in chosen for one in claim.items)),
    )
    note = note_told(entry, met)
    for claim, ids in chosen:
        by.must(claim.permission, area=entry.area)
        claim.settle(note, ids, by=by, at=at)
    if sequel:
        _follow(sequel, note, given or {}, by=by, at=at)
    return entry


@operation("ledger.note.written", inner=True)
def write_note(
    *,
    by: Actor,
    at: datetime,
    item: str,
    text: str,
    kind: str = "",
    whom: UUID | None = None,
    place: str = "",
    area: str = "",
    happened_on: date | None = None,
    late_reason: str = "",
    more: tuple[str, ...] = (),
    source_kind: SourceKind = SourceKind.ALONE,
    source: UUID | None = None,
) -> Entry:
    """Write the entry of a contact (联系记录): with whom, how, one sentence; ``more`` are items it counts for besides."""
    found = find_whom(kind, whom, by=by)
    where = found.area or area or next(iter(by.areas_for(NOTE)), "")
    by.must(NOTE, area=where)
    day = happened_on or day_of(at)
    _must_be_possible(found, item=item, text=text, place=place, day=day, at=at, late_reason=late_reason)
    return record_entry(
        by=by,
        at=at,
        items=(item, *more),
        happened_on=day,
        area=where,
        source_kind=source_kind,
        source=source,
        about=found.about,
        note=text.strip()[:400],
        late_reason=late_reason,
        door=found.door if found is not NOBODY else Door(words=clean_line(place)),
    )


@operation("ledger.note.undone")
def undo_note(*, by: Actor, at: datetime, entry: UUID) -> Entry:
    """Take back one's own slip of a moment ago (撤回随手记), with what came of it; both entries stay in the ledger."""
    wrong = Entry.objects.within(by).filter(public_id=entry, acts=1, source_kind=SourceKind.ALONE).first()
    if wrong is None:
        raise NoEntry
    by.must(NOTE, area=wrong.area)
    finding = why_not_undo(
        mine=wrong.done_by == by.key,
        recorded_at=wrong.recorded_at,
        at=at,
        minutes=practice(on=day_of(at)).undo_minutes,
        taken_back=Entry.objects.filter(corrects=wrong).exists(),
    )
    if finding:
        raise CannotUndo(finding.sentence, findings=[finding])
    for each in (*sequels, *claims):
        if each.undo:
            each.undo(wrong.public_id, by=by, at=at)
    return take_back(by=by, at=at, wrong=wrong, why=SLIP)


def _follow(key: str, note: NoteTold, given: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    sequel = sequels.find(key)
    if sequel is None:
        raise CannotRecord("请重新选接下来怎么办。")
    by.must(sequel.permission, area=note.area)
    if sequel.why_not and (why := sequel.why_not(person=note.person)):
        raise CannotRecord(why, findings=[Finding("ledger.sequel", why, "sequel")])
    if sequel.follow:
        sequel.follow(note, given, by=by, at=at)


def _must_be_possible(
    whom: Whom, *, item: str, text: str, place: str, day: date, at: datetime, late_reason: str
) -> None:
    today = day_of(at)
    findings = why_not_note(text=text, kind=whom.kind, place=place)
    if item not in {one.key for one in note_items(on=today)}:
        findings.append(Finding("ledger.no_way", "请选一种方式：上门、电话、路遇……", "item"))
    findings += filter(
        None,
        (
            late_finding(happened_on=day, today=today, reason=late_reason),
            why_not_her_day(happened_on=day, name=whom.name, born_on=whom.born_on, died_on=whom.died_on),
        ),
    )
    if findings:
        raise CannotRecord("；".join(one.sentence for one in findings), findings=findings)
