"""Read a workbook as it lies in its container (读表格): cells, merged ranges and formats, nothing run and nothing resolved."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from io import BytesIO
from posixpath import join, normpath
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from yimen.kernel.cells import Merge, Place, column_number
from yimen.kernel.refusals import NotPossible

MOST_BYTES = 30 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 300
MOST_CELLS = 400_000
_ROW_TAG = re.compile(rb"<(?:[A-Za-z0-9]+:)?row[\s/>]")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_TEXT_FORMAT = 49
_DAY_LETTERS = re.compile(r"[yd年日]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


class CannotRead(NotPossible):
    """The workbook is not one that can be filled (读不了这个表格)."""

    code = "documents.cannot_read"
    sentence = "这个表格读不出来，请用 Excel 或 WPS 打开、另存为 xlsx 再上传。"


@dataclass(frozen=True)
class Cell:
    """One cell (单元格): its text as people see it, its style, and whether a formula makes it."""

    text: str
    style: int = 0
    formula: bool = False


@dataclass(frozen=True)
class Table:
    """One sheet (工作表)."""

    name: str
    part: str
    cells: dict[Place, Cell] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()

    @cached_property
    def texts(self) -> dict[Place, str]:
        return {place: cell.text for place, cell in self.cells.items() if cell.text}

    @cached_property
    def covered(self) -> frozenset[Place]:
        """What lies under a merged cell and is never seen."""
        return frozenset(
            (row, column)
            for one in self.merges
            for row in range(one.top, one.bottom + 1)
            for column in range(one.left, min(one.right, one.left + MOST_COLUMNS) + 1)
            if (row, column) != (one.top, one.left)
        )


class Book:
    """A workbook, opened for reading (工作簿)."""

    def __init__(self, data: bytes) -> None:
        try:
            self._container = ZipFile(BytesIO(data))
            self._names = set(self._container.namelist())
            self.root = self.markup("xl/workbook.xml")
            self.links = {
                one.get("Id"): one.get("Target", "") for one in self.markup("xl/_rels/workbook.xml.rels")
            }
        except (BadZipFile, KeyError, zlib.error, OSError):
            raise CannotRead from None
        self.sheets = [(name, part) for name, part in self._sheets() if part in self._names]
        if not self.sheets:
            raise CannotRead("表格里没有工作表，请重新保存后再上传。")

    def bytes_of(self, part: str) -> bytes:
        return self._container.read(part)

    def markup(self, part: str) -> Any:
        """A part as a tree; no entity is resolved and nothing is fetched."""
        data = self._container.read(part)
        if len(data) > MOST_BYTES:
            raise CannotRead("表格太大，请删去用不到的工作表和空白行再上传。")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise CannotRead from None
        if root.getroottree().docinfo.doctype:
            raise CannotRead
        return root

    @property
    def parts(self) -> list[str]:
        """Where all sheets lie, hidden ones too."""
        return sorted(
            name for name in self._names if name.startswith("xl/worksheets/") and name.endswith(".xml")
        )

    def part_of(self, name: str) -> str:
        """Where a sheet of this name lies; the first one for none."""
        return dict(self.sheets).get(name, self.sheets[0][1])

    def table(self, name: str, *, within: tuple[int, int] | None = None, head: int = 0) -> Table:
        """One sheet with all that stands in it; or of its rows only the first ``head`` and those ``within``, both ends included.

        Refuses what is larger than a table that people fill.
        """
        part = self.part_of(name)
        if len(_ROW_TAG.findall(self._container.read(part))) > MOST_ROWS:
            raise CannotRead(
                "“{sheet}”里超过 {most} 行，多半是空白行：请选中数据下面的空白行、删除、保存后再上传。",
                sheet=name,
                most=MOST_ROWS,
            )
        root = self.markup(part)
        cells: dict[Place, Cell] = {}
        for place, element in cells_in(root, within=within, head=head):
            if place[1] > MOST_COLUMNS:
                continue
            cells[place] = self._cell(element)
            if len(cells) > MOST_CELLS:
                raise CannotRead("表格太大，请删去用不到的行和列再上传。")
        merges = tuple(
            merge for one in _all(root, "mergeCell") if (merge := _merge(one.get("ref", ""))) is not None
        )
        covered = sum(
            (one.bottom - one.top + 1) * min(one.right - one.left + 1, MOST_COLUMNS) for one in merges
        )
        if covered > MOST_CELLS:
            raise CannotRead("合并单元格太多，请取消用不到的合并再上传。")
        return Table(name=name, part=part, cells=cells, merges=merges)

    def is_day(self, style: int) -> bool:
        """Is a cell of this style shown as a date?"""
        number = self._formats[style] if style < len(self._formats) else 0
        code = _QUOTED.sub("", self._codes.get(number, ""))
        return number in _DATE_FORMATS or bool(_DAY_LETTERS.search(code))

    def is_text(self, style: int) -> bool:
        """Is a cell of this style kept as text?"""
        return style < len(self._formats) and self._formats[style] == _TEXT_FORMAT

    def serial(self, day: date) -> int:
        """The number under which a spreadsheet keeps a day."""
        return (day - self._epoch).days

    def _sheets(self) -> Iterator[tuple[str, str]]:
        for one in _all(self.root, "sheet"):
            link = next(
                (value for key, value in one.attrib.items() if etree.QName(key).localname == "id"), ""
            )
            target = self.links.get(link, "")
            if one.get("state", "visible") == "visible" and "worksheets/" in target:
                part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
                yield one.get("name", ""), part

    def _cell(self, element: Any) -> Cell:
        style = whole(element.get("s", "0"))
        parts = {child.tag.rpartition("}")[2]: child for child in element if isinstance(child.tag, str)}
        formula = "f" in parts
        kind = element.get("t", "n")
        value = parts["v"].text or "" if "v" in parts else ""
        if kind == "inlineStr":
            text = _words(parts["is"]) if "is" in parts else ""
        elif kind == "s":
            number = whole(value)
            text = self._shared[number] if value and number < len(self._shared) else ""
        elif kind == "b":
            text = "是" if value == "1" else "否"
        elif kind in ("n", "") and value:
            text = self._number(value, style)
        else:
            text = value
        return Cell(text=text.strip(), style=style, formula=formula)

    def _number(self, value: str, style: int) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if self.is_day(style) and 0 < number < 2_958_466:
            moment = datetime.combine(self._epoch, datetime.min.time()) + timedelta(days=number)
            return moment.date().isoformat()
        return str(int(number)) if number == int(number) and abs(number) < 10**15 else value

    @cached_property
    def _epoch(self) -> date:
        told = next(iter(_all(self.root, "workbookPr")), None)
        late = told is not None and told.get("date1904", "0") in ("1", "true")
        return date(1904, 1, 1) if late else date(1899, 12, 30)

    @cached_property
    def _shared(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._names:
            return []
        return [_words(one) for one in _all(self.markup("xl/sharedStrings.xml"), "si")]

    @cached_property
    def _styles(self) -> Any:
        return self.markup("xl/styles.xml") if "xl/styles.xml" in self._names else None

    @cached_property
    def _formats(self) -> list[int]:
        if self._styles is None:
            return []
        styles = next(iter(_all(self._styles, "cellXfs")), ())
        return [whole(one.get("numFmtId", "0")) for one in styles if isinstance(one.tag, str)]

    @cached_property
    def _codes(self) -> dict[int, str]:
        if self._styles is None:
            return {}
        return {
            whole(one.get("numFmtId", "0")): one.get("formatCode", "") for one in _all(self._styles, "numFmt")
        }


def cells_in(
    root: Any, *, within: tuple[int, int] | None = None, head: int = 0
) -> Iterator[tuple[Place, Any]]:
    """Every cell element of a sheet with its place; a cell that names none follows the one before.

    With ``within`` only those of the first ``head`` rows and of the rows from one to the other.
    """
    line = 0
    for row in _all(root, "row"):
        line = whole(row.get("r", "0")) or line + 1
        if within and line > head and not within[0] <= line <= within[1]:
            continue
        column = 0
        for element in row:
            if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] != "c":
                continue
            found = _REFERENCE.fullmatch(element.get("r", ""))
            column = column_number(found[1]) if found else column + 1
            yield (line, column), element


def _merge(reference: str) -> Merge | None:
    ends = [_REFERENCE.fullmatch(end) for end in reference.split(":")]
    if len(ends) != 2 or not all(ends):
        return None
    (left, top), (right, bottom) = ((column_number(end[1]), int(end[2])) for end in ends if end)
    return Merge(top, left, bottom, right)


def _all(root: Any, name: str) -> list[Any]:
    return list(root.iter(f"{{*}}{name}"))


def _words(element: Any) -> str:
    """The text of a string, without the readings that may stand above its characters."""
    if len(element) == 1 and isinstance(element[0].tag, str) and element[0].tag.endswith("}t"):
        return element[0].text or ""  # nearly all of them, and a table has tens of thousands
    return "".join(
        one.text or "" for one in _all(element, "t") if etree.QName(one.getparent()).localname != "rPh"
    )


def whole(text: str) -> int:
    """A whole number of the format; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
