"""Papers that may follow (容缺后补): by which day, and what is asked while they have not come."""

from collections.abc import Sequence
from datetime import date

from yimen.kernel.findings import Finding
from yimen.kernel.working_days import WorkingCalendar

OWED = ("missing", "tolerated")


def follow_by(*, on: date, days: int, due_on: date | None, calendar: WorkingCalendar) -> date:
    """The working day by which a paper follows (补交期限): ``days`` after ``on``, and not after the case is due.

    What is due the same day has no room left: there the days alone count.
    """
    last = calendar.add_working_days(on, days).day
    return min(last, due_on) if due_on is not None and due_on > on else last


def why_not_before_papers(*, owed: Sequence[str], without: str, deed: str) -> Finding | None:
    """The reason against settling or handing over now: papers have not come, and nobody said why it is done without them."""
    if owed and not without.strip():
        return Finding(
            "desk.papers_owed",
            f"{'、'.join(owed)}还没有补交。先登记补交，或写明为什么不等就{deed}。",
            "without_papers",
        )
    return None


def in_words(papers: Sequence[tuple[str, date]]) -> str:
    """What is to follow, title and day, in one line: the days only where they differ (诊断证明、发票（12月2日前）)."""
    if len({day for _, day in papers}) < 2:
        return "、".join(title for title, _ in papers)
    return "、".join(f"{title}（{day.month}月{day.day}日前）" for title, day in papers)
