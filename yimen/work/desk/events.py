"""What the desk tells: the subject of each is the case."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from yimen.foundations.bus.events import Event


@dataclass(frozen=True, kw_only=True)
class CaseEvent(Event):
    """The base: which matter, whose case, on which day."""

    matter: str
    person: UUID
    on: date


@dataclass(frozen=True, kw_only=True)
class CaseAccepted(CaseEvent):
    name: ClassVar[str] = "desk.case_accepted"
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CaseHandedOver(CaseEvent):
    name: ClassVar[str] = "desk.case_handed_over"
    to_area: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseDecided(CaseEvent):
    """``outcome`` is a value of choices.Outcome; ``sheet`` the answers given with the application."""

    name: ClassVar[str] = "desk.case_decided"
    outcome: str = ""
    sheet: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CaseDelivered(CaseEvent):
    name: ClassVar[str] = "desk.case_delivered"


@dataclass(frozen=True, kw_only=True)
class CaseArchived(CaseEvent):
    """``listed``: it came with a hand-over list, whose maker keeps it; otherwise somebody archived this one case."""

    name: ClassVar[str] = "desk.case_archived"
    archive_number: str = ""
    listed: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseDropped(CaseEvent):
    """The case ended without a result: withdrawn by the applicant, or voided as a slip."""

    name: ClassVar[str] = "desk.case_dropped"


@dataclass(frozen=True, kw_only=True)
class CaseRated(Event):
    """A rating came in. The subject is the rating, never the case: nobody shall see who rated."""

    name: ClassVar[str] = "desk.case_rated"
    matter: str
    grade: int
