"""One table goes down to communities (下发): each gets its part, which may be withdrawn; it follows its area and its asker."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.db.models import Q

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus.api import defer
from yimen.foundations.documents.api import carry_over_papers, file_content, store_upload
from yimen.foundations.messages.api import tell_role
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, level
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.places.api import area_name, communities_of
from yimen.registers.places.ports import AreaMove
from yimen.steering.returns.choices import PartState, StepKind
from yimen.steering.returns.engine.cutting import cut
from yimen.steering.returns.engine.parts import leave_step, page_of_part, tell_community
from yimen.steering.returns.models import Part, Return, ReturnCell, ReturnRow
from yimen.steering.returns.operations.tables import PURPOSE
from yimen.steering.returns.permissions import SEND
from yimen.steering.returns.queries import is_filling, lock_part, lock_return, parts_of, split_of
from yimen.steering.returns.queries.parts import OPEN
from yimen.steering.returns.rules import AT_ONCE

LAY_OUT_JOB = "returns.lay_out"


class CannotSend(NotPossible):
    code = "returns.cannot_send"


@operation("returns.table.sent_down")
def send_down(
    *, by: Actor, at: datetime, table: UUID, due_on: date, basis: str, communities: Sequence[str]
) -> int:
    """Send a table down to communities (下发): each gets the rows of its residents, prefilled, until a day, on a basis.

    Answers how many communities got it. Refuses a table that is not understood or still being filled, a day that is past, no
    basis, a community that has it already, and where too many rows belong to nobody. A community of which no row is gets
    nothing, unless the table is empty.
    """
    found = lock_return(table, by=by)
    by.must(SEND, area=found.area)
    on = day_of(at)
    basis = clean_line(basis)
    if found.is_part or level(found.area) is not Level.STREET:
        raise CannotSend("只有街道的表能下发到社区。")
    if not found.signature:
        raise CannotSend("还没有对应表头，先说明每一列是什么。")
    if is_filling(found, by=by):
        raise CannotSend("这张表还在自动填，填完再下发。")
    if due_on < on:
        raise CannotSend("请写明今天或以后的交表日期。")
    if not basis:
        raise CannotSend("请写明依据：哪个文件或哪次通知要这张表。")
    known = {one.code for one in communities_of(found.area, on=on)}
    if not communities or not set(communities) <= known:
        raise CannotSend("请选择本街道的社区。")
    if again := [one.area for one in parts_of(found, by=by) if one.of in communities]:
        raise CannotSend("{who}已经有这张表了。", who="、".join(map(area_name, again)))
    split = split_of(found, by=by)
    if len(split.rest) > AT_ONCE:
        raise CannotSend("有 {rows} 行看不出是哪个社区的，请在表里写上所属社区再上传。", rows=len(split.rest))
    wanted = [one for one in sorted(set(communities)) if split.empty or one in split.rows]
    if not wanted:
        raise CannotSend("表里没有这些社区的行。")
    made = [
        Part.objects.create(
            whole=found,
            area=code,
            of=code,
            numbers=split.rows.get(code, []),
            title=found.title,
            unit_name=found.unit_name,
            basis=basis[:200],
            due_on=due_on,
            sent_at=at,
            sent_by=by.key,
            asker=by.account,
            asker_name=by.name,
        )
        for code in wanted
    ]
    for part in made:
        if sum(map(len, split.rows.values())) <= AT_ONCE:
            _lay_out(part, found, by=by, at=at)
        else:
            defer(LAY_OUT_JOB, lock=f"returns:{found.public_id}", part=str(part.public_id))
    record(found, kind="return", area=found.area, communities=wanted, due_on=str(due_on))
    return len(made)


@operation("returns.part.laid_out")
def lay_out(*, by: Actor, at: datetime, part: UUID) -> None:
    """Make the table of one community of a large one (做分表); once it is made, nothing more happens."""
    found = lock_part(part, by=by)
    unchanged()
    if found.state == PartState.PREPARING:
        _lay_out(found, found.whole, by=by, at=at)


def _lay_out(part: Part, whole: Return, *, by: Actor, at: datetime) -> None:
    data = file_content(whole.file, subject=whole.public_id, by=by)
    rows = list(ReturnRow.objects.filter(table=whole))
    mine = set(part.numbers)
    table = Return(
        area=part.area,
        title=whole.title,
        unit_name=whole.unit_name,
        due_on=part.due_on,
        is_part=True,
        sheet=whole.sheet,
        head_first=whole.head_first,
        head_last=whole.head_last,
        columns=whole.columns,
        signature=whole.signature,
        chosen=whole.chosen,
        asked_at=at,
        asked_by=by.key,
        asked_by_name=by.name,
        account=by.account,
        moved_at=at,
    )
    body = cut(data, whole.sheet, {row.number for row in rows} - mine)
    kept = store_upload(
        by=by,
        at=at,
        subject=table.public_id,
        area=part.area,
        purpose=PURPOSE,
        file=ContentFile(body, name="table.xlsx"),
    )
    table.file = kept.public_id
    table.save()
    ReturnRow.objects.bulk_create(
        ReturnRow(
            table=table,
            number=row.number,
            person=row.person,
            candidates=row.candidates,
            by_hand=row.by_hand,
            area=row.area,
            cells=row.cells,
            known=row.known,
            open=row.open,
            differs=row.differs,
        )
        for row in rows
        if row.number in mine
    )
    cells = list(ReturnCell.objects.filter(table=whole, row__in=mine))
    for cell in cells:
        cell.pk, cell.public_id, cell.table = None, ReturnCell().public_id, table
    ReturnCell.objects.bulk_create(cells)
    part.table, part.state = table, PartState.SENT
    part.save(update_fields=["table", "state"])
    leave_step(part, StepKind.SENT, by=by, at=at, said=f"依据：{part.basis}")
    tell_community(part, by=by, at=at, title="街道下发了一张表，请填报", text=f"依据：{part.basis}")


@operation("returns.part.stopped")
def halt_part(*, by: Actor, at: datetime, part: UUID, why: str) -> None:
    """Note why the table of a community cannot be made (停下); the part is withdrawn and the table sent anew."""
    Part.objects.within(by).filter(public_id=part).update(problem=why[:300])
    unchanged()


@operation("returns.part.withdrawn")
def withdraw_part(*, by: Actor, at: datetime, part: UUID, why: str) -> Part:
    """Take a part back that is not handed in (收回), with the reason; the community may then get it anew."""
    found = lock_part(part, by=by)
    by.must(SEND, area=found.area)
    if found.state not in OPEN:
        raise CannotSend("这份表已经交了或收回了，不能再收回。")
    if not clean_line(why):
        raise CannotSend("请写明为什么收回。")
    told = found.table_id is not None
    found.state = PartState.WITHDRAWN
    found.save(update_fields=["state"])
    leave_step(found, StepKind.WITHDRAWN, by=by, at=at, said=clean_line(why))
    if told:
        tell_community(found, by=by, at=at, title="有一张下发的表收回了，不用填了", text=clean_line(why))
    return found


@operation("returns.parts.taken_over")
def take_over_parts(*, by: Actor, at: datetime, table: UUID) -> int:
    """Follow the parts of a table from now on (由我跟进), when who sent them is away or has left."""
    found = lock_return(table, by=by)
    by.must(SEND, area=found.area)
    rows = Part.objects.filter(whole=found).exclude(state=PartState.WITHDRAWN)
    taken = list(rows.filter(~Q(asker=by.account) | Q(asker__isnull=True)).select_for_update(of=("self",)))
    for part in taken:
        part.asker, part.asker_name = by.account, by.name
        part.save(update_fields=["asker", "asker_name"])
        leave_step(part, StepKind.TAKEN_OVER, by=by, at=at)
    if not taken:
        unchanged()
    return len(taken)


@operation("returns.parts.handed_over")
def hand_over_parts(*, by: Actor, at: datetime, account: UUID, to: UUID | None, to_name: str) -> int:
    """A colleague left (离岗交接): what she asked for goes to who takes over, or to nobody, and the section is told then."""
    left = list(Part.objects.within(by).filter(asker=account).exclude(state=PartState.WITHDRAWN))
    for part in left:
        part.asker, part.asker_name = to, to_name
        part.save(update_fields=["asker", "asker_name"])
        record(part, kind="part", area=part.area, to=str(to or ""))
    streets = {part.area[:9]: part for part in left if to is None}
    for street, part in streets.items():
        tell_role(
            by=by,
            at=at,
            role="section_officer",
            role_area=street,
            title="有下发的表没有人跟进",
            area=street,
            text="跟进的同事已离岗，请打开接手。",
            link=page_of_part(part),
        )
    if not left:
        unchanged()
    return len(left)


@operation("returns.parts.carried_over", inner=True)
def carry_over_parts(*, by: Actor, at: datetime, move: AreaMove) -> int:
    """What a community has still to hand in goes over to the one that took it over (下发表随区域调整), with its table."""
    if move.buildings is not None:
        unchanged()
        return 0
    rows = Part.objects.within(by).filter(area=move.old, state__in=OPEN)
    found = list(rows.select_related("table").select_for_update(of=("self",)))
    tables = [part.table for part in found if part.table is not None]
    Return.objects.filter(pk__in=[one.pk for one in tables]).update(area=move.new)
    carry_over_papers(by=by, at=at, subjects=[one.public_id for one in tables], area=move.new)
    Part.objects.filter(pk__in=[one.pk for one in found]).update(area=move.new)
    unchanged()
    return len(found)
