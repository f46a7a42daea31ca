"""Decisions about transcripts that need no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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


@dataclass(frozen=True)
class Told:
    """One row of the other system's sheet (导出表的一行), read; ``lost`` says what the spreadsheet spoilt."""

    row: int
    key: str
    number: str
    state: str
    lost: str = ""


@dataclass(frozen=True)
class Ours:
    """One of our transcripts as it stands (我方抄录)."""

    id: int
    standing: str
    number: str
    state: str
    edition: int


@dataclass(frozen=True)
class Judged:
    """What a row would do (核对结果), to which of ours, and why not."""

    told: Told
    verdict: str
    ours: Ours | None = None
    sentence: str = ""


def judge_rows(
    told: Sequence[Told], known: Mapping[str, Sequence[Ours]], ended: Mapping[str, bool]
) -> list[Judged]:
    """What each row of a sheet would do (逐行核对): ``known`` are ours by the key of the row, ``ended`` the states of the
    system. Two rows that say different things of one of ours change nothing."""
    found = [_judge(one, known.get(one.key, ()), ended) for one in told]
    rows: dict[int, list[Judged]] = {}
    for one in found:
        if one.ours:
            rows.setdefault(one.ours.id, []).append(one)
    return [_beside(one, rows[one.ours.id]) if one.ours else one for one in found]


def _judge(told: Told, ours: Iterable[Ours], ended: Mapping[str, bool]) -> Judged:
    if told.lost:
        return Judged(told, "bad", sentence=told.lost)
    if not told.key or not told.number:
        return Judged(told, "bad", sentence="这一行没有编号。")
    if told.state not in ended:
        return Judged(told, "bad", sentence="这个状态不在外部系统的定义里，请先请科室补上。")
    one, why_not = _which(told, list(ours))
    if one is None:
        return Judged(
            told,
            "ambiguous" if why_not else "unknown",
            sentence=why_not or "没有这样一件，或不在您的范围内。",
        )
    if one.standing == DROPPED:
        return Judged(told, "same", sentence="这件已经撤回或归档，不用改。")
    if (one.number, one.state) == (told.number, told.state):
        return Judged(told, "same", one)
    closes = ended[told.state] and one.standing != ENDED
    return Judged(told, "close" if closes else "change", one)


def _which(told: Told, ours: list[Ours]) -> tuple[Ours | None, str]:
    """Which of ours a row means: the one that bears its number, else the only one that is not over."""
    numbered = [one for one in ours if one.number == told.number]
    unwritten = [one for one in ours if one.standing == WAITING]
    for some in (numbered, ours, unwritten):
        if len(some) == 1:
            return some[0], ""
    return None, f"对上了 {len(ours)} 件，分不清是哪一件，请打开抄录卡手工登记。" if ours else ""


def _beside(one: Judged, all_of_it: Sequence[Judged]) -> Judged:
    said = {(each.told.number, each.told.state) for each in all_of_it}
    others = "、".join(str(each.told.row) for each in all_of_it if each is not one)
    if len(said) > 1:
        return replace(
            one, verdict="ambiguous", ours=None, sentence=f"和第 {others} 行说的是同一件，内容不一样，不改。"
        )
    if one is not all_of_it[0]:
        return replace(one, verdict="same", sentence=f"和第 {all_of_it[0].told.row} 行重复。")
    return one
