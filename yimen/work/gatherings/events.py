"""What gatherings announce."""

from dataclasses import dataclass
from typing import ClassVar

from yimen.foundations.bus.events import Event


@dataclass(frozen=True, kw_only=True)
class LeadingAnswered(Event):
    """Whoever leads a gathering said whether she comes (讲师确认); the subject is the gathering."""

    name: ClassVar[str] = "gatherings.leading_answered"

    comes: bool
