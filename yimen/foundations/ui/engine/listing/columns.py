"""Columns of a list (列) and the cells they make."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from yimen.foundations.bus.api import today_acted
from yimen.foundations.ui.engine.addresses import address
from yimen.kernel.clock import clock_of, day_of, spoken_day

SHORTEST_LINE = 4
LONGEST_WORD = 30

Value = Callable[[Any], Any] | str


class Cell(NamedTuple):
    """One cell as a page shows it."""

    label: str
    text: str
    url: str = ""
    tone: str | None = None
    css: str = ""
    hint: str = ""
    mark: str = ""
    mark_tone: str = ""


@dataclass(frozen=True)
class Column:
    """One column (列).

    ``value`` is a callable of the row or a path of attributes (``"person.name"``, ``key`` when left out; a method is
    called). ``link`` and ``hint`` likewise; ``tone`` makes the cell a badge (neutral, info, good, warn, late), ``mark`` puts
    one beside the value: (words, tone), or None. ``shown`` False keeps a column for the export only, ``exported`` False for
    the page only. ``width`` is of the sheet. ``private`` says which fact about a resident stands in it (name, phone, address,
    id_number, birth), or is asked of the row: an export masks it. ``permission``: whoever lacks it gets the column in no sheet.
    """

    key: str
    title: str
    value: Value | None = None
    link: Value | None = None
    tone: Value | None = None
    hint: Value | None = None
    mark: Callable[[Any], tuple[str, str] | None] | None = None
    shown: bool = True
    exported: bool = True
    width: int = 16
    private: str | Callable[[Any], str] = ""
    permission: str = ""

    def value_of(self, row: Any) -> Any:
        return read(row, self.value or self.key)

    def cell(self, row: Any) -> Cell:
        value = self.value_of(row)
        mark, mark_tone = (self.mark and self.mark(row)) or ("", "")
        return Cell(
            label=self.title,
            text=words(value),
            url=str(read(row, self.link) or "") if self.link else "",
            tone=(read(row, self.tone) or "neutral") if self.tone and value not in (None, "") else None,
            css=_css(value),
            hint=words(read(row, self.hint)) if self.hint else "",
            mark=mark,
            mark_tone=mark_tone,
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


def page_of(name: str, key: str = "public_id") -> Callable[[Any], str]:
    """``link=page_of("desk:case")``: the page of the row itself."""
    return lambda row: address(name, read(row, key))


def words(value: Any) -> str:
    """A value for people: dates as 3月2日 (with a year that is not this one), moments as 3月2日 09:05, yes and no in Chinese."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{words(day_of(value))} {clock_of(value)}"
    if isinstance(value, date):
        return spoken_day(value, today=today_acted())
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
