"""Files as people really send them, good and bad, and the facts of a case."""

import io
import struct
import zipfile
import zlib

import docx
import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

COMMUNITY = "330212007001"
FACTS = {
    "applicant": "𠮷野䶮",
    "matter": "临时救助",
    "case_number": "007-261120-0042-7",
    "received_on": "2026-11-20",
    "missing": ["户口簿（原件核对）", "近三个月医疗费用结算单"],
    "address": "潘火街道便民服务中心 3 号窗口",
    "phone": "0574-88000000",
    "handler": "王敏",
}


def upload(data: bytes, name: str = "材料.pdf") -> SimpleUploadedFile:
    made = SimpleUploadedFile("x", data)
    made._name = name  # as a browser may send it, before Django trims it
    return made


def picture(size=(400, 300), kind="JPEG", *, exif=None, noise=False, **save) -> bytes:
    image = Image.effect_noise(size, 90).convert("RGB") if noise else Image.new("RGB", size, "#88aacc")
    out = io.BytesIO()
    if exif:
        save["exif"] = exif
    image.save(out, kind, **save)
    return out.getvalue()


def phone_photo(size=(4000, 3000)) -> bytes:
    """A photograph with the place it was taken and the camera lying on its side."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "SECRETPHONE", 6
    exif[0x8825] = {1: "N", 2: (29.0, 52.0, 1.0), 3: "E", 4: (121.0, 33.0, 2.0)}
    return picture(size, exif=exif, noise=True, quality=75)


def pdf(pages: int = 1, change=None, **write) -> bytes:
    book = PdfWriter()
    for _ in range(pages):
        book.add_blank_page(595, 842)
    if change:
        change(book)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def pdf_with_script() -> bytes:
    return pdf(change=lambda book: _open_with(book, "/JavaScript", "/JS", "app.alert('x')"))


def pdf_with_attachment() -> bytes:
    return pdf(change=lambda book: book.add_attachment("a.txt", b"hello"))


def pdf_that_launches() -> bytes:
    return pdf(change=lambda book: _open_with(book, "/Launch", "/F", "cmd.exe"))


def _open_with(book: PdfWriter, kind: str, key: str, text: str) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(text)})
    book._root_object[NameObject("/OpenAction")] = book._add_object(action)


def pdf_with_password(word: str) -> bytes:
    return pdf(change=lambda book: book.encrypt(word, owner_password="owner", algorithm="AES-256"))


def pdf_with_embedded_stream() -> bytes:
    def embed(book):
        stream = DecodedStreamObject()
        stream.set_data(b"MZ")
        stream[NameObject("/Type")] = NameObject("/EmbeddedFile")
        book._add_object(stream)

    return pdf(change=embed)


def word_file() -> bytes:
    paper = docx.Document()
    paper.add_paragraph("个人情况说明")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def sheet_file() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "姓名"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word_with(name: str, data: bytes = b"x", *, base: bytes | None = None) -> bytes:
    """A Word file with one more part."""
    out = io.BytesIO(word_file() if base is None else base)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as container:
        container.writestr(name, data)
    return out.getvalue()


def word_with_part(name: str, change) -> bytes:
    """A Word file in which one part was altered."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word_file())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part.filename, change(data) if part.filename == name else data)
    return out.getvalue()


def png_bomb(side: int = 60_000) -> bytes:
    """A few hundred bytes that claim 3.6 thousand million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


def written_sheet(turned: float = 0) -> bytes:
    """A white sheet with dark lines of writing, photographed ``turned`` degrees askew."""
    sheet = Image.new("L", (800, 1100), 235)
    for top in range(100, 1000, 40):
        sheet.paste(30, (90, top, 700, top + 12))
    out = io.BytesIO()
    sheet.rotate(turned, Image.Resampling.BICUBIC, fillcolor=235).convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()
