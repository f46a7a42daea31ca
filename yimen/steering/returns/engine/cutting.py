"""A workbook for one community (分表): the rows of the others are emptied and hidden, everything else stays as it lies."""

from collections.abc import Collection
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from yimen.foundations.documents.api import Workbook, cells_in, whole

_STRINGS = "xl/sharedStrings.xml"


def cut(data: bytes, sheet: str, rows: Collection[int]) -> bytes:
    """The same workbook without what stands in ``rows`` of one sheet.

    Their words leave the table of strings as well when no other cell uses them: what is only hidden is still handed on.
    """
    book = Workbook(data)
    part = book.part_of(sheet)
    root = book.markup(part)
    gone: set[int] = set()
    stays: set[int] = set()
    wanted = set(rows)
    for (row, _), element in cells_in(root):
        if row in wanted:
            gone |= _string(element)
            for child in list(element):
                element.remove(child)
            element.attrib.pop("t", None)
            element.getparent().set("hidden", "1")
        else:
            stays |= _string(element)
    changed = {part: _written(root)}
    if gone:
        for other in dict.fromkeys(one for one in book.parts if one != part):
            for _, element in cells_in(book.markup(other)):
                stays |= _string(element)
        changed[_STRINGS] = _emptied(book, gone - stays)
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(one.filename, changed.get(one.filename) or old.read(one))
    return out.getvalue()


def _string(element: Any) -> set[int]:
    if element.get("t") != "s":
        return set()
    return {
        whole(child.text or "")
        for child in element
        if isinstance(child.tag, str) and child.tag.endswith("}v")
    }


def _emptied(book: Workbook, numbers: set[int]) -> bytes:
    root = book.markup(_STRINGS)
    space = etree.QName(root).namespace
    for number, element in enumerate(root.iterchildren(f"{{{space}}}si")):
        if number in numbers:
            for child in list(element):
                element.remove(child)
            etree.SubElement(element, f"{{{space}}}t")
    return _written(root)


def _written(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
