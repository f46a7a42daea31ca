"""Sheets as people make them, for the tests of imports."""

import csv
import io

import xlsxwriter

from yimen.standards.citizen_id import check_character

HEAD = ["姓名", "身份证号", "性别", "联系电话", "现住址", "户号", "与户主关系"]


def number_of(birth: str, sequence: int, division: str = "330212") -> str:
    body = f"{division}{birth}{sequence:03d}"
    return body + check_character(body)


def residents(count: int, *, start: int = 1) -> list[list[str]]:
    """So many residents, in households of two."""
    rows = []
    for n in range(start, start + count):
        birth = f"{1940 + n % 60}{n % 12 + 1:02d}{n % 28 + 1:02d}"
        name = (
            "王李张刘陈杨赵黄周吴"[n % 10]
            + "一二三四五六七八九十百千"[n % 12]
            + "甲乙丙丁戊己庚辛"[n // 12 % 8]
        )
        role = "户主" if n % 2 else "配偶"
        rows.append(
            [
                name,
                number_of(birth, n % 999),
                "男" if n % 999 % 2 else "女",
                f"138{n:08d}",
                f"东方丽都{n}号",
                str((n + 1) // 2),
                role,
            ]
        )
    return rows


def xlsx(*sheets, hidden=()) -> bytes:
    """Sheets of rows: (name, rows) each; a cell is a text, a number, or something that knows how to write itself."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_numbers": False, "strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                if callable(cell):
                    cell(sheet, line, place)
                elif hasattr(cell, "year"):
                    sheet.write_datetime(line, place, cell, day)
                elif isinstance(cell, int | float):
                    sheet.write_number(line, place, cell)
                elif cell:
                    sheet.write_string(line, place, cell)
    book.close()
    return target.getvalue()


def text_table(rows, *, encoding="utf-8-sig", delimiter=",") -> bytes:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue().encode(encoding)
