"""Decisions of aid that need no database (救助规则)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yimen.kernel.findings import Finding
from yimen.kernel.money import Money
from yimen.kernel.periods import Month
from yimen.services.aid.choices import EventKind


@dataclass(frozen=True)
class FormerRelief:
    """A relief this person has had (以往救助), as far as a rule must know it."""

    event: str
    decided_on: date


@dataclass(frozen=True)
class Limits:
    """What the local scheme says (本地标准): months until the same hardship counts anew, and the small amount."""

    months_between: int = 0
    small_amount: Money | None = None


def within_relief(
    *,
    event: str,
    spending: Money | None,
    on: date,
    former: Iterable[FormerRelief],
    limits: Limits,
    open_cases: int = 0,
) -> list[Finding]:
    """May relief be applied for (能否受理): not twice for the same hardship within the months of the scheme.

    A second application still under way and a cost above the small amount only warn: whoever handles it looks closer.
    """
    label = EventKind(event).label if event in EventKind.values else "同一困难"
    findings = []
    for relief in former:
        if relief.event == event and on < months_after(relief.decided_on, limits.months_between):
            findings.append(
                Finding(
                    "aid.same_hardship",
                    f"因“{label}”已于 {relief.decided_on} 得到救助，{limits.months_between} 个月内同一事由不重复救助；"
                    "仍有困难的，可以申请低保、医疗救助或由社区转介慈善帮扶。",
                    "event",
                )
            )
            break
    if open_cases:
        findings.append(
            Finding("aid.open_case", "此人另有临时救助正在办理，请核对是否同一件事", severity="warn")
        )
    if spending and limits.small_amount and spending > limits.small_amount:
        findings.append(
            Finding(
                "aid.above_small_amount",
                f"支出或损失 {spending} 超过小额救助上限 {limits.small_amount}，要经街道科室核对后决定",
                "spending",
                "warn",
            )
        )
    return findings


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    month = Month.of(day).plus(months)
    return date(month.year, month.number, min(day.day, month.last_day.day))
