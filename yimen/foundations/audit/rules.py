"""When reading stands out (异常查阅), and when the trail may be archived (归档): pure, told what was counted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from yimen.kernel.periods import age_in_months

HOURS = range(24)
# 《网络安全法》（2025 年修正，2026-01-01 起施行）第二十三条：网络日志留存不少于六个月。
LOGS_KEPT_MONTHS = 6


@dataclass(frozen=True)
class ReadingRule:
    """One rule about what one account reads on one day (查阅规则).

    ``begins`` counts only looks whose reason begins so; ``verb`` counts the rows of exports instead of files; ``subjects``
    only the files of these persons; ``hours`` only these hours of the street. It stands out from ``at_least`` on, and where
    ``times_usual`` is told, only at so many times what this account read on a usual day of the last ``usual_days``.
    """

    key: str
    title: str
    at_least: int
    begins: str = ""
    verb: str = ""
    subjects: tuple[UUID, ...] | None = None
    hours: tuple[int, ...] = tuple(HOURS)
    times_usual: Decimal | None = None
    usual_days: int = 28

    def stands_out(self, count: int, usual: Decimal) -> bool:
        """Is ``count`` of one day out of the ordinary for an account that reads ``usual`` on its days (异常)?"""
        return count >= self.at_least and (self.times_usual is None or count >= self.times_usual * usual)


@dataclass(frozen=True)
class ReadingTally:
    """What one account read on a day by one rule (查阅数), with the numbers of the rows that say so."""

    actor: str
    area: str
    count: int
    usual: Decimal
    rows: tuple[int, ...]


def night_hours(since: int | None, until: int | None) -> tuple[int, ...]:
    """The hours from ``since`` until ``until``, over midnight if need be (非工作时段); every hour when none is told."""
    if since is None or until is None:
        return tuple(HOURS)
    if since < until:
        return tuple(range(since, until))
    return (*range(until), *range(since, 24))


def why_not_answered(*, reader: bool, answered_by: str, known_state: bool, reason: str) -> str:
    """Why an alert cannot be answered so (不能处理的原因); "" when it can."""
    if reader:
        return "不能处理自己的查阅提醒，请由另一位审计员处理。"
    if answered_by:
        return f"已经由{answered_by}处理。"
    if not known_state:
        return "请选择处理结果。"
    return "" if len(reason) >= 4 else "请写明怎么核实的、结论是什么（至少四个字）。"


def why_not_archived(*, before: date, today: date) -> str:
    """Why the trail before a day is not archived yet (不能归档的原因); "" when it may be."""
    if before > today or age_in_months(before, today) < LOGS_KEPT_MONTHS:
        return f"只归档满 {LOGS_KEPT_MONTHS} 个月的留痕（网络安全法第二十三条），请把 --before 往前移。"
    return ""


def archived_before(today: date) -> date:
    """Up to which day the monthly archive goes (每月归档到哪天): the first of the month half a year back, so once a month."""
    months = today.year * 12 + today.month - 1 - LOGS_KEPT_MONTHS
    return date(months // 12, months % 12 + 1, 1)
