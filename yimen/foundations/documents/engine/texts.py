"""Tables of plain text (文本表格): told by being text in one of the two encodings that spreadsheets save here."""

_BINARY = (
    b"PK\x03\x04",
    b"%PDF-",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"#!",
    b"\x1f\x8b",
)
_LOOKED_AT = 4096
_WEB_CODE = (b"<html", b"<script", b"<!doctype html", b"<svg", b"<?php", b"<?xml")


def is_table(data: bytes) -> bool:
    """Is this text in UTF-8 or GB 18030, with commas, tabs or semicolons in its first lines?"""
    start = data[:_LOOKED_AT]
    if not data.strip() or b"\x00" in data or start.startswith(_BINARY):
        return False
    if any(code in start.lower() for code in _WEB_CODE):
        return False
    first = next((line for line in start.splitlines() if line.strip(b" \xef\xbb\xbf")), b"")
    return any(mark in first for mark in (b",", b"\t", b";")) and decoded(data) is not None


def decoded(data: bytes) -> str | None:
    """The text of it, with or without a byte order mark; None when it is in neither encoding."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
