"""The base of all events (事件): frozen, past tense, ids and dates only; fields are only ever added."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to ``subject`` in ``area``; ``name`` is ``<app>.<past tense>``."""

    name: ClassVar[str] = ""
    subject: UUID
    area: str

    def to_payload(self) -> dict[str, Any]:
        """JSON-ready values of all fields."""
        return {item.name: _plain(getattr(self, item.name)) for item in fields(self)}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> "Event":
        """Read a stored payload; keys of a newer release are passed over, so that old workers live on."""
        known = {item.name: item for item in fields(cls)}
        return cls(**{key: _revive(known[key].type, value) for key, value in payload.items() if key in known})


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _revive(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if kind in (UUID, UUID | None):
        return UUID(value)
    return date.fromisoformat(value) if kind in (date, date | None) else value
