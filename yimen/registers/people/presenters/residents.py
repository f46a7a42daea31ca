"""Page models of the residents' list and its kept filters (居民清单、常用筛选)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yimen.registers.people.api import MOST_COUNTED


@dataclass(frozen=True)
class SavedLine:
    """One kept filter beside the list: where it leads, and how many it finds among her own residents right now."""

    saved: Any
    url: str
    count: int | None
    usable: bool
    mine: bool
    may_drop: bool

    @property
    def words(self) -> str:
        """The number in words: 36 人, 超过 10,000 人."""
        if not self.usable:
            return "有您不能用的条件"
        if self.count is None:
            return "人多，点开看"
        return f"超过 {MOST_COUNTED:,} 人" if self.count > MOST_COUNTED else f"{self.count:,} 人"


@dataclass(frozen=True)
class ResidentsExtra:
    """What stands around the list: kept filters with their numbers, and the form that keeps this one."""

    saved: Sequence[SavedLine]
    conditions: Mapping[str, str]
    form: Any


@dataclass(frozen=True)
class FilterPage:
    """A filter to be kept, or to be changed (常用筛选)."""

    saved: Any | None
    form: Any
    remarks: Sequence[str]
    conditions: Mapping[str, str]
