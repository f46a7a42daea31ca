"""Findings (核查意见): why not, or what to look at, as the rules answer it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """One reason: ``code`` for machines, ``sentence`` in Chinese for people, ``field`` where it belongs.

    ``severity`` "refuse" stops the deed; "warn" is shown and recorded, and stops nothing.
    """

    code: str
    sentence: str
    field: str = ""
    severity: Literal["refuse", "warn"] = "refuse"

    @property
    def refuses(self) -> bool:
        return self.severity == "refuse"
