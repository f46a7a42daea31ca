"""Decisions about transcripts that need no database."""

from datetime import date

from yimen.kernel.findings import Finding

WAITING, WRITTEN, ENDED, DROPPED = "waiting", "written", "ended", "dropped"
_DATES = {
    "2026-01-31": "{0.year:04d}-{0.month:02d}-{0.day:02d}",
    "2026/01/31": "{0.year:04d}/{0.month:02d}/{0.day:02d}",
    "20260131": "{0.year:04d}{0.month:02d}{0.day:02d}",
    "2026年1月31日": "{0.year}年{0.month}月{0.day}日",
}


def day_as(pattern: str, day: date) -> str:
    """A day as the other system wants it (日期写法): ``pattern`` is how it writes 31 January 2026."""
    return _DATES[pattern].format(day)


def standing_after(*, ended: bool) -> str:
    """How far it is once the state over there is known (抄录情况)."""
    return ENDED if ended else WRITTEN


def why_not_write(*, standing: str, number: str, known_state: bool) -> Finding | None:
    """Why nothing is written back (不能登记): the case is over here, no number, a state that the system does not know."""
    if standing == DROPPED:
        return Finding("transcripts.dropped", "这件已经撤回或归档，不用再抄录。")
    if not number:
        return Finding("transcripts.no_number", "请写外部系统给的编号。", "outside_number")
    if not known_state:
        return Finding("transcripts.no_state", "请从列表里选外部系统的状态。", "outside_state")
    return None
