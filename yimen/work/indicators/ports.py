"""What apps above plug into indicators: named measures for what stands at a date (时点数)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from yimen.kernel.actor import Actor
from yimen.kernel.registry import Registry


class Measure(Protocol):
    """A named measure (口径): how many there are on a day, by area. An indicator names it as its ``measure``."""

    key: str
    title: str

    def values(
        self, areas: Sequence[str], days: Sequence[date], *, by: Actor
    ) -> Mapping[tuple[str, date], int]:
        """The value of each area on each day, in a fixed number of queries; what is left out is 0."""
        ...

    def opens(self, area: str, on: date) -> str:
        """The address of the list behind the value, "" when there is none."""
        ...


measures: Registry[Measure] = Registry(Measure, name="指标口径", required=("title",))
