"""Announce events, and hear them: delivered after commit by a job, in order per subject, once per handler."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from yimen.foundations.bus.engine.jobs import defer
from yimen.foundations.bus.engine.unit import Deed, current_deed
from yimen.foundations.bus.engine.writing import add_rows
from yimen.foundations.bus.events import Event
from yimen.foundations.bus.models import Announcement

HANDLERS: dict[str, tuple[type[Event], Callable[..., Any]]] = {}
_LISTENERS: dict[str, list[tuple[str, dict[str, tuple[Any, ...]]]]] = {}


def on(event_class: type[Event], **only: Any) -> Callable:
    """Declare ``handler(*, event, by, at)`` in an app's subscribers.py; ``by`` is a system actor of that area.

    ``only`` names fields and the value, or the values, that concern this handler: ``@on(CaseDecided, matter="relief")``.
    For other events no job is made, so that many services may listen to one desk.
    """
    if unknown := only.keys() - {field.name for field in fields(event_class)}:
        raise TypeError(f"{event_class.name} has no {sorted(unknown)}")
    wanted = {
        name: tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)
        for name, value in only.items()
    }

    def declare(handler: Callable) -> Callable:
        name = f"{handler.__module__}.{handler.__name__}"
        if name in HANDLERS:
            raise ValueError(f"{name} listens already: one handler, one event")
        HANDLERS[name] = (event_class, handler)
        _LISTENERS.setdefault(event_class.name, []).append((name, wanted))
        return handler

    return declare


def announce(event: Event) -> None:
    """Tell ``event`` (通报) within the open operation; nothing is told if the operation fails."""
    deed = current_deed()
    if deed is None:
        raise RuntimeError(f"{event.name} announced outside an operation")
    deed.told.append(
        Announcement(
            name=event.name,
            subject=event.subject,
            area=event.area,
            payload=event.to_payload(),
            deed=deed.id,
            told_by=deed.by.key if deed.by else "",
            told_at=deed.at,
        )
    )


def take_unheard(deed: Deed) -> list[Announcement]:
    """What ``deed`` has told and nobody listens to: rows to be written with others, and no more."""
    unheard = [one for one in deed.told if not handlers_of(one)]
    deed.told = [one for one in deed.told if one not in unheard]
    return unheard


def write_announcements(deed: Deed) -> None:
    """Write what ``deed`` has told, and queue a job for each listener; the operation calls it at its end."""
    told, deed.told = deed.told, []
    add_rows(told)
    for announcement in told:
        for handler in handlers_of(announcement):
            lock = f"{handler}:{announcement.subject}"
            defer("bus.deliver", lock=lock, announcement=announcement.id, handler=handler)


def handlers_of(announcement: Announcement) -> list[str]:
    """The names of those whom it concerns."""
    told = announcement.payload
    return [
        handler
        for handler, wanted in _LISTENERS.get(announcement.name, ())
        if all(told.get(name) in values for name, values in wanted.items())
    ]
