"""Decisions about a sheet of which nothing but its texts is known. No Django, no clock."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from yimen.kernel.faults import Fault
from yimen.kernel.text import clean_line, narrow

HEADING_ROWS = 20
# Put before a text that the spreadsheet kept as a number of more digits than it can hold; no sheet has this character.
LOST = "\x00"
LOST_SENTENCE = "号码在表里存成了数字，15 位以后的数字已经丢失。请把这一列改成“文本”格式，重新填写这个号码。"
_BRACKETS = re.compile(r"[（(\[【<〈].*?[）)\]】>〉]")
_MARKS = re.compile(r"[\s*＊:：、,，.。/\\_\-—]")
_NOTHING = frozenset(
    {"", "/", "\\", "-", "--", "—", "——", "无", "没有", "空", "N/A", "#N/A", "null", "NULL", "None"}
)
# Nearly every cell: printable ASCII and common Han without blanks, which cleaning does not touch.
_CLEAN = re.compile("[!-~\u3400-\u4dbf\u4e00-\u9fff]*")
_EXPONENT = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]{2}")
_DAY = re.compile(
    r"([0-9]{4})(?:([-./年])([0-9]{1,2})[-./月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))(?:[ T]00:00(?::00)?)?"
)


class Heading(Protocol):
    """A column as far as its words matter."""

    key: str
    title: str
    words: tuple[str, ...]


def fold_heading(text: str) -> str:
    """The words of a heading without what differs from sheet to sheet: blanks, stars, what stands in brackets."""
    return _MARKS.sub("", _BRACKETS.sub("", narrow(text))).casefold()


def known_words(columns: Iterable[Heading]) -> dict[str, str]:
    """What headings may say (表头词), folded, with the key of the column; the first column that claims a word has it."""
    known: dict[str, str] = {}
    for column in columns:
        for word in (column.title, *column.words):
            known.setdefault(fold_heading(word), column.key)
    return known


def find_head(rows: Sequence[tuple[int, Sequence[str]]], known: Mapping[str, str]) -> int:
    """The number of the row in which most headings are understood (找表头); else the first with two texts; 0 for none."""
    best, most = 0, 0
    for number, texts in rows:
        understood = len({known[word] for text in texts if (word := fold_heading(text)) in known})
        if understood > most:
            best, most = number, understood
    if best:
        return best
    return next((number for number, texts in rows if sum(bool(text) for text in texts) >= 2), 0)


def proposed(head: Sequence[str], known: Mapping[str, str]) -> dict[str, str]:
    """Which column stands for what (列对应), by its heading; of two that claim the same the first."""
    told: dict[str, str] = {}
    for place, text in enumerate(head):
        key = known.get(fold_heading(text), "") if text else ""
        if key and key not in told.values():
            told[str(place)] = key
    return told


def signature_of(head: Sequence[str]) -> str:
    """One name for a set of headings (表头组合), whatever their order of writing marks."""
    return hashlib.sha256("\n".join(map(fold_heading, head)).encode()).hexdigest()


def plain_value(text: str) -> str:
    """The text of a cell as it is read (取值): one clean line, and nothing for the ways people write nothing."""
    cleaned = text if _CLEAN.fullmatch(text) else clean_line(text)
    return "" if cleaned in _NOTHING else cleaned


def lost_digits(text: str) -> bool:
    """Has the spreadsheet lost digits of this (丢失位数)? Kept as too large a number, or saved as 3.30212E+17."""
    return text.startswith(LOST) or (("E" in text or "e" in text) and _EXPONENT.fullmatch(text) is not None)


def read_day(text: str) -> date | Fault | None:
    """A day as sheets write it (日期): 1990-01-01, 1990/1/1, 1990.1.1, 19900101, 1990年1月1日; None for nothing."""
    if not text:
        return None
    found = _DAY.fullmatch(narrow(text))
    if found is None:
        return Fault("day_form", "日期看不懂，请写成 1990-01-01 或 19900101，要有年、月、日。")
    year, _, month, day, month2, day2 = found.groups()
    try:
        return date(int(year), int(month or month2), int(day or day2))
    except ValueError:
        return Fault("no_such_day", "没有这一天，请核对年、月、日。")
