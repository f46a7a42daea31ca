"""The parts of the communities become one edition of the table, which is then signed (汇总、签发)."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.places.api import area_name
from yimen.steering.returns.choices import PartState, StepKind
from yimen.steering.returns.engine.editions import Content, packed, repacked, unpacked
from yimen.steering.returns.engine.filling import Column
from yimen.steering.returns.engine.merging import Piece, put_together
from yimen.steering.returns.engine.parts import leave_step
from yimen.steering.returns.models import Edition, EditionPart, Part, Return, ReturnRow
from yimen.steering.returns.permissions import SEND, SIGN
from yimen.steering.returns.queries import (
    book_of,
    columns_in,
    content_of,
    filled_table,
    get_edition,
    lock_edition,
    lock_return,
)
from yimen.steering.returns.rules import room_below


class CannotMerge(NotPossible):
    code = "returns.cannot_merge"


class CannotSign(NotPossible):
    code = "returns.cannot_sign"


@operation("returns.parts.merged")
def merge_parts(*, by: Actor, at: datetime, table: UUID, without: str = "") -> Edition:
    """Put the parts that were handed in together as an edition of the table (汇总), with the source of each cell.

    Rows that went to nobody stand as the section filled them. Refuses parts that are awaited unless it is said why they are
    left out, parts that are still being kept, and more lines than the sheet has room for.
    """
    found = lock_return(table, by=by)
    by.must(SEND, area=found.area)
    rows = Part.objects.filter(whole=found).exclude(state=PartState.WITHDRAWN)
    parts = list(rows.select_for_update(of=("self",)).order_by("of", "id"))
    here = [part for part in parts if part.state == PartState.HANDED_IN]
    awaited = [area_name(part.area) for part in parts if part.state != PartState.HANDED_IN]
    without = clean_line(without)
    if not here:
        raise CannotMerge("还没有社区交表，没有可汇总的。")
    if awaited and not without:
        raise CannotMerge("{who}还没有交：等交齐，或写明为什么先不等。", who="、".join(awaited))
    editions = {one.pk: one for one in Edition.objects.filter(pk__in=[part.edition_id for part in here])}
    if slow := [
        area_name(part.area) for part in here if part.edition_id and not editions[part.edition_id].made
    ]:
        raise CannotMerge("{who}的表还在封存，过一会儿再汇总。", who="、".join(slow))
    book = book_of(found, by=by)
    sheet = book.table(found.sheet)
    columns = columns_in(found, sheet, by=by, on=day_of(at))
    denied = {column.number for column in columns if column.denied}
    told = [part for part in here if part.edition_id]
    pieces = [Piece(area_name(part.of), content_of(editions[part.edition_id], by=by)) for part in told]
    chosen = not any(part.numbers for part in parts)
    first = found.head_last + 1 if chosen else 0
    contents = put_together(pieces, columns, denied=denied, first=first)
    if not chosen:
        contents.append(_rest(found, parts, by=by, at=at))
    lines = sum(len(content.lines) for content in contents)
    room = room_below(sheet.texts, below=found.head_last) if chosen else None
    if room is not None and room < lines:
        raise CannotMerge(
            "表头下面只空 {room} 行，汇总有 {lines} 行，请把空行加够再上传、下发。", room=room, lines=lines
        )
    if not lines:
        raise CannotMerge("各社区都是零报告，没有可汇总的行。")
    made = _kept(found, columns, contents, lines, by=by, at=at)
    made.merged_from = [
        {"part": str(part.public_id), "area": part.of, "edition": _number(editions, part), "said": part.said}
        for part in here
    ]
    made.without = f"{'、'.join(awaited)}没有交：{without}"[:300] if awaited else ""
    made.save()
    for part in here:
        leave_step(part, StepKind.MERGED, by=by, at=at, said=f"汇总成第 {made.number} 版")
    record(made, kind="edition", area=found.area, number=made.number, parts=len(here), awaited=len(awaited))
    return made


def _number(editions: dict[int, Edition], part: Part) -> str:
    return str(editions[part.edition_id].public_id) if part.edition_id else ""


def _rest(found: Return, parts: list[Part], *, by: Actor, at: datetime) -> Content:
    """The rows that no community has, as the section filled them."""
    theirs = {number for part in parts for number in part.numbers}
    rows = ReturnRow.objects.filter(table=found).exclude(number__in=theirs).order_by("number")
    if not (left := list(rows)):
        return Content((), {})
    full = filled_table(found, book_of(found, by=by), by=by, on=day_of(at), rows=left)
    return unpacked([packed(full.lines)])


def _kept(
    found: Return,
    columns: tuple[Column, ...],
    contents: list[Content],
    lines: int,
    *,
    by: Actor,
    at: datetime,
) -> Edition:
    last = Edition.objects.filter(table=found).order_by("-number").first()
    made = Edition.objects.create(
        table=found,
        number=last.number + 1 if last else 1,
        titles={str(one.number): one.title for one in columns},
        keys={str(one.number): one.key for one in columns if one.key},
        denied={str(one.number): one.denied for one in columns if one.denied},
        lines=lines,
        done=lines,
        made_at=at,
        made_by=by.key,
        made_by_name=by.name,
        account=by.account,
        moved_at=at,
    )
    EditionPart.objects.bulk_create(
        EditionPart(
            table=found, edition=made, ordinal=ordinal, content=repacked(content.lines, content.tallies)
        )
        for ordinal, content in enumerate(contents, start=1)
    )
    return made


@operation("returns.edition.signed")
def sign_edition(*, by: Actor, at: datetime, edition: UUID) -> Edition:
    """Sign an edition (签发): this is what the office answers for. Refuses twice, one that is not made, and one of which a
    part was returned since it was merged."""
    table = get_edition(edition, by=by).table
    by.must(SIGN, area=table.area)
    lock_return(table.public_id, by=by)
    found = lock_edition(edition, by=by)
    if not found.made or found.problem:
        raise CannotSign("这一版还没有出完。")
    if found.signed_at:
        raise CannotSign("{who}已经签发过这一版。", who=found.signed_by_name)
    merged = {one["part"]: one for one in found.merged_from}
    parts = Part.objects.filter(public_id__in=list(merged)).select_for_update(of=("self",)).order_by("id")
    kept = {one.pk: str(one.public_id) for one in Edition.objects.filter(public_id__in=_editions(found))}
    if changed := [
        area_name(part.area)
        for part in parts
        if part.state != PartState.HANDED_IN
        or kept.get(part.edition_id, "") != merged[str(part.public_id)]["edition"]
    ]:
        raise CannotSign("汇总以后，{who}的一份退回过：重交后再汇总一版，签发新的。", who="、".join(changed))
    found.signed_at, found.signed_by, found.signed_by_name = at, by.key, by.name
    found.save(update_fields=["signed_at", "signed_by", "signed_by_name"])
    record(found, kind="edition", area=table.area, number=found.number, signed=True)
    return found


def _editions(found: Edition) -> list[str]:
    return [one["edition"] for one in found.merged_from if one["edition"]]
