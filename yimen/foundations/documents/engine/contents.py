"""What an uploaded file really is (内容识别): told by its bytes and by really reading it, never by its name."""

from collections.abc import Collection
from dataclasses import dataclass

from yimen.foundations.documents.choices import FileKind
from yimen.foundations.documents.engine import office, pdf, pictures, texts
from yimen.foundations.documents.engine.faults import BadContent
from yimen.kernel.faults import Fault

ALLOWED = "PDF、JPG、PNG、Word（docx）、Excel（xlsx）和 OFD"

# What people try to upload though it is not taken, with what to do instead.
_OTHERS: tuple[tuple[int, bytes, str], ...] = (
    (
        0,
        b"\xd0\xcf\x11\xe0",
        "这是旧版 Office 文件或加了密码的文件，请去掉密码、另存为 docx、xlsx 或 PDF 再上传。",
    ),
    (4, b"ftypheic", "这是苹果手机的 HEIC 照片，请在手机上转换成 JPG 再上传。"),
    (4, b"ftypheix", "这是苹果手机的 HEIC 照片，请在手机上转换成 JPG 再上传。"),
    (4, b"ftypmif1", "这是苹果手机的 HEIC 照片，请在手机上转换成 JPG 再上传。"),
    (4, b"ftyp", "这是视频，请改传照片或 PDF。"),
    (8, b"WEBP", "这是 WEBP 图片，请另存为 JPG 再上传。"),
    (0, b"GIF8", "这是 GIF 图片，请另存为 JPG 或 PNG 再上传。"),
    (0, b"BM", "这是 BMP 图片，请另存为 JPG 或 PNG 再上传。"),
    (0, b"II*\x00", "这是 TIFF 图片，请另存为 JPG 或 PDF 再上传。"),
    (0, b"MM\x00*", "这是 TIFF 图片，请另存为 JPG 或 PDF 再上传。"),
    (0, b"{\\rtf", "这是 RTF 文档，请另存为 docx 或 PDF 再上传。"),
    (0, b"MZ", "这是程序文件，不能上传。"),
    (0, b"\x7fELF", "这是程序文件，不能上传。"),
    (0, b"#!", "这是程序文件，不能上传。"),
    (0, b"\xff\xfe", "这是“Unicode 文本”，请另存为 xlsx，或“CSV UTF-8”再上传。"),
    (0, b"Rar!", "这是压缩包，请解压后把里面的文件逐个上传。"),
    (0, b"7z\xbc\xaf", "这是压缩包，请解压后把里面的文件逐个上传。"),
    (0, b"\x1f\x8b", "这是压缩包，请解压后把里面的文件逐个上传。"),
)
_WEB_CODE = (b"<html", b"<script", b"<!doctype html", b"<svg", b"<?php")


@dataclass(frozen=True)
class Content:
    """A file that was read through and found good: what it is, and the bytes to keep (cleaned where it is a picture)."""

    kind: FileKind
    data: bytes
    pages: int = 0
    notes: tuple[str, ...] = ()


def read_content(
    data: bytes,
    *,
    kinds: Collection[FileKind],
    shrink_to: int = 0,
    most_pixels: int,
    most_pages: int,
    most_unpacked: int = 0,
) -> Content | Fault:
    """Read a file through. A Fault says in Chinese why it is not taken; its bytes are then not kept anywhere.

    Pictures come back without EXIF, upright, and no larger than `shrink_to` bytes where that is given.
    """
    try:
        kind = FileKind.CSV if FileKind.CSV in kinds and texts.is_table(data) else _kind_of(data)
        if kind is FileKind.CSV:
            return Content(kind, data)
        if kind not in kinds:
            wanted = "、".join(FileKind(one).label for one in FileKind if one in kinds)
            raise BadContent("kind_not_wanted", f"这里只收{wanted}，这个文件是{kind.label}。")
        if kind in (FileKind.JPG, FileKind.PNG):
            _refuse_web_code(data)
            if shrink_to:
                return Content(
                    FileKind.JPG, pictures.shrunk(data, most_bytes=shrink_to, most_pixels=most_pixels), 1
                )
            return Content(kind, pictures.cleaned(data, kind=kind, most_pixels=most_pixels), 1)
        if kind is FileKind.PDF:
            _refuse_web_code(data[:1024])
            pages, notes = pdf.checked(data, most_pages=most_pages)
            return Content(kind, data, pages, notes)
        return Content(kind, data, 0, office.checked(data, kind=kind, most_unpacked=most_unpacked))
    except BadContent as bad:
        return bad.fault


def _kind_of(data: bytes) -> FileKind:
    if not data:
        raise BadContent("empty", "文件是空的（0 字节），请重新选择文件。")
    if data.startswith(b"\xff\xd8\xff"):
        return FileKind.JPG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if data.startswith(b"%PDF-"):
        return FileKind.PDF
    if data.startswith(b"PK\x03\x04"):
        return office.kind_of(data)
    for place, mark, sentence in _OTHERS:
        if data.startswith(mark, place):
            raise BadContent("kind", sentence)
    if any(code in data[:4096].lower() for code in _WEB_CODE):
        raise BadContent("kind", "这是网页文件，不能上传；请打印成 PDF 再上传。")
    raise BadContent("kind", f"看不出这是什么文件。可以上传的是 {ALLOWED}。")


def _refuse_web_code(data: bytes) -> None:
    low = data.lower()
    if any(code in low for code in (b"<html", b"<script", b"<!doctype html", b"<?php")):
        raise BadContent("web_code", "文件里夹带了网页代码，不能上传；请重新拍照或重新导出。")
