"""Papers and cards of a person (证件)."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.faults import Fault
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.choices import DocumentKind, Doubt, FactSource, Sex
from yimen.registers.people.engine.bearers import bearers_of
from yimen.registers.people.engine.hashes import number_hash, number_hashes, one_at_a_time, tail_hash
from yimen.registers.people.engine.truths import snapshots_of
from yimen.registers.people.models import Person, PersonDocument
from yimen.registers.people.operations.rows import keep_in_step
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.queries.persons import get_person
from yimen.registers.people.rules.registration import read_document
from yimen.registers.people.rules.showing import masked_number


class CannotAddDocument(NotPossible):
    code = "people.cannot_add_document"
    sentence = "不能登记证件：{why}"


class CannotEndDocument(NotPossible):
    code = "people.cannot_end_document"
    sentence = "不能作废证件：{why}"


class NumberBelongsToAnother(Conflict):
    code = "people.number_belongs_to_another"
    sentence = "这个证件号码已经登记在另一份档案上（{name}）。如果是同一个人，请申请合并档案。"


@operation("people.document.added")
def add_document(
    *,
    by: Actor,
    at: datetime,
    person: UUID,
    kind: str,
    number: str,
    source: str = FactSource.WINDOW,
    reason: str = "",
) -> PersonDocument:
    """Note a paper or card of a person (登记证件); the doubt 证件后补 goes. One of a kind may replace an older one.

    Birth and sex not known yet are taken from an id number; where they differ, the file carries a doubt. Another id number in
    place of one that holds needs a ``reason`` (更换号码), which the trail keeps with the masked former one.
    """
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    today = day_of(at)
    if kind not in DocumentKind.values:
        raise CannotAddDocument(why="没有这种证件。")
    read = read_document(kind, number, today=today)
    if isinstance(read, Fault):
        raise CannotAddDocument(why=read.sentence + "。", code=read.code)
    kind, number, citizen = read
    hashes = number_hashes(number)
    one_at_a_time([hashes])
    same = PersonDocument.objects.filter(
        person=found, kind=kind, number_hash__in=hashes, until__isnull=True
    ).first()
    if same is not None:
        unchanged()
        return same
    if others := [bearer for bearer in bearers_of(hashes) if bearer.kind == kind]:
        raise NumberBelongsToAnother(name=others[0].masked_name)
    replaced = ""
    if kind == DocumentKind.ID_CARD:
        held = PersonDocument.objects.filter(person=found, kind=kind, until__isnull=True)
        replaced = next((masked_number(row.number) for row in held), "")
        if replaced and not clean_line(reason):
            why = "已登记另一个身份证号码，更换请写明理由，例如：号码录错、重号更正。"
            raise CannotAddDocument(why=why, findings=[Finding("people.number_replaced", why, "reason")])
    before = snapshots_of([found])
    if replaced:
        _end(held, on=today)
    try:
        with transaction.atomic():
            document = PersonDocument.objects.create(
                person=found, kind=kind, number=number, number_hash=number_hash(number), tail_hash=tail_hash(number),
                since=today,
            )  # fmt: skip
    except IntegrityError as fault:
        raise NumberBelongsToAnother(name="另一个窗口刚刚登记") from fault
    doubts = set(found.doubts) - {Doubt.PAPERS_MISSING.value}
    if citizen:
        if found.birth_on is None:
            found.birth_on = citizen.birth_date
            found.sources["birth_on"] = [today.isoformat(), str(source)]
        if found.sex in (Sex.UNKNOWN, Sex.NOT_STATED):
            found.sex = citizen.sex.value
        differs = {
            Doubt.BIRTH_DIFFERS.value: found.birth_on != citizen.birth_date,
            Doubt.SEX_DIFFERS.value: found.sex != citizen.sex.value,
        }
        doubts = (doubts - set(differs)) | {doubt for doubt, true in differs.items() if true}
    found.doubts = sorted(doubts)
    found.save(update_fields=["doubts", "birth_on", "sex", "sources"])
    keep_in_step(by=by, at=at, before=before)
    told = {"replaced": replaced, "reason": clean_line(reason)} if replaced else {}
    record(found, kind="person", area=found.area, document=kind, doubts=found.doubts, **told)
    return document


@operation("people.document.ended")
def end_document(
    *, by: Actor, at: datetime, document: UUID, on: date, reason: str, wrong: bool = False
) -> None:
    """A paper or card no longer holds (证件失效、遗失), or never was hers (``wrong``, 录错): then its row goes
    altogether, and with it what was in doubt because of it. The trail keeps the reason and the masked number.
    """
    seen = PersonDocument.objects.within(by).select_related("person").filter(public_id=document).first()
    found = get_person(seen.person.public_id, by=by, permission=REGISTER, lock=True) if seen else None
    # Read again: two windows may have opened the page, and her file waits for one of them.
    row = PersonDocument.objects.filter(public_id=document, person=found, until__isnull=True).first()
    if row is None or found is None:
        raise CannotEndDocument(why="没有找到这份有效的证件，可能刚刚作废了。")
    why = clean_line(reason)
    if not why:
        raise CannotEndDocument(why="请写明理由，例如：证件遗失、号码录错。")
    if on > day_of(at):
        raise CannotEndDocument(why="日期在今天之后。")
    if not wrong and on <= row.since:
        why = (
            f"这份证件 {row.since:%Y-%m-%d} 才登记，失效日期要在这一天之后；从来不是本人的，请选“登记有误”。"
        )
        raise CannotEndDocument(why=why, findings=[Finding("people.document_ends_before", why, "on")])
    before = snapshots_of([found])
    _end(PersonDocument.objects.filter(id=row.id), on=row.since if wrong else on)
    if wrong:
        found.doubts = _doubts_without(found, row.kind)
        found.save(update_fields=["doubts"])
    keep_in_step(by=by, at=at, before=before)
    record(
        found,
        kind="person",
        area=found.area,
        document_ended=row.kind,
        number=masked_number(row.number),
        since=row.since.isoformat(),
        wrong=wrong,
        reason=why,
    )


def _doubts_without(found: Person, kind: str) -> list[str]:
    doubts = set(found.doubts)
    if kind == DocumentKind.ID_CARD:
        doubts -= {Doubt.BIRTH_DIFFERS.value, Doubt.SEX_DIFFERS.value}
    if not PersonDocument.objects.filter(person=found, until__isnull=True).exists():
        doubts.add(Doubt.PAPERS_MISSING.value)
    return sorted(doubts)


def _end(rows, *, on: date) -> None:
    for row in rows:
        if on <= row.since:
            row.delete()
        else:
            row.until = on
            row.save(update_fields=["until"])
