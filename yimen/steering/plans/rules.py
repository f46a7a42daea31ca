"""What a plan promises to a community in a month, and how far along it should be on a day: whole numbers throughout."""

import heapq
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from yimen.kernel.periods import Month

MONTHS = 12
EVEN = (1,) * MONTHS


def turns(amount: int, weights: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    """Whose turn it is, unit by unit, when ``amount`` is shared out by weight (分解顺序).

    The divisor method of Sainte-Laguë: at every moment the parts are as near to the weights as whole numbers can be, they
    add up to what was shared out so far, and nobody's part ever shrinks. Equal claims go to the earlier in the list.
    """
    claims = [(-weight, place, 1, key) for place, (key, weight) in enumerate(weights) if weight > 0]
    heapq.heapify(claims)
    given = []
    for _ in range(amount):
        _, place, divisor, key = claims[0]
        given.append(key)
        weight = weights[place][1]
        heapq.heapreplace(claims, (-weight / (divisor + 2), place, divisor + 2, key))
    return tuple(given)


def by_month(amount: int, weights: Sequence[int] = EVEN) -> tuple[int, ...]:
    """``amount`` over the twelve months by weight (按月分解): at the end of each month the sum is exact, rounded down."""
    whole, done, so_far, parts = sum(weights), 0, 0, []
    for weight in weights:
        so_far += weight
        reached = amount * so_far // whole
        parts.append(reached - done)
        done = reached
    return tuple(parts)


def promised_by(months: Sequence[int], *, year: int, on: date) -> int:
    """What should be done by the end of the day ``on`` (应完成): past months whole, the present one by its days, rounded down."""
    if on.year != year:
        return sum(months) if on.year > year else 0
    present = Month.of(on)
    running = months[on.month - 1] * on.day // present.last_day.day
    return sum(months[: on.month - 1]) + running


class Pace(NamedTuple):
    """Promised for the year, promised by today, done (进度)."""

    amount: int
    promised: int
    done: int

    @property
    def difference(self) -> int:
        """Done beyond what was promised by today; negative when behind."""
        return self.done - self.promised

    @property
    def is_behind(self) -> bool:
        return self.difference < 0


NAMED = 5


def pace_sentence(behind: Sequence[tuple[str, int]], *, unit: str, forecast: bool) -> str:
    """Which communities are behind, and by how much, in one sentence; the furthest first, the rest only counted.

    A forecast names nobody: falling short of what one expected is no fault of a community.
    """
    if forecast:
        return "预计量只用来安排人手，不评进度。"
    if not behind:
        return "各社区都达到进度。"
    worst = sorted(behind, key=lambda one: (-one[1], one[0]))
    told = "；".join(f"{name}，差 {missing} {unit}" for name, missing in worst[:NAMED])
    rest = f"；另有 {len(worst) - NAMED} 个社区" if len(worst) > NAMED else ""
    return f"低于进度：{told}{rest}。"
