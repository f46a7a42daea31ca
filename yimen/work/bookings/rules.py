"""Decisions of the queue that need no database: who goes first, where in the line, when she comes back, how long it takes."""

import math
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from yimen.kernel.findings import Finding
from yimen.kernel.text import clean_name

MOST_COUNTERS = 30
STEP = timedelta(microseconds=1)


def spoken_number(number: int) -> str:
    """A number as it is shown and read (号码): 12 is 012."""
    return f"{number:03d}"


def shown_name(name: str) -> str:
    """All that is kept of a name for the board (叫号屏上的姓): 王桂英 is 王*; nothing of nothing."""
    return f"{clean_name(name)[0]}*" if clean_name(name) else ""


def goes_first(said: Collection[str], *, age: int | None, grounds: Sequence[tuple[str, int | None]]) -> bool:
    """Does somebody go first (是否优先), by what she said at the counter? ``grounds`` are (key, least age in years or None)."""
    return any(
        key in said or (least is not None and age is not None and age >= least) for key, least in grounds
    )


def place_in_line(came: datetime, *, first: bool, head_start: int) -> datetime:
    """Her moment in the line (排队时刻): when she came, or ``head_start`` minutes earlier for who goes first (优先).

    So nobody who waits longer than that is overtaken any more: priority never starves the others.
    """
    return came - timedelta(minutes=head_start) if first else came


def place_after(waiting: Sequence[datetime], *, after: int, now: datetime) -> datetime:
    """Where in the line somebody comes back who was not there (过号顺延): behind the next ``after`` of ``waiting``."""
    passed = waiting[:after]
    return max(passed) + STEP if passed else now


def why_not_counter(counter: int, *, counters: int) -> Finding | None:
    """A hall has only so many counters (窗口)."""
    if 1 <= counter <= counters:
        return None
    return Finding("bookings.no_counter", f"这里只有 1 到 {counters} 号窗口。", "counter")


def minutes_to_wait(ahead: int, *, counters: int, each: float) -> int | None:
    """About how long it takes until one is called (预计等候), in minutes, rounded up to five; None where nobody calls.

    ``ahead`` wait before her, ``counters`` work, and one takes ``each`` minutes.
    """
    if not counters:
        return None
    return 5 * math.ceil(ahead * each / counters / 5)


def slots_in(hours: Sequence[tuple[time, time]], *, minutes: int) -> list[time]:
    """When the slots of a day begin (时段): whole slots within each stretch of opening hours."""
    step, found = timedelta(minutes=minutes), []
    for opens, closes in hours:
        begins, ends = (datetime.combine(date.min, one) for one in (opens, closes))
        while begins + step <= ends:
            found.append(begins.time())
            begins += step
    return found


def seats_in_slot(*, counters: int, minutes: int, each: int, percent: int) -> int:
    """How many are promised one slot (每个时段约几位): a share of what the counters serve in it, never none.

    The rest of the counters' time is for who walks in.
    """
    return max(1, counters * minutes * percent // (each * 100))


def why_not_book(
    begins: time, *, slots: Collection[time], day: date, now: datetime, farthest: int
) -> Finding | None:
    """A time is promised within the opening hours, not in the past and not too far ahead (能否预约)."""
    if not 0 <= (day - now.date()).days <= farthest:
        return Finding("bookings.day", f"只能约今天起 {farthest} 天以内的日子。", "day")
    if begins not in slots:
        return Finding("bookings.closed", "这个时间不开放，请另选。", "begins")
    if day == now.date() and begins <= now.time():
        return Finding("bookings.past", "这个时间已经过了，请另选。", "begins")
    return None


def place_of_booked(came: datetime, *, begins: datetime, head_start: int, grace: int) -> datetime:
    """Where in the line somebody comes who has a time (预约排队时刻): as if she had come a while before it, to be called in time.

    Later than ``grace`` minutes after it, she has the place of who walks in.
    """
    late = came > begins + timedelta(minutes=grace)
    return came if late else begins - timedelta(minutes=head_start)
