"""What community self-government announces."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from yimen.foundations.bus.events import Event


@dataclass(frozen=True, kw_only=True)
class FilingClosed(Event):
    """A community organisation is filed no longer (注销备案); the subject is the filing."""

    name: ClassVar[str] = "council.filing_closed"

    organisation: UUID
    closed_on: str
