"""Workbooks that go out: the rows that are wrong with their cells marked, and an empty sheet as a pattern."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

import xlsxwriter

from yimen.foundations.imports.engine.reading import Line
from yimen.foundations.imports.ports import Importer, Note
from yimen.foundations.imports.rules import LOST
from yimen.kernel.text import defuse_formula

MOST_ROWS = 50_000
_SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
REASON = "不合格原因"
ROW = "原表行号"


def wrong_rows(
    head: Sequence[str],
    columns: Mapping[str, str],
    rows: Iterable[tuple[Line, Sequence[Note]]],
) -> tuple[bytes, int]:
    """The same heading, the rows as they stood, each wrong cell red with its reason, and the reasons in a last column.

    Mended, it can be uploaded as it is: the two columns added on the right are not brought in.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(target, _SAFE)
    bold = book.add_format({"bold": True, "bg_color": "#E5F0F6", "bottom": 1, "num_format": "@"})
    text = book.add_format({"num_format": "@"})
    red = book.add_format({"bg_color": "#F8D7DA", "num_format": "@"})
    amber = book.add_format({"bg_color": "#FFF3CD", "num_format": "@"})
    sheet = book.add_worksheet("要改的行")
    width = len(head)
    sheet.set_column(0, width - 1, 16, text)
    sheet.set_column(width, width, 60, text)
    sheet.freeze_panes(1, 0)
    for place, words in enumerate([*head, REASON, ROW]):
        sheet.write_string(0, place, defuse_formula(words), bold)
    place_of = {key: int(place) for place, key in columns.items()}
    count = 0
    for (number, texts), notes in rows:
        count += 1
        marked = {place_of[note.column]: note for note in reversed(notes) if note.column in place_of}
        for place in range(width):
            value = texts[place].removeprefix(LOST) if place < len(texts) else ""
            note = marked.get(place)
            look = text if note is None else red if note.refuses else amber
            if value:
                sheet.write_string(count, place, defuse_formula(value), look)
            elif note:
                sheet.write_blank(count, place, None, look)
            if note and count <= 2000:
                sheet.write_comment(count, place, note.sentence)
        sheet.write_string(count, width, defuse_formula(" ".join(note.sentence for note in notes)))
        sheet.write_string(count, width + 1, str(number))
        if count >= MOST_ROWS:
            break
    book.close()
    return target.getvalue(), count


def pattern(importer: Importer) -> bytes:
    """An empty sheet with the headings that are understood, one example, and what each column wants (空表)."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, _SAFE)
    bold = book.add_format({"bold": True, "bg_color": "#E5F0F6", "bottom": 1, "num_format": "@"})
    text = book.add_format({"num_format": "@"})
    grey = book.add_format({"font_color": "#55616E", "num_format": "@"})
    sheet = book.add_worksheet(importer.title)
    sheet.set_column(0, len(importer.columns) - 1, 18, text)
    for place, column in enumerate(importer.columns):
        sheet.write_string(0, place, column.title, bold)
    sheet.freeze_panes(1, 0)
    told = book.add_worksheet("填写说明")
    told.set_column(0, 0, 18)
    told.set_column(1, 1, 10)
    told.set_column(2, 3, 50)
    for place, words in enumerate(("列", "必填", "怎么填", "例子")):
        told.write_string(0, place, words, bold)
    for line, column in enumerate(importer.columns, start=1):
        told.write_string(line, 0, column.title)
        told.write_string(line, 1, "必填" if column.needed else "")
        told.write_string(line, 2, column.help)
        told.write_string(line, 3, column.example, grey)
    told.write_string(len(importer.columns) + 2, 0, importer.hint, grey)
    book.close()
    return target.getvalue()
