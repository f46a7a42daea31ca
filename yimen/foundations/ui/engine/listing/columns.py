"""Columns of a list (列) and the cells they make."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from yimen.kernel.clock import STREET_TIME

SHORTEST_LINE = 4
LONGEST_WORD = 30

Value = Callable[[Any], Any] | str


@dataclass(frozen=True)
class Cell:
    """One cell as a page shows it."""

    label: str
    text: str
    url: str = ""
    tone: str | None = None
    css: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Column:
    """One column (列).

    ``value`` is a callable of the row or a path of attributes (``"person.name"``, ``key`` when left out; a method is
    called). ``link`` and ``hint`` likewise; ``tone`` makes the cell a badge (neutral, info, good, warn, late). ``shown``
    False keeps a column for the export only, ``exported`` False for the page only. ``width`` is of the sheet.
    """

    key: str
    title: str
    value: Value | None = None
    link: Value | None = None
    tone: Value | None = None
    hint: Value | None = None
    shown: bool = True
    exported: bool = True
    width: int = 16

    def value_of(self, row: Any) -> Any:
        return read(row, self.value or self.key)

    def cell(self, row: Any) -> Cell:
        value = self.value_of(row)
        return Cell(
            label=self.title,
            text=words(value),
            url=str(read(row, self.link) or "") if self.link else "",
            tone=(read(row, self.tone) or "neutral") if self.tone and value not in (None, "") else None,
            css=_css(value),
            hint=words(read(row, self.hint)) if self.hint else "",
        )


def read(row: Any, value: Value) -> Any:
    """What ``value`` says of ``row``; a missing link of the path makes None."""
    if callable(value):
        return value(row)
    found = row
    for name in value.split("."):
        if found is None:
            return None
        found = found[name] if isinstance(found, dict) else getattr(found, name)
        if callable(found):
            found = found()
    return found


def words(value: Any) -> str:
    """A value for people: dates as 2026-03-02, moments in the street's time, yes and no in Chinese."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.astimezone(STREET_TIME):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _css(value: Any) -> str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float | Decimal):
        return "num"
    if isinstance(value, date):
        return "short"
    # A name or a state that is broken over lines (不准/入) reads badly and saves nothing.
    if isinstance(value, str) and len(value) <= SHORTEST_LINE:
        return "short"
    # A digest or a code has no place at which a line may end.
    unbroken = isinstance(value, str) and len(value) > LONGEST_WORD and value.isascii() and " " not in value
    return "long" if unbroken else ""
