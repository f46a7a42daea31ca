"""Page models of duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yimen.kernel.clock import STREET_TIME
from yimen.services.hotline.rules import Slot


@dataclass(frozen=True)
class Line:
    """One shift of the roster: who stands it, or nobody yet."""

    title: str
    hours: str
    name: str
    shift: Any
    swapped: str
    now: bool


@dataclass(frozen=True)
class Day:
    on: date
    lines: tuple[Line, ...]


def roster_days(slots: Sequence[Slot], shifts: Sequence[Any], *, at: datetime) -> list[Day]:
    """The days of a month with their shifts (值班表); a shift that was made under an older rule stays on it."""
    standing = {f"{one.on}-{one.part}": one for one in shifts}
    lines: dict[date, list[Line]] = {}
    for slot in slots:
        found = standing.pop(slot.key, None)
        lines.setdefault(slot.on, []).append(_line(found or slot, found, at=at))
    for left in standing.values():
        lines.setdefault(left.on, []).append(_line(left, left, at=at))
    return [Day(on, tuple(lines[on])) for on in sorted(lines)]


def _line(what: Any, shift: Any, *, at: datetime) -> Line:
    starts, ends = _local(what.starts), _local(what.ends)
    over_night = "次日 " if ends.date() > starts.date() else ""
    return Line(
        title=what.title,
        hours=f"{starts:%H:%M}–{over_night}{ends:%H:%M}",
        name=shift.account_name if shift else "",
        shift=shift,
        swapped=shift.swapped_why if shift else "",
        now=what.starts <= at < what.ends,
    )


def _local(moment: datetime) -> datetime:
    return moment.astimezone(STREET_TIME)
