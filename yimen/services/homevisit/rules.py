"""Decisions of home visits that need no database."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding

_MET = ("done", "again")


def why_not_plan(
    *, first: UUID, second: UUID, crew: Collection[UUID], day: date, on: date, open_case: bool, pending: bool
) -> Finding | None:
    """Why a visit cannot be planned (能否安排上门): two of those who do visits here, today or later, one visit at a time."""
    if not open_case:
        return Finding("homevisit.not_open", "这件上门申请已经办结或者撤回。")
    if pending:
        return Finding("homevisit.pending", "已经安排了一次上门，先记下那次的结果。")
    if first == second:
        return Finding("homevisit.two", "上门要两个人一起去，请选另一位同事。", "second")
    if not {first, second} <= set(crew):
        return Finding("homevisit.crew", "请从可以上门的同事里选。", "first")
    if day < on:
        return Finding("homevisit.past", "上门日期不能早于今天。", "day")
    return None


def why_not_record(
    *,
    outcome: str,
    arrived_at: datetime | None,
    left_at: datetime | None,
    result: str,
    signed_how: str,
    signed_by: str,
    at: datetime,
) -> Finding | None:
    """Why a visit cannot be written down so (能否记录): in and out of one day, not ahead of the clock; met, it has a result and a
    signature; not gone, it has no times."""
    if outcome == "called_off":
        if arrived_at or left_at:
            return Finding("homevisit.not_there", "没有去成的，不用写到达和离开时间。", "arrived")
        return None if result.strip() else Finding("homevisit.no_result", "请写明为什么没有去成。", "result")
    if arrived_at is None or left_at is None:
        return Finding("homevisit.no_times", "请写明几点到、几点离开。", "arrived")
    if left_at <= arrived_at:
        return Finding("homevisit.order", "离开时间要晚于到达时间。", "left")
    if left_at > at:
        return Finding("homevisit.ahead", "离开时间还没有到，走的时候再记。", "left")
    if day_of(arrived_at) != day_of(left_at):
        return Finding("homevisit.one_day", "到达和离开要在同一天。", "left")
    if outcome not in _MET:
        return None
    if not result.strip():
        return Finding("homevisit.no_result", "请写明办了什么、结果怎样。", "result")
    if not signed_how:
        return Finding("homevisit.unsigned", "请让居民签字，不便签的写明。", "signed_how")
    if signed_how != "witnessed" and not signed_by.strip():
        return Finding("homevisit.no_name", "请写明签字的人。", "signed_by")
    return None
