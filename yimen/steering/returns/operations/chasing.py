"""A community hands its part in, the section returns or urges it (填报、退回、催报)."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.foundations.definitions.api import working_calendar
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.places.api import area_name
from yimen.steering.returns.choices import PartState, StepKind
from yimen.steering.returns.engine.parts import leave_step, tell_asker, tell_community
from yimen.steering.returns.models import Edition, Part, ReturnRow
from yimen.steering.returns.operations.portions import put_out
from yimen.steering.returns.permissions import FILL, SEND
from yimen.steering.returns.queries import (
    book_of,
    filled_table,
    get_part,
    is_filling,
    is_large,
    lock_part,
    lock_return,
    standing,
)
from yimen.steering.returns.rules import why_not_urge


class CannotHandIn(NotPossible):
    code = "returns.cannot_hand_in"


class CannotChase(NotPossible):
    code = "returns.cannot_chase"


@operation("returns.part.handed_in")
def hand_in(*, by: Actor, at: datetime, part: UUID, said: str = "", nothing: bool = False) -> Part:
    """Hand the part of a community in (交表): what stands in it now is kept and sealed as an edition, for the section to merge.

    Refuses when somebody handed it in already, open cells or rows of nobody without a word why, and an empty table that is
    not said to be empty (零报告).
    """
    told = get_part(part, by=by)
    by.must(FILL, area=told.area)
    if told.table is None:
        raise CannotHandIn("这份表还在做，做好了再交。")
    table = lock_return(told.table.public_id, by=by)
    found = lock_part(part, by=by)
    if not found.waits:
        raise CannotHandIn("这份表{state}，不用再交。", state=found.get_state_display())
    said = clean_line(said)
    rows = ReturnRow.objects.filter(table=table).exists()
    if rows and is_filling(table, by=by):
        raise CannotHandIn("这张表还在自动填，填完再交。")
    if not rows and not nothing:
        raise CannotHandIn("表里还没有人：先选人填表；本社区没有的，请勾选“没有，零报告”。")
    gaps = _open_cells(found, by=by, at=at) if rows else 0
    if gaps and not said:
        raise CannotHandIn("还有 {gaps} 格没有填：请填完，或写明为什么空着。", gaps=gaps)
    found.edition = put_out(by=by, at=at, found=table) if rows else None
    found.state, found.said = PartState.HANDED_IN, said[:200] or ("零报告" if not rows else "")
    found.handed_in_at, found.handed_in_by_name = at, by.name
    found.save()
    leave_step(found, StepKind.HANDED_IN, by=by, at=at, said=found.said)
    tell_asker(found, by=by, at=at, title="社区交了一份表", text=f"{area_name(found.area)}：{found.said}")
    return found


def _open_cells(found: Part, *, by: Actor, at: datetime) -> int:
    table = found.table
    if is_large(table, by=by):
        far = standing(table, by=by)
        return far.open + far.differs
    full = filled_table(table, book_of(table, by=by), by=by, on=day_of(at))
    return full.open + full.differs


@operation("returns.part.returned")
def return_part(*, by: Actor, at: datetime, part: UUID, why: str) -> Part:
    """Give a part back to its community (退回), with the reason; what was typed stays and can be typed on.

    Refuses what was not handed in, no reason, and a part that stands in an edition which was signed. An edition that was
    merged and not signed keeps what it says, but cannot be signed any more.
    """
    found = lock_part(part, by=by)
    by.must(SEND, area=found.area)
    if found.state != PartState.HANDED_IN:
        raise CannotChase("这份表还没有交，或已经退回，不能退回。")
    why = clean_line(why)
    if not why:
        raise CannotChase("请写明为什么退回、要改什么。")
    merged = Edition.objects.within(by).filter(table=found.whole, signed_at__isnull=False).order_by("-number")
    stands = {str(found.public_id)}
    for edition in merged:
        if stands & {one["part"] for one in edition.merged_from}:
            raise CannotChase("第 {number} 版已签发，里面有这一份，不能再退回。", number=edition.number)
    found.state, found.said = PartState.RETURNED, why[:200]
    found.save(update_fields=["state", "said"])
    leave_step(found, StepKind.RETURNED, by=by, at=at, said=why)
    tell_community(found, by=by, at=at, title="交的表被退回，请改后重交", text=f"退回原因：{why}")
    return found


@operation("returns.part.urged")
def urge_part(*, by: Actor, at: datetime, part: UUID) -> int:
    """Remind a community of its part (催报), once a working day; answers how many people read it.

    Refuses what is not awaited, a second time on a day, and a day on which nobody works.
    """
    found = lock_part(part, by=by)
    by.must(SEND, area=found.area)
    on = day_of(at)
    works = bool(working_calendar(on=on).is_working_day(on))
    if why := why_not_urge(waits=found.waits, urged_on=found.urged_on, on=on, works=works):
        raise CannotChase(why)
    found.urged_on, found.urged_times = on, found.urged_times + 1
    found.save(update_fields=["urged_on", "urged_times"])
    leave_step(found, StepKind.URGED, by=by, at=at)
    late = "已经过期，" if found.due_on < on else ""
    return tell_community(found, by=by, at=at, title="催报：有一张下发的表还没有交", text=f"{late}请尽快交。")
