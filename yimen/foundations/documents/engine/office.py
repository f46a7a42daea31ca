"""Word, Excel and OFD: ZIP containers, looked through part by part; macros and reaching outside are refused."""

import zlib
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from lxml import etree

from yimen.foundations.documents.choices import FileKind
from yimen.foundations.documents.engine.faults import BadContent

MOST_PARTS = 3000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200
_SMALL = 1024 * 1024
_END_RECORD = 22  # bytes of the record that closes a ZIP without a comment
_MAIN = {
    "word/document.xml": FileKind.DOCX,
    "xl/workbook.xml": FileKind.XLSX,
    "OFD.xml": FileKind.OFD,
}
_DAMAGE = (
    BadZipFile,
    LargeZipFile,
    zlib.error,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    EOFError,
)
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "macrosheets/", "activex/", "dialogsheets/")


def kind_of(data: bytes) -> FileKind:
    """Which of the three it is, by its main part."""
    try:
        with ZipFile(BytesIO(data)) as container:
            for name in container.namelist():
                if name in _MAIN:
                    return _MAIN[name]
    except _DAMAGE:
        raise BadContent("damaged", "文件打不开，可能没有传完整，请重新保存后再上传。") from None
    raise BadContent("kind", "这是压缩包，请解压后把里面的文件逐个上传。")


def checked(data: bytes, *, kind: FileKind, most_unpacked: int = 0) -> tuple[str, ...]:
    """What is worth noting. Refused: macros, embedded programs, templates from elsewhere, bombs, something glued on."""
    try:
        with ZipFile(BytesIO(data)) as container:
            parts = container.infolist()
            _judge_shape(data, container, parts, most_unpacked or MOST_UNPACKED)
            for part in parts:
                _judge_part(part)
            for part in parts:
                if part.filename.endswith((".rels", "[Content_Types].xml")) or part.filename in _MAIN:
                    _judge_markup(container, part)
            if kind is not FileKind.OFD and "[Content_Types].xml" not in container.namelist():
                raise BadContent("damaged", "文件缺少目录，可能已损坏，请重新保存后再上传。")
            if container.testzip() is not None:
                raise BadContent("damaged", "文件已损坏，请重新保存后再上传。")
    except _DAMAGE:
        raise BadContent("damaged", "文件打不开，可能已损坏，请重新保存后再上传。") from None
    return ()


def _judge_shape(data: bytes, container: ZipFile, parts: list[ZipInfo], most_unpacked: int) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most_unpacked:
        raise BadContent("bomb", "文件解开后过大，不能上传。")
    starts, ends = min(part.header_offset for part in parts), data.rfind(b"PK\x05\x06") + _END_RECORD
    if container.comment or starts != 0 or ends != len(data):
        raise BadContent("glued", "文件前后夹带了其他内容，请重新保存后再上传。")


def _judge_part(part: ZipInfo) -> None:
    name = part.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or ":" in name:
        raise BadContent("part_path", "文件内部的路径不正常，不能上传。")
    if part.flag_bits & 0x1:
        raise BadContent("locked", "文件加了密码，请去掉密码再上传。")
    if part.file_size > _SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1):
        raise BadContent("bomb", "文件解开后过大，不能上传。")
    low = name.lower()
    if any(mark in low for mark in _MACRO_PARTS):
        raise BadContent("macro", "文件里有宏或控件，请另存为不带宏的 docx、xlsx 再上传。")
    if "/embeddings/" in low and low.endswith((".bin", ".exe", ".js", ".vbs", ".bat", ".cmd", ".ps1")):
        raise BadContent("embedded", "文件里嵌入了程序或其他对象，请删除后再上传。")


def _judge_markup(container: ZipFile, part: ZipInfo) -> None:
    """Well-formed, without a document type (no entities), without macros by another name or parts from elsewhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(container.read(part), parser)
    except etree.XMLSyntaxError:
        raise BadContent("damaged", "文件内容不完整，请重新保存后再上传。") from None
    if root.getroottree().docinfo.doctype:
        raise BadContent("markup", "文件内部格式不正常，请重新保存后再上传。")
    for element in root.iter(etree.Element):
        if "macroenabled" in element.get("ContentType", "").lower():
            raise BadContent("macro", "文件里有宏或控件，请另存为不带宏的 docx、xlsx 再上传。")
        outside = element.get("TargetMode") == "External"
        if outside and not element.get("Type", "").endswith("/hyperlink"):
            raise BadContent("outside", "文件引用了外部模板或图片，请断开链接后再上传。")
