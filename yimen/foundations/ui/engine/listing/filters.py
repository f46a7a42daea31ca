"""Filters of a list (筛选条件), each a chip or a small field, all of them in the address bar."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yimen.foundations.ui.engine.listing.columns import read
from yimen.foundations.ui.engine.listing.columns import words as shown

Rows = QuerySet | Sequence[Any]
Choices = Sequence[tuple[str, str]] | Callable[..., Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Filter:
    """What all filters share: their ``key`` in the address, their Chinese ``title``, and how they narrow.

    ``field`` is the field of the query (``key`` when left out); ``apply(rows, value)`` replaces it where one field is not
    enough. A value that is not understood narrows nothing and is not shown as chosen.
    """

    key: str
    title: str
    field: str = ""
    apply: Callable[[Any, Any], Any] | None = None

    kind = ""
    # Not a condition: it says what is listed, a week say. It stays in the address, and there is nothing of it to clear.
    clears = True

    def names(self) -> tuple[str, ...]:
        return (self.key,)

    def told(self, given: Mapping[str, str], by: Any) -> Any:
        """The value asked for, cleaned; None for nothing."""
        raise NotImplementedError

    def lookups(self, value: Any) -> dict[str, Any]:
        return {self.field or self.key: value}

    def narrow(self, rows: Rows, value: Any) -> Rows:
        if self.apply is not None:
            return self.apply(rows, value)
        if isinstance(rows, QuerySet):
            return rows.filter(**self.lookups(value))
        return [
            row for row in rows if self.keeps(read(row, (self.field or self.key).replace("__", ".")), value)
        ]

    def keeps(self, found: Any, value: Any) -> bool:
        return str(found) == str(value)

    def words(self, value: Any, by: Any) -> str:
        """The condition in words, for the head of an export."""
        return str(value)


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """One of a few values, as chips (单选). ``choices`` are (value, label) pairs or a callable ``choices(by=actor)``."""

    choices: Choices = ()

    kind = "choice"

    def options(self, by: Any) -> list[tuple[str, str]]:
        pairs = self.choices(by=by) if callable(self.choices) else self.choices
        return [(str(value), str(label)) for value, label in pairs]

    def told(self, given: Mapping[str, str], by: Any) -> str | None:
        value = given.get(self.key, "")
        return value if value and value in dict(self.options(by)) else None

    def words(self, value: Any, by: Any) -> str:
        return dict(self.options(by)).get(value, value)


@dataclass(frozen=True)
class FlagFilter(Filter):
    """A chip that is on or off (开关). ``value`` is what the field must then be."""

    value: Any = True

    kind = "flag"

    def told(self, given: Mapping[str, str], by: Any) -> Any:
        return self.value if given.get(self.key) == "1" else None

    def words(self, value: Any, by: Any) -> str:
        return "是"


@dataclass(frozen=True)
class TextFilter(Filter):
    """A small field for a number or the beginning of a name (文字). ``lookup`` is of the query, ``startswith`` unless told."""

    lookup: str = "startswith"
    hint: str = ""

    kind = "text"

    def told(self, given: Mapping[str, str], by: Any) -> str | None:
        return " ".join(given.get(self.key, "").split())[:80] or None

    def lookups(self, value: Any) -> dict[str, Any]:
        return {f"{self.field or self.key}__{self.lookup}": value}

    def keeps(self, found: Any, value: Any) -> bool:
        return (
            str(found or "").startswith(value) if self.lookup == "startswith" else value in str(found or "")
        )


@dataclass(frozen=True)
class DateFilter(Filter):
    """From a day to a day, both included (日期范围), as ``<key>_from`` and ``<key>_to``."""

    kind = "date"

    def names(self) -> tuple[str, ...]:
        return (f"{self.key}_from", f"{self.key}_to")

    def told(self, given: Mapping[str, str], by: Any) -> tuple[date | None, date | None] | None:
        first, last = (_day(given.get(key, "")) for key in self.names())
        return (first, last) if first or last else None

    def lookups(self, value: tuple[date | None, date | None]) -> dict[str, Any]:
        field = self.field or self.key
        return {f"{field}__{op}": day for op, day in zip(("gte", "lte"), value, strict=True) if day}

    def keeps(self, found: Any, value: tuple[date | None, date | None]) -> bool:
        first, last = value
        return found is not None and (first is None or found >= first) and (last is None or found <= last)

    def words(self, value: tuple[date | None, date | None], by: Any) -> str:
        first, last = value
        return f"{shown(first) or '不限'} 至 {shown(last) or '不限'}"


@dataclass(frozen=True)
class DayFilter(Filter):
    """One day (某日): the field is of that day, or what ``apply`` makes of it, such as what stood then (截至)."""

    kind = "day"

    def told(self, given: Mapping[str, str], by: Any) -> date | None:
        return _day(given.get(self.key, ""))

    def words(self, value: Any, by: Any) -> str:
        return shown(value)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
