"""How long an emergency look lasts, for which emergencies, and how often (紧急查阅办法) as a definition."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar, current

KIND, STANDARD = "emergency_access", "standard"


class EmergencyKind(Grammar):
    """A kind of emergency (紧急情况)."""

    labels = {"key": "代号", "title": "情况"}

    key: str = Field(pattern="^[a-z_]{2,40}$")
    title: str = Field(min_length=2, max_length=30)


class EmergencyAccess(Grammar):
    """How files are opened in an emergency (紧急查阅办法)."""

    labels = {
        "minutes": "一次几分钟",
        "most_a_day": "每人每天最多几次",
        "kinds": "紧急情况",
        "source": "依据",
    }

    minutes: int = Field(ge=1, le=24 * 60)
    most_a_day: int = Field(ge=1, le=100)
    kinds: tuple[EmergencyKind, ...] = Field(min_length=1)
    source: str = Field(min_length=4)

    @model_validator(mode="after")
    def _is_one_of_each(self) -> "EmergencyAccess":
        if len({one.key for one in self.kinds}) < len(self.kinds):
            raise ValueError("两种紧急情况用了同一个代号")
        return self

    def kind(self, key: str) -> EmergencyKind | None:
        return next((one for one in self.kinds if one.key == key), None)


def emergency_access(*, on: date) -> EmergencyAccess:
    """What holds on a day (现行办法)."""
    return current(KIND, STANDARD, on=on).body


def run_access_example(body: EmergencyAccess, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """Whether one may still open a file after so many today (算例)."""
    return {
        "opens": body.kind(given["kind"]) is not None and given["today"] < body.most_a_day,
        "minutes": body.minutes,
    }
