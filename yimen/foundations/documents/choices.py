"""Enumerations of documents: English value, Chinese label."""

from django.db import models


class FileKind(models.TextChoices):
    """What a stored file really is (文件类型), told from its content and never from its name."""

    PDF = "pdf", "PDF"
    JPG = "jpg", "JPG 图片"
    PNG = "png", "PNG 图片"
    DOCX = "docx", "Word 文档"
    XLSX = "xlsx", "Excel 表格"
    OFD = "ofd", "OFD 版式文件"
    CSV = "csv", "CSV 文本表格"


PICTURES = frozenset({FileKind.JPG, FileKind.PNG})
# What papers come as; a table of plain text is taken only where a purpose asks for it.
PAPERS = frozenset(FileKind) - {FileKind.CSV}

MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.OFD: "application/ofd",
    FileKind.CSV: "text/csv",
}


class LetterPaper(models.TextChoices):
    """On what a letter is printed (打印版式)."""

    A4 = "a4", "A4 公文"
    A5 = "a5", "A5 半张"
    ROLL = "80mm", "80 毫米小票"
