"""Marks (代次): short values that say whether what a host remembers is still true.

An app that keeps definitions or areas in memory registers how its mark is read. All marks are asked together in the
statement that says who acts, so that a page spends no statement of its own on them.
"""

from dataclasses import dataclass
from threading import local
from typing import Any

from django.db import connection

from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class Mark:
    """One mark (代次): ``sql`` is a scalar subquery without parameters, readable by whoever acts."""

    key: str
    sql: str


marks: Registry[Mark] = Registry(Mark, name="代次", required=("sql",))


class _Heard(local):
    """What this connection's thread heard, and in which unit of work."""

    unit: object = None
    values: dict[str, Any] = {}


_heard = _Heard()


def columns() -> str:
    """All marks as further columns of a SELECT, in the order of `hear`; "" when nobody has one."""
    return "".join(f", {mark.sql}" for mark in _in_order())


def hear(values: tuple[Any, ...]) -> None:
    """Remember what the columns said, for the present unit of work."""
    _heard.unit = connection.run_on_commit
    _heard.values = dict(zip((mark.key for mark in _in_order()), values, strict=True))


def mark(key: str) -> Any:
    """The mark as this unit of work sees it; asked alone only when nothing was heard or it was forgotten."""
    # Django replaces this list whenever a transaction ends or a savepoint is rolled back, and only then: as long as it
    # is the same object, what was heard stays true for this unit of work. Outside a transaction it is asked each time.
    known = connection.in_atomic_block and _heard.unit is connection.run_on_commit
    if known and key in _heard.values:
        return _heard.values[key]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {marks.get(key).sql}")
        value = cursor.fetchone()[0]
    if connection.in_atomic_block:
        _heard.values = {**(_heard.values if known else {}), key: value}
        _heard.unit = connection.run_on_commit
    return value


def forget_mark(key: str) -> None:
    """Ask for the mark anew at the next look; called by who has just moved it."""
    _heard.values = {kept: value for kept, value in _heard.values.items() if kept != key}


def _in_order() -> list[Mark]:
    return sorted(marks, key=lambda one: one.key)
