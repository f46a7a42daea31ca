"""What a plan promises to a community in a month, and how far along it should be on a day: whole numbers throughout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yimen.kernel.periods import Month

MONTHS = 12
EVEN = (1,) * MONTHS


def shared_out(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    """``amount`` split by weight so that the parts add up to it (分解): largest remainders get what is left over."""
    whole = sum(weights.values())
    parts = {key: amount * weight // whole for key, weight in weights.items()}
    left = amount - sum(parts.values())
    by_remainder = sorted(weights, key=lambda key: (-(amount * weights[key] % whole), key))
    for key in by_remainder[:left]:
        parts[key] += 1
    return parts


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


@dataclass(frozen=True)
class Pace:
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


def pace_sentence(behind: Sequence[tuple[str, int]], *, unit: str, forecast: bool) -> str:
    """Which communities are behind, and by how much, in one sentence; the furthest first."""
    if not behind:
        return "各社区都不少于预计。" if forecast else "各社区都达到进度。"
    worst = sorted(behind, key=lambda one: (-one[1], one[0]))
    told = "；".join(f"{name}，差 {missing} {unit}" for name, missing in worst)
    return f"{'少于预计' if forecast else '低于进度'}：{told}。"
