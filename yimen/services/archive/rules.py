"""Decisions of the archive that need no database."""

from calendar import monthrange
from datetime import date, timedelta

from yimen.kernel.findings import Finding


def month_of(day: date) -> date:
    """The month of a day, as its first day (月份)."""
    return day.replace(day=1)


def last_day(month: date) -> date:
    """The last day of a month (月末)."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def month_due(today: date) -> date:
    """The month whose lists must stand by now (应有清单的月份): this one on its last day, until then the one before."""
    first = month_of(today)
    return first if today == last_day(first) else month_of(first - timedelta(days=1))


def keep_until(ended_on: date, years: int | None) -> date | None:
    """Until when a file is kept (保管到期日): whole years after the year in which the case ended; None for ever."""
    return None if years is None else date(ended_on.year + years, 12, 31)


def why_not_sign_twice(*, sender: str, receiver: str) -> Finding | None:
    """Who hands over cannot receive as well (移交人与接收人分开)."""
    if sender == receiver:
        return Finding("archive.one_hand", "移交人和接收人不能是同一个人，请换一位同事接收。")
    return None


def why_not_lend(
    *, has_paper: bool, lent: bool, due_on: date, today: date, longest_days: int
) -> Finding | None:
    """Why the original cannot be lent now (能否借出)."""
    if not has_paper:
        return Finding("archive.no_paper", "这件档案没有纸质原件，电子材料在办件里看。")
    if lent:
        return Finding("archive.lent_already", "原件已经借出，还了再借。")
    if due_on < today:
        return Finding("archive.due_before_today", "应还日期不能早于今天。", "due_on")
    if (due_on - today).days > longest_days:
        sentence = f"一次最多借 {longest_days} 天，到期可以还了再借。"
        return Finding("archive.due_too_late", sentence, "due_on")
    return None
