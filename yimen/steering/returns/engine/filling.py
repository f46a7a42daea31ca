"""From a table, what is known and what was typed to the state of every cell (填报)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from yimen.foundations.documents.api import WorkbookTable
from yimen.foundations.forms.ports import Fact
from yimen.kernel.actor import Actor
from yimen.kernel.cells import column_letters
from yimen.registers.people.api import as_id_number
from yimen.standards.masking import mask_phone
from yimen.steering.returns.engine.grammar import Heading
from yimen.steering.returns.models import ReturnCell, ReturnRow
from yimen.steering.returns.rules import (
    Head,
    Shape,
    fold_heading,
    read_day,
    same,
    shape_asked,
    shown_as,
)

HIDDEN_NUMBER = "已填，完整号码在下载的表里"
ORDINAL = "#"
_MOST_DIGITS = 10


@dataclass(frozen=True)
class Column:
    """One column of the table (列): its words, and the heading it stands for when the actor may see that fact."""

    number: int
    words: tuple[str, ...]
    key: str = ""
    heading: Heading | None = None
    denied: str = ""
    asked: Shape = Shape.TEXT

    @cached_property
    def letters(self) -> str:
        return column_letters(self.number)

    @cached_property
    def title(self) -> str:
        return " · ".join(self.words)

    @cached_property
    def ordinal(self) -> str:
        """Where the lines are numbered (序号)."""
        return ORDINAL if fold_heading(self.words[-1]) == "序号" else ""

    @cached_property
    def shape(self) -> Shape:
        if self.ordinal and not self.heading:
            return Shape.NUMBER
        return Shape(self.heading.shape) if self.heading else self.asked


@dataclass(frozen=True)
class Slot:
    """One cell on the page (格): ``state`` is known, differs, sheet, formula or open; ``value`` is what is known.

    ``stood`` is what stands in the sheet and is never shown: it may be a whole number or telephone.
    """

    row: int
    column: Column
    state: str
    shown: str = ""
    source: str = ""
    sheet: str = ""
    value: Any = None
    typed: str = ""
    choice: str = ""
    who: str = ""
    stood: str = ""

    @property
    def name(self) -> str:
        return f"{self.row}-{self.column.number}"


@dataclass(frozen=True)
class Line:
    """One row of the table (行) with its cells."""

    number: int
    name: str
    person: UUID | None
    candidates: tuple[UUID, ...]
    slots: tuple[Slot, ...]
    area: str = ""

    @property
    def nobody(self) -> bool:
        """Is it not known whom the line means?"""
        return self.person is None and not self.area

    def of(self, *states: str) -> list[Slot]:
        return [slot for slot in self.slots if slot.state in states]


def columns_of(
    head: Head, told: Mapping[str, str], known: Mapping[str, Heading], *, by: Actor
) -> tuple[Column, ...]:
    """The columns as they were understood; of a fact that the actor may not see it says so instead."""
    found = []
    for number, words in head.words.items():
        key = told.get(str(number), "")
        body = known.get(key)
        may = body is not None and by.can_somewhere(body.permission)
        found.append(
            Column(
                number=number,
                words=words,
                key=key if may else "",
                heading=body if may else None,
                denied=body.title if body and not may else "",
                asked=shape_asked(key),
            )
        )
    return tuple(found)


def lines(
    table: WorkbookTable,
    columns: tuple[Column, ...],
    rows: Iterable[ReturnRow],
    cells: Mapping[tuple[int, int], ReturnCell],
    facts: Mapping[UUID | str, Mapping[str, Fact]],
    *,
    counted_from: int = 0,
) -> list[Line]:
    """The state of every cell of every row; ``counted_from``: the row before the first, where we write the lines' numbers."""
    titled = next((column.number for column in columns if column.key == "name"), 0) or next(
        (column.number for column in columns if column.key == "community"), 0
    )
    made = []
    for row in rows:
        known = dict(facts.get(row.person or row.area, {}))
        if counted_from:
            known[ORDINAL] = Fact(row.number - counted_from, "按顺序")
        slots = tuple(
            _slot(
                table,
                row.number,
                column,
                known.get(column.key or column.ordinal),
                cells.get((row.number, column.number)),
            )
            for column in columns
            if (row.number, column.number) not in table.covered
        )
        made.append(
            Line(
                number=row.number,
                name=table.texts.get((row.number, titled), "")
                or (str(known["name"].value) if "name" in known else f"第 {row.number} 行"),
                person=row.person,
                candidates=tuple(row.candidates) if row.person is None or row.by_hand else (),
                slots=slots,
                area=row.area,
            )
        )
    return made


def _slot(table: WorkbookTable, row: int, column: Column, fact: Fact | None, cell: ReturnCell | None) -> Slot:
    there = table.cells.get((row, column.number))
    text = there.text if there else ""
    told: dict[str, Any] = {"row": row, "column": column, "stood": text}
    if there is not None and there.formula:
        return Slot(**told, state="formula", shown="公式，打开表格时自动算")
    # What somebody typed stays until she takes it out, also when the register has learned it since.
    if cell is not None and cell.choice == "typed" and cell.text:
        return Slot(**told, state="open", typed=cell.text, who=cell.typed_by_name, value=_typed(cell.text))
    if fact is not None:
        shown = _shown(fact.value, column.shape)
        if text and not same(fact.value, text, column.shape):
            choice = cell.choice if cell and cell.choice != "typed" else ""
            who = cell.typed_by_name if choice and cell else ""
            told |= {"shown": shown, "sheet": _as_seen(text, column.shape), "choice": choice, "who": who}
            return Slot(**told, state="differs", source=fact.source, value=fact.value)
        value = None if text else fact.value
        return Slot(**told, state="known", shown=shown, source=fact.source, value=value)
    if text:
        return Slot(**told, state="sheet", shown=_as_seen(text, column.shape), source="原表已有")
    return Slot(**told, state="open")


def _shown(value: Any, shape: Shape) -> str:
    if shape is Shape.ID_NUMBER:
        return HIDDEN_NUMBER
    return mask_phone(str(value)) if shape is Shape.PHONE else shown_as(value, shape)


def _as_seen(text: str, shape: Shape) -> str:
    """What stands in the table, as it may be shown beside a birth date: no id number and no full telephone."""
    if shape is Shape.ID_NUMBER or as_id_number(text):
        return "原表上的号码"
    return mask_phone(text) if shape is Shape.PHONE else text


def shown_text(text: str) -> str:
    """What was written in a cell, as it may be shown without its column: numbers of papers and telephones hidden."""
    if as_id_number(text):
        return "号码"
    digits = re.sub(r"[^0-9]", "", text)
    return (
        mask_phone(digits)
        if len(digits) >= 7 and not re.search(r"[^0-9+\-\s]", text) and read_day(text) is None
        else text
    )


def _typed(text: str) -> str | int | date:
    """What somebody typed as a spreadsheet would keep it: a day, a number, or words."""
    if (day := read_day(text)) is not None and not text.isdigit():
        return day
    plain = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if plain and (text == "0" or not text.startswith("0")) else text


def value_for_sheet(value: Any, shape: Shape) -> str | int | date:
    """A known value as it is written into the workbook."""
    if shape is Shape.DATE and isinstance(value, date):
        return value
    if shape is Shape.NUMBER and isinstance(value, int):
        return value
    return shown_as(value, shape)
