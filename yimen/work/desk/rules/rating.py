"""Rules of 好差评 (国办发〔2019〕51号): one review a case, in time, never by who handled it."""

from collections.abc import Iterable
from datetime import date

from yimen.kernel.findings import Finding

OPEN_WORKING_DAYS = 5
TAGS = ("态度好", "办得快", "讲得清", "跑了多次", "等得久", "材料多", "没讲清楚", "态度差")


def why_not_rate(*, used: bool, open_until: date, today: date, grade: int) -> Finding | None:
    """The reason against a rating, or None."""
    if grade not in (1, 2, 3, 4, 5):
        return Finding("desk.rating_grade", "请选择五个等级中的一个。", "grade")
    if used:
        return Finding("desk.rating_used", "这件事已经评价过了，谢谢您。")
    if today > open_until:
        return Finding("desk.rating_late", f"评价在 {open_until.month}月{open_until.day}日已经截止。")
    return None


def why_not_enter_for(*, actor: str, handled_by: Iterable[str]) -> Finding | None:
    """A paper rating is entered by somebody who had no hand in the case."""
    if actor in set(handled_by):
        return Finding("desk.rating_own_case", "您办过这件事，纸质评价卡请由其他同事录入。")
    return None
