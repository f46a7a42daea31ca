"""The unit of work: who acts in the database right now, and whether writing is allowed.

One transaction per request and per job, with the actor's reach set for its length, so that row-level security shows
the rows this actor may see and nothing when nobody acts. Writes pass only while an operation is open.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, connections, transaction

from yimen.foundations.bus.engine.marks import columns, hear
from yimen.kernel.actor import Actor


@dataclass
class Deed:
    """One outermost operation in progress: everything it writes carries its id."""

    id: UUID
    verb: str
    by: Actor | None
    at: datetime
    recorded: bool = False
    verbs: list[str] = field(default_factory=list)
    # What waits to be written when the deed is done, each kind in one statement.
    trail: list[Any] = field(default_factory=list)
    told: list[Any] = field(default_factory=list)


_deed: ContextVar[Deed | None] = ContextVar("deed", default=None)
_writing: ContextVar[bool] = ContextVar("writing", default=False)

# The settings of the database that say who acts, in this order; row-level security reads them.
_SETTINGS = ("yimen.actor", "yimen.reach", "yimen.today", "yimen.person")
_SET = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in _SETTINGS)
_acting: ContextVar[tuple[str, ...]] = ContextVar("acting", default=("",) * len(_SETTINGS))


def current_deed() -> Deed | None:
    """The outermost operation that is open, or None."""
    return _deed.get()


@contextmanager
def open_deed(deed: Deed) -> Iterator[Deed]:
    """Make ``deed`` the current one and allow writing until the end of the block."""
    deed_token, writing_token = _deed.set(deed), _writing.set(True)
    try:
        yield deed
    finally:
        _deed.reset(deed_token)
        _writing.reset(writing_token)


def may_write() -> bool:
    """Is an operation open?"""
    return _writing.get()


def set_reach(actor: Actor | None, *, on: date) -> None:
    """Tell the database who acts until the end of the transaction; None reaches nothing."""
    _set_in_database(_settings_of(actor, on=on))


@contextmanager
def one_snapshot(actor: Actor, *, on: date, using: str = "default") -> Iterator[Any]:
    """A cursor that sees the database at one instant and can write nothing (快照), on a connection of its own.

    For reading much while others write: it waits for nobody and nobody for it, however long it takes.
    """
    own = connections[using].copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute(_SET, _settings_of(actor, on=on))
            yield cursor
    finally:
        own.close()


def today_acted() -> date | None:
    """The day on which somebody acts right now, as the edge told it; None outside of a unit of work."""
    told = _acting.get()[2]
    return date.fromisoformat(told) if told else None


@contextmanager
def act_as(actor: Actor | None, *, on: date) -> Iterator[None]:
    """One transaction in which ``actor`` acts on the day ``on``; inside another one, the former actor comes back."""
    with unit_of_work():
        set_reach(actor, on=on)
        yield


@contextmanager
def unit_of_work() -> Iterator[None]:
    """One transaction (工作单元) whose actor `set_reach` tells as soon as he is known; the former one comes back."""
    before = _acting.get()
    nested = connection.in_atomic_block
    with transaction.atomic():
        token = _acting.set(before)
        try:
            yield
            if nested:
                _set_in_database(before)
        finally:
            _acting.reset(token)


def _settings_of(actor: Actor | None, *, on: date) -> tuple[str, ...]:
    if actor is None:
        return ("", "", on.isoformat(), "")
    person = str(actor.person) if actor.person else ""
    return (actor.key, _array_literal(actor.reach), on.isoformat(), person)


def _set_in_database(acting: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SET + columns(), acting)
        hear(cursor.fetchone()[len(_SETTINGS) :])
    _acting.set(acting)


def _array_literal(areas: tuple[str, ...]) -> str:
    # Area codes are digits only, so quoting is all the escaping they need; '{""}' covers every area.
    return "{" + ",".join(f'"{area}"' for area in areas) + "}" if areas else ""
