"""The card of somebody tied to a community (属地卡)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.kernel.periods import age_on


@dataclass(frozen=True)
class TiedPage:
    """Who she is, by what she is tied, where she lives and who keeps her file."""

    rows: list[tuple[str, str, Any]]
    name: str
    sex: str
    born: date | None
    on: date
    lives: str
    keeps: str
    phone: str

    @property
    def subtitle(self) -> str:
        age = f"{age_on(self.born, self.on)}岁" if self.born and self.born <= self.on else ""
        return " · ".join(part for part in (self.sex, age, f"现住{self.lives}") if part)
