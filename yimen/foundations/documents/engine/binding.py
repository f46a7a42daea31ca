"""Several pictures and PDFs become one PDF (合成一份): each picture on an A4 page, as it is, not compressed again."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, StreamObject

from yimen.foundations.documents.choices import FileKind
from yimen.foundations.documents.engine.pictures import as_jpg

A4 = (595.0, 842.0)
_LEAST_DPI = 100  # a small picture is not blown up beyond this
_SPACES = {"RGB": "/DeviceRGB", "L": "/DeviceGray"}


@dataclass(frozen=True)
class Leaf:
    """One part of the book: a picture or a PDF that was read and found good, turned right by ``turn`` degrees."""

    kind: FileKind
    data: bytes
    turn: int = 0


def bound(leaves: Iterable[Leaf]) -> tuple[bytes, int]:
    """The PDF and how many pages it has, in the order given."""
    book = PdfWriter()
    for leaf in leaves:
        before = len(book.pages)
        if leaf.kind is FileKind.PDF:
            reader = PdfReader(BytesIO(leaf.data), strict=False)
            if reader.is_encrypted:
                reader.decrypt("")  # only marked against editing, or it would not have been taken
            book.append(reader, import_outline=False)
        else:
            _add_picture(book, leaf)
        for page in list(book.pages)[before:]:
            if leaf.turn:
                page.rotate(leaf.turn)
    out = BytesIO()
    book.write(out)
    return out.getvalue(), len(book.pages)


def _add_picture(book: PdfWriter, leaf: Leaf) -> PageObject:
    data = leaf.data
    with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as picture:
        (width, height), space = picture.size, _SPACES.get(picture.mode, "")
        if picture.format != "JPEG" or not space:
            data, space = as_jpg(picture), "/DeviceRGB"
    wide, high = A4 if height >= width else A4[::-1]
    scale = min(wide / width, high / height, 72 / _LEAST_DPI)
    image = StreamObject()
    image.set_data(data)
    image.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(width),
            NameObject("/Height"): NumberObject(height),
            NameObject("/ColorSpace"): NameObject(space),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/Filter"): NameObject("/DCTDecode"),
        }
    )
    place = DecodedStreamObject()
    left, low = (wide - width * scale) / 2, (high - height * scale) / 2
    place.set_data(
        f"q {width * scale:.2f} 0 0 {height * scale:.2f} {left:.2f} {low:.2f} cm /Page Do Q".encode()
    )
    page = book.add_blank_page(width=wide, height=high)
    page[NameObject("/Contents")] = book._add_object(place)
    shelf = DictionaryObject({NameObject("/Page"): book._add_object(image)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): shelf})
    return page
