"""Decisions of the queue that need no database: who goes first, where in the line, when she comes back, how long it takes."""

import math
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from yimen.kernel.findings import Finding
from yimen.kernel.text import clean_name

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
