"""Decisions of calls and shifts that need no database."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from yimen.kernel.clock import STREET_TIME
from yimen.kernel.findings import Finding
from yimen.kernel.periods import Month

Works = Callable[[date], bool]


@dataclass(frozen=True)
class Part:
    """One part of the time in which the offices are shut (班次): each night, or the days off."""

    key: str
    title: str
    days: str  # every | off
    starts: time
    ends: time


@dataclass(frozen=True)
class Slot:
    """One shift that somebody has to stand (班): its day, its part, from when to when."""

    on: date
    part: str
    title: str
    starts: datetime
    ends: datetime

    @property
    def key(self) -> str:
        return f"{self.on}-{self.part}"


def slots_of_month(month: Month, *, parts: Sequence[Part], works: Works) -> Iterator[Slot]:
    """Every shift of a month (一个月的班): a part of all days each day, one of days off on weekends and holidays."""
    day = month.first_day
    while Month.of(day) == month:
        for part in parts:
            if part.days == "every" or not works(day):
                yield _slot(day, part)
        day += timedelta(days=1)


def offices_are_open(at: datetime, *, opens: time, closes: time, works: Works) -> bool:
    """Whether somebody is at the window now (上班时间)."""
    local = at.astimezone(STREET_TIME)
    return works(local.date()) and opens <= local.time() < closes


def carry_on(last: Sequence[str], wanted: int) -> list[str]:
    """The order of the last month carried on (照上月顺延): its shortest repeating round, from where it stopped.

    An order that does not repeat is one round; nobody's turn stays nobody's.
    """
    if not last:
        return [""] * wanted
    size = next(n for n in range(1, len(last) + 1) if all(last[i] == last[i % n] for i in range(len(last))))
    return [last[(len(last) + i) % size] for i in range(wanted)]


def why_not_log(
    *, topic_known: bool, sentence: str, waits: bool, back_by: datetime | None, at: datetime
) -> list[Finding]:
    """Why a call cannot be noted (能否登记): a topic, one sentence, and a moment to come for calling back."""
    findings = []
    if not topic_known:
        findings.append(Finding("hotline.no_topic", "请选一个话题。", "topic"))
    if not sentence.strip():
        findings.append(Finding("hotline.no_sentence", "请写一句话：对方说的什么事。", "sentence"))
    if waits and back_by is not None and back_by <= at:
        findings.append(Finding("hotline.back_in_the_past", "回电时间要在现在以后。", "back_by"))
    return findings


def why_not_swap(
    *, starts: Collection[datetime], people: Collection[object], reason: str, at: datetime
) -> Finding | None:
    """Why two shifts cannot be swapped (能否换班): both still to come, two persons, and a reason."""
    if any(start <= at for start in starts):
        return Finding("hotline.begun", "已经开始的班不能换。")
    if len(set(people)) < 2 or not all(people):
        return Finding("hotline.one_person", "换班要在两个人的班之间换。")
    if not reason.strip():
        return Finding("hotline.no_reason", "请写明换班的原因。", "reason")
    return None


def why_not_sign(*, ended: bool, given: bool, own: bool, signed: bool) -> Finding | None:
    """Why a shift cannot be taken over (能否接班): given or over, not yet signed, and by somebody else."""
    if signed:
        return Finding("hotline.signed", "这个班已经有人签收了。")
    if not (ended or given):
        return Finding("hotline.running", "这个班还没有结束，等值班员交班以后再签收。")
    if own:
        return Finding("hotline.own_shift", "自己的班要由下一班的人签收。")
    return None


def sign_until(ends: datetime, *, by_time: time) -> datetime:
    """Until when a shift must be signed for (签收时限): the first such hour at or after its end."""
    local = ends.astimezone(STREET_TIME)
    limit = datetime.combine(local.date(), by_time, tzinfo=STREET_TIME)
    return limit if limit >= local else limit + timedelta(days=1)


def too_many(counts: Mapping[str, int], limits: Mapping[str, int]) -> bool:
    """Whether one door or one street has had enough messages for an hour (限流)."""
    return any(counts[key] >= limit for key, limit in limits.items())


def _slot(day: date, part: Part) -> Slot:
    starts = datetime.combine(day, part.starts, tzinfo=STREET_TIME)
    last = day if part.ends > part.starts else day + timedelta(days=1)
    return Slot(day, part.key, part.title, starts, datetime.combine(last, part.ends, tzinfo=STREET_TIME))
