"""What documents tells others."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from yimen.foundations.bus.events import Event


@dataclass(frozen=True, kw_only=True)
class LetterIssued(Event):
    """A letter (文书) about `subject` was issued and has its number."""

    name: ClassVar[str] = "documents.letter_issued"
    letter: UUID
    kind: str
    number: str


@dataclass(frozen=True, kw_only=True)
class LetterVoided(Event):
    """A letter about `subject` was spoilt and voided (作废); its number is not used again."""

    name: ClassVar[str] = "documents.letter_voided"
    letter: UUID
    kind: str
    number: str
