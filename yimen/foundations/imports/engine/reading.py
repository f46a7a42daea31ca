"""Read a table (读表) from a workbook or a text file, row by row, every cell as the text a person would see."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from io import BytesIO, StringIO
from itertools import chain, islice
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from yimen.foundations.documents.api import FileKind, decoded_table
from yimen.foundations.imports.ports import SheetRow
from yimen.foundations.imports.rules import (
    HEADING_ROWS,
    LOST,
    find_head,
    fold_heading,
    lost_digits,
    plain_value,
    proposed,
)
from yimen.kernel.refusals import NotPossible

# A spreadsheet keeps numbers in 53 bits: of whole numbers beyond this it has forgotten the last digits.
MOST_CERTAIN = 10**15
LONGEST_CELL = 2000
_BEGINNING = 100_000  # characters
_DELIMITERS = ",\t;"
_BROKEN = (CalamineError, XmlError, ZipError, PasswordError)

Line = tuple[int, list[str]]


class CannotRead(NotPossible):
    """The file is no table that can be brought in (读不了这张表)."""

    code = "imports.cannot_read"


class Table:
    """One table of a file (表): ``lines`` are its rows that hold something, each with its number from 1."""

    def __init__(self, sheet: str, source: Iterable[Line], merges: dict[int, list[tuple[int, int, int]]]):
        self.sheet = sheet
        self._source, self._merges = iter(source), merges

    def lines(self) -> Iterator[Line]:
        """The rows; what is merged over several rows counts for each of them (合并单元格)."""
        held: dict[int, tuple[int, str]] = {}
        for number, texts in self._source:
            for column, left, bottom in self._merges.get(number, ()):
                held[column] = (bottom, texts[left] if left < len(texts) else "")
            for column, (bottom, text) in list(held.items()):
                if number > bottom:
                    del held[column]
                elif column < len(texts):
                    texts[column] = text
                elif text:
                    texts += [""] * (column - len(texts)) + [text]
            if any(texts):
                yield number, texts


class Book:
    """A file with its tables (文件). Hidden sheets are passed over."""

    def __init__(self, data: bytes, kind: str):
        self._data, self._kind = data, kind
        self._workbook = self._open() if kind == FileKind.XLSX else None

    @property
    def sheets(self) -> list[str]:
        """The names of the visible sheets; one without a name for a text file."""
        if self._workbook is None:
            return [""]
        found = [
            one.name
            for one in self._workbook.sheets_metadata
            if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
        ]
        if not found:
            raise CannotRead("这个文件里没有看得见的工作表。")
        return found

    def table(self, name: str) -> Table:
        """One table by the name of its sheet."""
        if self._workbook is None:
            return Table("", _text_lines(self._data), {})
        try:
            sheet = self._workbook.get_sheet_by_name(name)
        except _BROKEN:
            raise CannotRead("工作表读不出来，请用 Excel 或 WPS 打开、另存为 xlsx 再上传。") from None
        return Table(name, _sheet_lines(sheet), _upright_merges(sheet))

    def best(self, known: dict[str, str]) -> tuple[str, int]:
        """The sheet and the row where most headings are understood (找表头)."""
        found = []
        for order, name in enumerate(self.sheets[:12]):
            first = list(islice(self.table(name).lines(), HEADING_ROWS))
            row = find_head(first, known)
            head = next((texts for number, texts in first if number == row), [])
            found.append((len(_understood(head, known)), len(head) > 1, -order, name, row))
        *_, name, row = max(found)
        if not row:
            raise CannotRead("表里没有找到表头：请在第一行写上“姓名”“身份证号码”等列名。")
        return name, row

    def _open(self) -> CalamineWorkbook:
        try:
            return CalamineWorkbook.from_filelike(BytesIO(self._data))
        except _BROKEN:
            raise CannotRead("文件打不开，可能已损坏，请用 Excel 或 WPS 打开、另存为 xlsx 再上传。") from None


def _understood(head: list[str], known: dict[str, str]) -> set[str]:
    return set(proposed(head, known).values())


def _sheet_lines(sheet: CalamineSheet) -> Iterator[Line]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, [shown(cell) for cell in row]


def _upright_merges(sheet: CalamineSheet) -> dict[int, list[tuple[int, int, int]]]:
    """By the number of its first row: each column that a merged range over several rows covers, its left one, its last row."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    # Rows are told from the first one, columns from the first that holds something.
    before = sheet.start[1] if sheet.start else 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        # A range over whole columns is layout, not a value for each row.
        if left >= before and 0 < bottom - top < 1000 and right - left < 50:
            found.setdefault(top + 1, []).extend(
                (column - before, left - before, bottom + 1) for column in range(left, right + 1)
            )
    return found


def _text_lines(data: bytes) -> Iterator[Line]:
    text = decoded_table(data)
    if text is None:
        raise CannotRead("文字编码认不出来，请另存为“CSV UTF-8”或 xlsx 再上传。")
    # Of a large file no second copy is made, line by line, to see its first one.
    first = next((line for line in text[:_BEGINNING].splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(reader, start=1):
            yield number, [cell.replace(LOST, "").strip()[:LONGEST_CELL] for cell in row]
    except csv.Error:
        raise CannotRead("文件里的引号或分隔符不成对，请用 Excel 或 WPS 打开、另存为 xlsx 再上传。") from None


def shown(cell: Any) -> str:
    """A cell as the text a person would see; a number that lost digits is marked."""
    if isinstance(cell, str):
        return cell.replace(LOST, "").strip()[:LONGEST_CELL]
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        if abs(cell) >= MOST_CERTAIN:
            return f"{LOST}{cell:.15g}"
        return str(int(cell)) if cell == int(cell) else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def head_of(table: Table, row: int) -> tuple[list[str], Iterator[Line]]:
    """The texts of the heading row, and the rows below it."""
    lines = table.lines()
    for number, texts in lines:
        if number == row:
            return texts, lines
        if number > row:
            return [], chain([(number, texts)], lines)
    return [], lines


def rows_under(data: bytes, kind: str, headings: Mapping[str, str], *, most: int) -> list[SheetRow]:
    """The rows of a file under headings that are known beforehand (按列名读表): ``headings`` are their words by key.

    No other column is read. A number that lost digits in the spreadsheet keeps the mark of it (`lost_digits`). Refuses a file
    without one of the headings, without rows, or with more than ``most``.
    """
    book = Book(data, kind)
    known = {fold_heading(text): key for key, text in headings.items()}
    sheet, row = book.best(known)
    head, lines = head_of(book.table(sheet), row)
    places = {key: int(place) for place, key in proposed(head, known).items()}
    if missing := [text for key, text in headings.items() if key not in places]:
        raise CannotRead(f"表里没有“{'”“'.join(missing)}”这一列，请用外部系统原样导出的表。")
    rows = []
    for number, texts in lines:
        values = {key: texts[place] if place < len(texts) else "" for key, place in places.items()}
        if any(values.values()):
            rows.append(
                SheetRow(
                    number,
                    {key: text if lost_digits(text) else plain_value(text) for key, text in values.items()},
                )
            )
        if len(rows) > most:
            raise CannotRead(f"一张表最多 {most} 行，请分成几张。")
    if not rows:
        raise CannotRead("表头下面没有内容。")
    return rows
