"""What messages tells others."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from yimen.foundations.bus.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonTold(Event):
    """A call task about the person `subject` came to its end (告知有了结果); `state` says how."""

    name: ClassVar[str] = "messages.person_told"
    task: UUID
    state: str


@dataclass(frozen=True, kw_only=True)
class DeathHeard(Event):
    """At the door or on the telephone a worker was told that `subject` has died (听说去世): to be verified, not recorded."""

    name: ClassVar[str] = "messages.death_heard"
    task: UUID
