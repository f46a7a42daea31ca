"""Write into a workbook without touching anything else (填表格): only the filled cells and one more sheet change.

The parts of the container are copied as they are: layout, formulas, pictures, charts and other sheets stay to the byte.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from yimen.kernel.text import defuse_formula
from yimen.steering.returns.engine.reading import Book, Table, cells_in, column_letters, whole
from yimen.steering.returns.rules import Place

SOURCES = "数据来源"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BLANK = "\t\n\r"
_NO_XML = "\ufffe\uffff"

Value = str | int | date


def filled(
    data: bytes, table: Table, values: Mapping[Place, Value], sources: Sequence[Sequence[str]]
) -> bytes:
    """The same workbook with these cells filled, and a sheet 数据来源 at its end."""
    book = Book(data)
    changed = {table.part: _written(book, table, values)}
    changed |= _with_sheet(book, sources)
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, changed.pop(part.filename, None) or old.read(part))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


def _written(book: Book, table: Table, values: Mapping[Place, Value]) -> bytes:
    root = book.markup(table.part)
    space = etree.QName(root).namespace
    rows = {}
    cells = {}
    for place, element in cells_in(root):
        cells[place] = element
        rows[place[0]] = element.getparent()
    # A cell that is missing looks like the others of its column.
    looks = {
        column: cells[row, column].get("s", "0") for row, column in sorted(values) if (row, column) in cells
    }
    for place, value in sorted(values.items()):
        element = cells.get(place)
        if element is None:
            element = _new_cell(rows[place[0]], place, space)
            if style := looks.get(place[1]):
                element.set("s", style)
        _put(book, element, value, space)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _new_cell(row: Any, place: Place, space: str) -> Any:
    """A cell where there was none, in the order that the format asks for."""
    element = etree.Element(f"{{{space}}}c", r=f"{column_letters(place[1])}{place[0]}")
    for at, other in enumerate(row):
        letters = "".join(mark for mark in other.get("r", "") if mark.isalpha())
        if letters and (len(letters), letters) > (len(column_letters(place[1])), column_letters(place[1])):
            row.insert(at, element)
            return element
    row.append(element)
    return element


def _put(book: Book, element: Any, value: Value, space: str) -> None:
    style = whole(element.get("s", "0"))
    for child in list(element):
        element.remove(child)
    element.attrib.pop("t", None)
    if isinstance(value, date) and book.is_day(style):
        value = book.serial(value)
    if isinstance(value, int) and not book.is_text(style):
        etree.SubElement(element, f"{{{space}}}v").text = str(value)
        return
    element.set("t", "inlineStr")
    holder = etree.SubElement(etree.SubElement(element, f"{{{space}}}is"), f"{{{space}}}t")
    holder.text = _safe(value.isoformat() if isinstance(value, date) else str(value))
    holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _safe(text: str) -> str:
    """What a spreadsheet neither runs nor chokes on."""
    return defuse_formula(
        "".join(mark for mark in text if (mark >= " " or mark in _BLANK) and mark not in _NO_XML)
    )


def _with_sheet(book: Book, lines: Sequence[Sequence[str]]) -> dict[str, bytes]:
    root, links = book.root, book.markup("xl/_rels/workbook.xml.rels")
    space = etree.QName(root).namespace
    sheets = next(root.iter(f"{{{space}}}sheets"))
    taken = {one.get("name", "") for one in sheets}
    name = next(
        told
        for number in range(1, 999)
        if (told := SOURCES + (str(number) if number > 1 else "")) not in taken
    )
    parts = {one.get("Target", "").rsplit("/", 1)[-1] for one in links}
    part = next(told for number in range(1, 9999) if (told := f"sources{number}.xml") not in parts)
    link = next(told for number in range(1, 9999) if (told := f"rIdSources{number}") not in book.links)
    relation = _STRICT if "purl.oclc.org" in space else _RELATION
    ids = [whole(one.get("sheetId", "0")) for one in sheets]
    told = etree.SubElement(sheets, f"{{{space}}}sheet", name=name, sheetId=str(max(ids) + 1))
    told.set(f"{{{relation}}}id", link)
    made = etree.SubElement(links, f"{{{etree.QName(links).namespace}}}Relationship", Id=link)
    made.set("Type", f"{relation}/worksheet")
    made.set("Target", f"worksheets/{part}")
    _count_anew(root, space)
    types = book.markup("[Content_Types].xml")
    kind = etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Override")
    kind.set("PartName", f"/xl/worksheets/{part}")
    kind.set("ContentType", _SHEET_TYPE)
    told_in = {
        "xl/workbook.xml": root,
        "xl/_rels/workbook.xml.rels": links,
        "[Content_Types].xml": types,
        f"xl/worksheets/{part}": _sheet(lines, space),
    }
    return {
        where: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        for where, tree in told_in.items()
    }


def _sheet(lines: Sequence[Sequence[str]], space: str) -> Any:
    root = etree.Element(f"{{{space}}}worksheet", nsmap={None: space})
    columns = etree.SubElement(root, f"{{{space}}}cols")
    for number, width in enumerate((22, 24, 30, 16, 40), start=1):
        etree.SubElement(
            columns, f"{{{space}}}col", min=str(number), max=str(number), width=str(width), customWidth="1"
        )
    body = etree.SubElement(root, f"{{{space}}}sheetData")
    for row, line in enumerate(lines, start=1):
        element = etree.SubElement(body, f"{{{space}}}row", r=str(row))
        for column, text in enumerate(line, start=1):
            cell = etree.SubElement(
                element, f"{{{space}}}c", r=f"{column_letters(column)}{row}", t="inlineStr"
            )
            etree.SubElement(etree.SubElement(cell, f"{{{space}}}is"), f"{{{space}}}t").text = _safe(text)
    return root


def _count_anew(root: Any, space: str) -> None:
    """Let the spreadsheet work out its formulas again when it opens the workbook."""
    found = root.find(f"{{{space}}}calcPr")
    if found is None:
        found = etree.Element(f"{{{space}}}calcPr")
        before = ("definedNames", "externalReferences", "functionGroups", "sheets")
        after = next(one for name in before if (one := root.find(f"{{{space}}}{name}")) is not None)
        after.addnext(found)
    found.set("fullCalcOnLoad", "1")
