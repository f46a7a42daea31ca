"""What approvals tell; the subject of each is the submission. Ids and days, nothing of what stands in it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from yimen.foundations.bus.events import Event


@dataclass(frozen=True, kw_only=True)
class SubmissionEvent(Event):
    """The base: the chain, what it is about as ``app.kind:uuid`` ("" for a free one), and the day."""

    chain: str
    about: str
    on: date


@dataclass(frozen=True, kw_only=True)
class SubmissionIssued(SubmissionEvent):
    name: ClassVar[str] = "approvals.submission_issued"


@dataclass(frozen=True, kw_only=True)
class SubmissionReturned(SubmissionEvent):
    name: ClassVar[str] = "approvals.submission_returned"


@dataclass(frozen=True, kw_only=True)
class SubmissionVoided(SubmissionEvent):
    name: ClassVar[str] = "approvals.submission_voided"
