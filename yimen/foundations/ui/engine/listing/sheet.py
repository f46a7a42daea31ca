"""A list as a sheet (导出 Excel): the same rows, the same columns, nothing that a spreadsheet would run."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, BinaryIO

import xlsxwriter

from yimen.foundations.ui.engine.listing.columns import Column, words
from yimen.foundations.ui.engine.listing.privacy import masked_value
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.text import defuse_formula

MOST_ROWS = 20_000
CELL_HOLDS = 32_767
HEADER_HOLDS = 240

# What must be told of an export; filled by the operation that leaves the trail.
on_export: list[Callable[..., None]] = []


Read = Callable[[Column, Any], Any]


@dataclass(frozen=True)
class Stamp:
    """Words that every printed page of a sheet carries (水印), and what the file says of itself (文件属性)."""

    text: str
    properties: Mapping[str, str] = field(default_factory=dict)


def workbook(
    title: str, remarks: Iterable[str], columns: list[Column], rows: Iterable[Any], read: Read = masked_value
) -> tuple[bytes, int]:
    """The bytes of an xlsx file and the number of its rows: a title, remark lines, heads, rows."""
    target = BytesIO()
    count = write_workbook(target, title, remarks, columns, rows, read=read)
    return target.getvalue(), count


def write_workbook(
    target: BinaryIO,
    title: str,
    remarks: Iterable[str],
    columns: list[Column],
    rows: Iterable[Any],
    *,
    read: Read = masked_value,
    stamp: Stamp | None = None,
    folder: str | None = None,
) -> int:
    """Write the same into an open file and answer how many rows; the memory does not grow with them.

    What is unfinished lies in ``folder``. Masked, unless ``read`` says otherwise.
    """
    book = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        },
    )
    try:
        return _fill(book, title, remarks, columns, rows, read=read, stamp=stamp)
    finally:
        # Also after a refusal: an unclosed book leaves its parts behind.
        book.close()


def _fill(book, title, remarks, columns, rows, *, read: Read, stamp: Stamp | None) -> int:
    sheet = book.add_worksheet(_sheet_name(title))
    bold = book.add_format({"bold": True, "font_size": 14})
    grey = book.add_format({"font_color": "#55616E"})
    head = book.add_format({"bold": True, "bg_color": "#E5F0F6", "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    if stamp:
        _press(book, sheet, stamp)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
    sheet.write_string(0, 0, defuse_formula(title), bold)
    line = 1
    for remark in ([stamp.text] if stamp else []) + list(remarks):
        sheet.write_string(line, 0, defuse_formula(remark), grey)
        line += 1
    for number, column in enumerate(columns):
        sheet.write_string(line, number, defuse_formula(column.title), head)
    sheet.freeze_panes(line + 1, 1)
    sheet.repeat_rows(0, line)
    count = 0
    for row in rows:
        count += 1
        for number, column in enumerate(columns):
            _put(sheet, line + count, number, read(column, row), day=day, moment=moment)
    if stamp:
        sheet.write_string(line + count + 1, 0, defuse_formula(stamp.text), grey)
    return count


def _put(sheet, line: int, number: int, value: Any, *, day, moment) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(line, number, value.astimezone(STREET_TIME).replace(tzinfo=None), moment)
    elif isinstance(value, date):
        sheet.write_datetime(line, number, value, day)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool) and abs(value) < 10**15:
        sheet.write_number(line, number, value)
    else:
        sheet.write_string(line, number, defuse_formula(words(value))[:CELL_HOLDS])


def _press(book, sheet, stamp: Stamp) -> None:
    # Of a header line, & is an order, and no more than 255 characters are read.
    line = stamp.text.replace("&", "＆")[:HEADER_HOLDS]
    sheet.set_header(f"&C{line}")
    sheet.set_footer(f"&C{line}")
    book.set_properties(dict(stamp.properties))
    for name, told in stamp.properties.items():
        book.set_custom_property(name, told[:HEADER_HOLDS])


def _sheet_name(title: str) -> str:
    return "".join(each for each in title if each not in "[]:*?/\\'")[:31] or "清单"
