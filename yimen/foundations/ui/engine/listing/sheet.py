"""A list as a sheet (导出 Excel): the same rows, the same columns, nothing that a spreadsheet would run."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from yimen.foundations.ui.engine.listing.columns import Column, words
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.text import defuse_formula

MOST_ROWS = 20_000

# What must be told of an export; filled by the operation that leaves the trail.
on_export: list[Callable[..., None]] = []


def workbook(
    title: str, remarks: Iterable[str], columns: list[Column], rows: Iterable[Any]
) -> tuple[bytes, int]:
    """The bytes of an xlsx file and the number of its rows: a title, remark lines, heads, rows."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        },
    )
    sheet = book.add_worksheet(_sheet_name(title))
    bold = book.add_format({"bold": True, "font_size": 14})
    grey = book.add_format({"font_color": "#55616E"})
    head = book.add_format({"bold": True, "bg_color": "#E5F0F6", "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
    sheet.write_string(0, 0, title, bold)
    line = 1
    for remark in remarks:
        sheet.write_string(line, 0, defuse_formula(remark), grey)
        line += 1
    for number, column in enumerate(columns):
        sheet.write_string(line, number, column.title, head)
    sheet.freeze_panes(line + 1, 1)
    count = 0
    for row in rows:
        count += 1
        for number, column in enumerate(columns):
            value = column.value_of(row)
            if isinstance(value, datetime):
                sheet.write_datetime(
                    line + count, number, value.astimezone(STREET_TIME).replace(tzinfo=None), moment
                )
            elif isinstance(value, date):
                sheet.write_datetime(line + count, number, value, day)
            elif (
                isinstance(value, int | float | Decimal)
                and not isinstance(value, bool)
                and abs(value) < 10**15
            ):
                sheet.write_number(line + count, number, value)
            else:
                sheet.write_string(line + count, number, defuse_formula(words(value)))
    book.close()
    return target.getvalue(), count


def _sheet_name(title: str) -> str:
    return "".join(each for each in title if each not in "[]:*?/\\'")[:31] or "清单"
