"""Decisions of priority service that need no database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from yimen.kernel.findings import Finding
from yimen.kernel.periods import Month

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """Until when a mark holds (期限): its last day, or the reasons why there can be none."""

    last_on: date | None
    findings: tuple[Finding, ...] = ()


def term_of(
    *,
    sources: Collection[str],
    months: int,
    source: str,
    since: date,
    paper_until: date | None,
    last_on: date | None,
) -> Term:
    """The last day of a mark (优先到期日): what was asked for, no longer than the ground allows and the paper holds."""
    if source not in sources:
        return _refused("priority.source_unfit", "这个事由不能依据这种来源，请换一种。", "source")
    if source == "certificate" and paper_until is None:
        return _refused(
            "priority.paper_unread",
            "请填证件有效期的最后一天；长期有效的，填能优先的最后一天。",
            "paper_until",
        )
    if paper_until is not None and paper_until < since:
        return _refused("priority.paper_over", "证件已经过期，换证以后再登记。", "paper_until")
    longest = months_after(since, months) - DAY
    if source == "certificate" and paper_until is not None:
        longest = min(longest, paper_until)
    if last_on is None:
        return Term(longest)
    if last_on < since:
        return _refused("priority.over", "最后一天在今天以前。", "last_on")
    if last_on > longest:
        return _refused(
            "priority.too_long",
            f"最迟到 {longest.year}年{longest.month}月{longest.day}日，到期可以再登记。",
            "last_on",
        )
    return Term(last_on)


def months_after(day: date, months: int) -> date:
    """The same day some months on; the end of the month where there is no such day."""
    month = Month.of(day).plus(months)
    return month.first_day.replace(day=min(day.day, month.last_day.day))


def already_marked(*, last_days: Iterable[date], on: date) -> Finding | None:
    """She has the same mark already (已有优先标记)."""
    held = [day for day in last_days if day >= on]
    if not held:
        return None
    last = max(held)
    return Finding(
        "priority.already",
        f"已经登记过，到 {last.year}年{last.month}月{last.day}日；要改，先撤回再登记。",
        "ground",
    )


def monday_of(text: str, *, today: date) -> date:
    """The first day of the week that an address names (服务周); this week where it names none, never beyond four hundred days."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    far = timedelta(days=400)
    day = min(max(day, today - far), today + far)
    return day - timedelta(days=day.weekday())


def _refused(code: str, sentence: str, field: str) -> Term:
    return Term(None, (Finding(code, sentence, field),))
