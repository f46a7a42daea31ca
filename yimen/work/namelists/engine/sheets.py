"""Read the sheet of a list (读名单), and write what came of it to the right of everything that stands there (回填)."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from yimen.foundations.documents.api import (
    MOST_COLUMNS,
    FileKind,
    Workbook,
    decoded_table,
    fill_workbook,
)
from yimen.foundations.imports.api import find_head, known_words, plain_value, proposed
from yimen.foundations.imports.ports import Column
from yimen.kernel.cells import Merge, Place, column_letters
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import defuse_formula
from yimen.work.namelists.rules import is_name

HEADING_ROWS = 20
COLUMNS = (
    Column(
        "name", "姓名", ("名字", "居民姓名", "户主姓名", "老人姓名", "承租人", "房东姓名", "被核实人", "户主")
    ),
    Column(
        "id_number",
        "身份证号码",
        ("身份证号", "身份证", "公民身份号码", "证件号码", "证件号", "身份号码"),
        secret=True,
    ),
    Column("phone", "联系电话", ("电话", "手机", "手机号", "手机号码", "电话号码", "联系方式"), secret=True),
    Column(
        "address",
        "地址",
        ("住址", "现住址", "居住地址", "家庭住址", "详细地址", "家庭地址", "房屋地址", "房屋坐落"),
    ),
)
LABELS = {one.key: one.title for one in COLUMNS}
_KNOWN = known_words(COLUMNS)
_DELIMITERS = ",\t;"


class CannotReadList(NotPossible):
    """The sheet is none that can be worked off as a list (读不了这张名单)."""

    code = "namelists.cannot_read"


@dataclass(frozen=True)
class Line:
    """One row of the sheet that names somebody (名单上的一行)."""

    number: int
    name: str
    id_number: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was read (名单表): ``titles`` are the headings by number of the column, ``texts`` all cells below."""

    name: str
    part: str
    sheets: tuple[str, ...]
    head: int
    titles: Mapping[int, str]
    columns: Mapping[str, int]
    texts: Mapping[Place, str]
    last: int
    width: int

    def lines(self, columns: Mapping[str, int]) -> list[Line]:
        """The rows below the heading that name somebody, by these columns (取名单)."""
        found = []
        for number in range(self.head + 1, self.last + 1):
            told = {
                key: plain_value(self.texts.get((number, column), ""))[:200]
                for key, column in columns.items()
            }
            if is_name(told.get("name", "")) or (not told.get("name") and told.get("id_number")):
                told["name"] = told.get("name", "")[:80]
                found.append(Line(number, **told))
        return found

    def letter(self, column: int) -> str:
        """How people call a column."""
        return column_letters(column)


def read_sheet(data: bytes, kind: str, *, name: str = "", head: int = 0) -> Sheet:
    """Read one sheet of a kept file (读表): the named one, else that in which most headings are understood.

    Refuses what is no table, and one so wide that nothing fits beside it.
    """
    book = None if kind == FileKind.CSV else Workbook(data)
    if book is None:
        tables = [("", "", _text_cells(data), (), 0)]
    else:
        names = [one for one, _ in book.sheets]
        chosen = [name] if name in names else names[:6]
        tables = []
        for one in chosen:
            table = book.table(one)
            formulas = [place for place, cell in table.cells.items() if cell.formula]
            ends = [place[1] for place in formulas] + [each.right for each in table.merges]
            tables.append((one, table.part, dict(table.texts), table.merges, max(ends, default=0)))
    sheets = tuple(one for one, _ in book.sheets) if book else ("",)
    read = [_understood(*table, sheets=sheets, head=head) for table in tables]
    best = max(read, key=lambda one: (len(one.columns), len(one.titles) > 1))
    if not best.head:
        raise CannotReadList("表里没有找到表头：请在第一行写上“姓名”“身份证号码”“联系电话”“地址”等列名。")
    return best


def _understood(
    name: str,
    part: str,
    texts: dict[Place, str],
    merges: Sequence[Merge],
    reach: int,
    *,
    sheets: tuple[str, ...],
    head: int,
) -> Sheet:
    width = max([reach, *(column for _, column in texts)], default=0)
    for one in merges:
        # What is merged downwards counts for each of its rows.
        if one.bottom > one.top and one.bottom - one.top < 1000 and (one.top, one.left) in texts:
            for row in range(one.top, one.bottom + 1):
                texts.setdefault((row, one.left), texts[one.top, one.left])
    last = max((row for row, _ in texts), default=0)
    first = [
        (row, [texts.get((row, column), "") for column in range(1, min(width, MOST_COLUMNS) + 1)])
        for row in range(1, min(last, HEADING_ROWS) + 1)
    ]
    row = head if 0 < head <= last else find_head(first, _KNOWN)
    titles = {column: text for column in range(1, width + 1) if (text := texts.get((row, column), ""))}
    guessed = proposed([titles.get(column, "") for column in range(1, width + 1)], _KNOWN)
    return Sheet(
        name=name,
        part=part,
        sheets=sheets,
        head=row,
        titles=titles,
        columns={key: int(place) + 1 for place, key in guessed.items()},
        texts=texts,
        last=last,
        width=width,
    )


def beside(
    data: bytes, kind: str, *, sheet: str, head: int, width: int, titles: Sequence[str],
    rows: Mapping[int, Sequence[str]],
) -> bytes:  # fmt: skip
    """The same file with these columns to the right of all its own (回填): nothing that stood there changes.

    What we write is text that no spreadsheet runs.
    """
    if kind == FileKind.CSV:
        return _beside_text(data, head=head, width=width, titles=titles, rows=rows)
    values: dict[Place, str] = {}
    for number, told in ((head, titles), *rows.items()):
        values |= {(number, width + place): text for place, text in enumerate(told, start=1) if text}
    return fill_workbook(data, Workbook(data).part_of(sheet), values)


def room_beside(width: int, more: int) -> bool:
    """Do so many columns fit beside a sheet?"""
    return width + more <= MOST_COLUMNS


def _text(data: bytes) -> str:
    text = decoded_table(data)
    if text is None:
        raise CannotReadList("文字编码认不出来，请另存为“CSV UTF-8”或 xlsx 再上传。")
    return text


def _records(text: str) -> tuple[str, list[list[str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        return delimiter, list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise CannotReadList("文件里的引号或分隔符不成对，请用 Excel 或 WPS 另存为 xlsx 再上传。") from None


def _text_cells(data: bytes) -> dict[Place, str]:
    _, records = _records(_text(data))
    return {
        (row, column): text.strip()
        for row, record in enumerate(records, start=1)
        for column, text in enumerate(record[:MOST_COLUMNS], start=1)
        if text.strip()
    }


def _beside_text(
    data: bytes, *, head: int, width: int, titles: Sequence[str], rows: Mapping[int, Sequence[str]]
) -> bytes:
    delimiter, records = _records(_text(data))
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    told = {head: titles, **rows}
    for number, record in enumerate(records, start=1):
        more = [defuse_formula(text) for text in told.get(number, ())]
        writer.writerow([*record, *[""] * (width - len(record)), *more] if more else record)
    return out.getvalue().encode("utf-8-sig")
