"""What the pages of the ledger show, shaped from rows that were read already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yimen.kernel.periods import Month
from yimen.registers.places.api import area_name
from yimen.work.ledger.engine import words
from yimen.work.ledger.engine.items import Item, titles_of
from yimen.work.ledger.queries import Total, entries_url


@dataclass(frozen=True)
class ItemLine:
    """One item of the overview: this month and the year so far, each with the list it opens."""

    title: str
    unit: str
    description: str
    month: int
    month_url: str
    year: int
    year_url: str


@dataclass(frozen=True)
class Overview:
    """The ledger at a glance (台账总览)."""

    area: str
    month: str
    year: int
    lines: tuple[ItemLine, ...]
    selection: Any
    choices: Any
    taken_over: tuple[str, ...] = ()
    divided: tuple[str, ...] = ()
    is_street: bool = False
    book: tuple[Any, ...] = ()


@dataclass(frozen=True)
class DayLine:
    """One thing done, on the page of a worker's day."""

    at: datetime
    happened_on: date
    late: str
    title: str
    person: str
    person_url: str
    area: str
    quantity: int
    unit: str
    source: str
    source_url: str
    note: str


@dataclass(frozen=True)
class Day:
    """今天我办了什么: what one worker entered on one day, summed up and line by line."""

    on: date
    name: str
    lines: tuple[DayLine, ...]
    sums: tuple[tuple[str, int, str], ...]
    previous_url: str
    next_url: str


def overview_lines(
    found: Sequence[Total], items: Mapping[str, Item], *, area: str, today: date, as_now: bool = False
) -> tuple[ItemLine, ...]:
    """Lines of all items in force, those with most entries first."""
    this_month, january = Month.of(today), Month(today.year, 1)
    year: dict[str, int] = {}
    month: dict[str, int] = {}
    for total in found:
        year[total.key] = year.get(total.key, 0) + total.acts
        if total.month == this_month:
            month[total.key] = month.get(total.key, 0) + total.acts
    where = {"area": area, "last": this_month, "as_now": as_now}
    lines = [
        ItemLine(
            title=item.title,
            unit=item.unit,
            description=item.description,
            month=month.get(item.key, 0),
            month_url=entries_url(items=[item.key], first=this_month, **where),
            year=year.get(item.key, 0),
            year_url=entries_url(items=[item.key], first=january, **where),
        )
        for item in items.values()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.year, line.title)))


def day_lines(rows: Sequence[Any]) -> tuple[DayLine, ...]:
    """The lines of a worker's day; the rows carry their names already."""
    return tuple(
        DayLine(
            at=row.recorded_at,
            happened_on=row.happened_on,
            late=words.late_mark(row),
            title=words.item_title(row),
            person=row.person_name,
            person_url=row.person_url,
            area=area_name(row.area),
            quantity=row.quantity,
            unit=row.unit,
            source=row.get_source_kind_display(),
            source_url=words.source_url(row),
            note=words.note(row),
        )
        for row in rows
    )


def day_sums(rows: Sequence[Any]) -> tuple[tuple[str, int, str], ...]:
    """(title, acts, unit) by what the entries are called; what was taken back counts against."""
    sums: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (titles_of([row.item], on=row.happened_on), row.unit)
        sums[key] = sums.get(key, 0) + row.acts
    return tuple((title, count, unit) for (title, unit), count in sums.items())


@dataclass(frozen=True)
class NoteLine:
    """One note as its writer reads it."""

    id: Any
    at: datetime
    happened_on: date
    late: str
    late_reason: str
    title: str
    whom: str
    whom_url: str
    place: str
    area: str
    text: str
    by: str
    born: Sequence[Any] = ()


@dataclass(frozen=True)
class LateLine:
    """How much of what a worker entered in a month was late (补录占比)."""

    name: str
    acts: int
    late: int
    explained: int

    @property
    def share(self) -> int:
        return round(100 * self.late / self.acts) if self.acts else 0


def note_line(row: Any, born: Sequence[Any]) -> NoteLine:
    """A note with its object, both dates, and what came of it; the row carries its names already."""
    return NoteLine(
        id=row.public_id,
        at=row.recorded_at,
        happened_on=row.happened_on,
        late=words.late_mark(row),
        late_reason=row.late_reason,
        title=words.item_title(row),
        whom=row.person_name,
        whom_url=row.person_url,
        place=row.place if row.person else "",
        area=area_name(row.area),
        text=words.note(row),
        by=row.done_by_name,
        born=tuple(born),
    )


def late_lines(rows: Any) -> tuple[LateLine, ...]:
    """The lines of 补录情况, by name."""
    return tuple(LateLine(row["name"], row["acts"], row["late"], row["explained"]) for row in rows)
