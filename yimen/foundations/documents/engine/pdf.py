"""PDF: every object is read, because what is dangerous in a PDF is never on its first page."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from yimen.foundations.documents.engine.faults import BadContent

MOST_OBJECTS = 30_000
_DEEPEST = 40
_DAMAGE = (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError, RecursionError,
           NotImplementedError, OverflowError, AssertionError, ZeroDivisionError)  # fmt: skip
_ACTIONS = {"/JavaScript": "脚本", "/Launch": "启动程序的指令", "/ImportData": "导入数据的指令"}
_KEYS = {"/JS": "脚本", "/EmbeddedFiles": "夹带的附件", "/RichMedia": "多媒体程序"}


def checked(data: bytes, *, most_pages: int) -> tuple[int, tuple[str, ...]]:
    """How many pages, and what is worth noting. Refused: a password, scripts, starting programs, files inside."""
    tail = data.rstrip(b"\x00 \t\r\n")
    end = tail.rfind(b"%%EOF")
    if end < 0 or len(tail) - end > 1024:
        raise BadContent("damaged", "PDF 不完整或末尾夹带了其他内容，请重新导出或打印成 PDF。")
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        notes = _unlocked(reader)
        pages = len(reader.pages)
        if not pages:
            raise BadContent("damaged", "PDF 里一页也没有，请重新导出。")
        if pages > most_pages:
            raise BadContent("too_many_pages", f"PDF 有 {pages} 页，最多收 {most_pages} 页，请分开上传。")
        for item in _objects(reader):
            _refuse_active(item)
        return pages, notes
    except BadContent:
        raise
    except _DAMAGE:
        raise BadContent("damaged", "PDF 打不开，文件可能已损坏，请重新导出。") from None


def _unlocked(reader: PdfReader) -> tuple[str, ...]:
    if not reader.is_encrypted:
        return ()
    if not reader.decrypt(""):
        raise BadContent("locked", "PDF 加了密码，请去掉密码再上传。")
    return ("PDF 设有编辑限制",)


def _objects(reader: PdfReader) -> Iterator[Any]:
    """All objects of the file, also those no page refers to."""
    names = [(number, generation) for generation, table in reader.xref.items() for number in table]
    names += [(number, 0) for number in reader.xref_objStm]
    if len(names) > MOST_OBJECTS:
        raise BadContent("too_complex", "PDF 结构过于复杂，请打印成 PDF 再上传。")
    for number, generation in names:
        yield reader.get_object(IndirectObject(number, generation, reader))


def _refuse_active(item: Any, depth: int = 0) -> None:
    if depth > _DEEPEST:
        raise BadContent("too_complex", "PDF 结构过于复杂，请打印成 PDF 再上传。")
    if isinstance(item, DictionaryObject):
        for key, value in item.items():
            what = _KEYS.get(key) or (key == "/S" and isinstance(value, str) and _ACTIONS.get(value))
            if not what and key == "/Type" and value == "/EmbeddedFile":
                what = "夹带的附件"
            if what:
                raise BadContent("active", f"PDF 里有{what}，不能上传；请打印成 PDF 再上传。")
            _refuse_active(value, depth + 1)
    elif isinstance(item, ArrayObject):
        for value in item:
            _refuse_active(value, depth + 1)
