"""What places announces."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from yimen.foundations.bus.events import Event


@dataclass(frozen=True, kw_only=True)
class AreaSucceeded(Event):
    """A part or all of one area went over to another (区域承接); ``subject`` is the old area, ``area`` the new code."""

    name: ClassVar[str] = "places.area_succeeded"

    old: str
    new: str
    on: date
