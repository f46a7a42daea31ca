"""Write into a workbook without touching anything else (填表格): only the filled cells and the added sheets change.

The parts of the container are copied as they are: layout, formulas, pictures, charts and other sheets stay to the byte.
"""

from bisect import bisect
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from yimen.foundations.documents.engine.workbooks import Book, cells_in, whole
from yimen.kernel.cells import Place, column_letters
from yimen.kernel.text import defuse_formula

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BLANK = "\t\n\r"
_NO_XML = "\ufffe\uffff"

Value = str | int | date


def filled(
    data: bytes,
    part: str,
    values: Mapping[Place, Value],
    added: Mapping[str, Mapping[Place, str]] | None = None,
) -> bytes:
    """The same workbook with these cells of one sheet filled (填好的表格); each of ``added`` becomes a sheet at its end."""
    book = Book(data)
    changed = {part: _written(book, part, values)}
    if added:
        changed |= _with_sheets(book, added)
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(one.filename, changed.pop(one.filename, None) or old.read(one))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


def _written(book: Book, part: str, values: Mapping[Place, Value]) -> bytes:
    root = book.markup(part)
    space = etree.QName(root).namespace
    rows: dict[int, Any] = {}
    cells: dict[Place, Any] = {}
    stand: dict[int, list[int]] = {}
    for place, element in cells_in(root):
        cells[place] = element
        rows[place[0]] = element.getparent()
        stand.setdefault(place[0], []).append(place[1])
    pattern = min((row for row, _ in values), default=0)
    _add_rows(root, rows, cells, stand, {row for row, _ in values} - set(rows), pattern)
    # A cell that is missing looks like the others of its column.
    looks = {
        column: cells[row, column].get("s", "0") for row, column in sorted(values) if (row, column) in cells
    }
    for place, value in sorted(values.items()):
        element = cells.get(place)
        if element is None:
            element = etree.Element(f"{{{space}}}c", r=f"{column_letters(place[1])}{place[0]}")
            at = bisect(stand[place[0]], place[1])
            rows[place[0]].insert(at, element)
            stand[place[0]].insert(at, place[1])
            if style := looks.get(place[1]):
                element.set("s", style)
        _put(book, element, value, space)
    # How far the sheet reaches is a hint that nobody needs, and it would be wrong now.
    for hint in root.findall(f"{{{space}}}dimension"):
        root.remove(hint)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _add_rows(
    root: Any,
    rows: dict[int, Any],
    cells: dict[Place, Any],
    stand: dict[int, list[int]],
    missing: set[int],
    pattern: int,
) -> None:
    """Rows that an empty table does not have yet: they look like its first one and hold nothing."""
    if not missing:
        return
    space = etree.QName(root).namespace
    body = next(root.iter(f"{{{space}}}sheetData"))
    placed = {whole(one.get("r", "0")): one for one in body if isinstance(one.tag, str)}
    like = rows.get(pattern)
    for number in sorted(missing):
        element = placed.get(number)
        if element is None:
            element = etree.Element(f"{{{space}}}row", r=str(number))
            for name in ("s", "customFormat", "ht", "customHeight"):
                if like is not None and name in like.attrib:
                    element.set(name, like.get(name))
            later = [line for line in placed if line > number]
            if later:
                placed[min(later)].addprevious(element)
            else:
                body.append(element)
        rows[number], stand[number] = element, []
        for column in stand.get(pattern, ()):
            made = etree.SubElement(element, f"{{{space}}}c", r=f"{column_letters(column)}{number}")
            made.set("s", cells[pattern, column].get("s", "0"))
            cells[number, column] = made
            stand[number].append(column)


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


def _with_sheets(book: Book, added: Mapping[str, Mapping[Place, str]]) -> dict[str, bytes]:
    root, links = book.root, book.markup("xl/_rels/workbook.xml.rels")
    types = book.markup("[Content_Types].xml")
    space = etree.QName(root).namespace
    sheets = next(root.iter(f"{{{space}}}sheets"))
    relation = _STRICT if "purl.oclc.org" in space else _RELATION
    told_in: dict[str, Any] = {}
    for wanted, texts in added.items():
        taken = {one.get("name", "") for one in sheets}
        ids = [whole(one.get("sheetId", "0")) for one in sheets]
        parts = {one.get("Target", "").rsplit("/", 1)[-1] for one in links}
        known = {one.get("Id") for one in links}
        name = next(
            told
            for number in range(1, 999)
            if (told := wanted + (str(number) if number > 1 else "")) not in taken
        )
        part = next(told for number in range(1, 9999) if (told := f"sources{number}.xml") not in parts)
        link = next(told for number in range(1, 9999) if (told := f"rIdSources{number}") not in known)
        told = etree.SubElement(sheets, f"{{{space}}}sheet", name=name, sheetId=str(max(ids) + 1))
        told.set(f"{{{relation}}}id", link)
        made = etree.SubElement(links, f"{{{etree.QName(links).namespace}}}Relationship", Id=link)
        made.set("Type", f"{relation}/worksheet")
        made.set("Target", f"worksheets/{part}")
        kind = etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Override")
        kind.set("PartName", f"/xl/worksheets/{part}")
        kind.set("ContentType", _SHEET_TYPE)
        told_in[f"xl/worksheets/{part}"] = _sheet(texts, space)
    _count_anew(root, space)
    told_in |= {
        "xl/workbook.xml": root,
        "xl/_rels/workbook.xml.rels": links,
        "[Content_Types].xml": types,
    }
    return {
        where: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        for where, tree in told_in.items()
    }


def _sheet(texts: Mapping[Place, str], space: str) -> Any:
    root = etree.Element(f"{{{space}}}worksheet", nsmap={None: space})
    columns = etree.SubElement(root, f"{{{space}}}cols")
    for number, width in enumerate((22, 24, 30, 16, 40), start=1):
        etree.SubElement(
            columns, f"{{{space}}}col", min=str(number), max=str(number), width=str(width), customWidth="1"
        )
    body = etree.SubElement(root, f"{{{space}}}sheetData")
    element, stands = None, 0
    for (row, column), text in sorted(texts.items()):
        if element is None or row != stands:
            element, stands = etree.SubElement(body, f"{{{space}}}row", r=str(row)), row
        cell = etree.SubElement(element, f"{{{space}}}c", r=f"{column_letters(column)}{row}", t="inlineStr")
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
