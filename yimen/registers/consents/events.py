"""What consents announce."""

from dataclasses import dataclass
from typing import ClassVar

from yimen.foundations.bus.events import Event


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Event):
    """A resident agreed to a purpose (同意); ``subject`` is she."""

    name: ClassVar[str] = "consents.consent_given"

    purpose: str


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    """A resident took a consent back (撤回同意): nobody may act on it from this moment; who keeps copies lets them go."""

    name: ClassVar[str] = "consents.consent_withdrawn"

    purpose: str
