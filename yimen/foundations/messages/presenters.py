"""What the page of one call task shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from yimen.foundations.messages.choices import CallState
from yimen.foundations.messages.engine.telling import Outcome

if TYPE_CHECKING:
    from yimen.foundations.messages.forms import OutcomeForm
    from yimen.foundations.messages.models import CallTask, CallTry


@dataclass(frozen=True)
class TryLine:
    """One try, as the timeline shows it."""

    title: str
    text: str
    at: datetime
    by: str
    icon: str = "phone"
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class CallPage:
    """One person to be told (告知页). `phone` is masked unless the worker asked for the whole of it."""

    task: CallTask
    phone: str
    phone_is_whole: bool
    tries: list[TryLine]
    outcomes: Sequence[Outcome]
    form: OutcomeForm
    findings: Sequence[object] = field(default_factory=tuple)

    @property
    def is_open(self) -> bool:
        return self.task.state == CallState.OPEN

    @property
    def ends(self) -> list[tuple[str, str, str]]:
        """The buttons: key, label, tone; what ends well first."""
        tones = {"told": "primary", None: "plain", "refused": "plain", "stopped": "harm"}
        return [(one.key, one.label, tones[one.closes_as]) for one in self.outcomes]


def try_lines(tries: Sequence[CallTry], names: dict[str, str]) -> list[TryLine]:
    """The tries as lines of a timeline, newest first."""
    return [
        TryLine(title=one.label, text=one.note, at=one.tried_at, by=names.get(one.tried_by, ""))
        for one in reversed(tries)
    ]
