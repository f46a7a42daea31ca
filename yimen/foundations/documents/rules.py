"""Decisions of documents that need no database: file names, letter numbers, and the text of a letter."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from string import Formatter

from yimen.kernel.faults import Fault
from yimen.kernel.findings import Finding

LONGEST_NAME = 120
_PATH = re.compile(r"[\\/]")
_RESERVED = re.compile(r'[<>:"|?*]')
_BLANKS = re.compile(r"\s+")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def clean_file_name(name: str, *, extension: str) -> str | Fault:
    """The name under which a file is kept and handed out (文件名), always with the extension of its real type.

    A folder in front (C:\\照片\\证.jpg, as old browsers send it) is dropped. Refused are a climb to another folder and
    invisible characters: with them a name shows something else than it says.
    """
    composed = unicodedata.normalize("NFC", name)
    if any(unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Zl", "Zp") for mark in composed):
        return Fault("name_invisible", "文件名里有看不见的控制字符，请给文件改个名字再上传。")
    if ".." in (part.strip() for part in _PATH.split(composed)):
        return Fault("name_path", "文件名里带有上级目录（..），请给文件改个名字再上传。")
    last = _PATH.split(composed)[-1]
    stem = last.rsplit(".", 1)[0] if "." in last else last
    stem = _BLANKS.sub(" ", _RESERVED.sub("_", stem)).strip(" .")
    return f"{stem[:LONGEST_NAME] or '未命名'}.{extension}"


def letter_number(mark: str, year: int, sequence: int) -> str:
    """The number on a letter (文号): 鼓楼街受〔2026〕12号, without leading zeros and without 第 (GB/T 9704-2012, 7.2.5)."""
    return f"{mark}〔{year}〕{sequence}号"


def placeholders(text: str) -> tuple[str, ...]:
    """The names in braces of a sentence, in order. Raises ValueError when a brace is not a plain `{name}`."""
    names: list[str] = []
    for _, name, form, conversion in Formatter().parse(text):
        if name is None:
            continue
        if form or conversion or _NAME.fullmatch(name) is None:
            raise ValueError(f"“{{{name}}}”写法不对：花括号里只写一个小写英文名，如 {{applicant}}")
        names.append(name)
    return tuple(names)


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The sentence with its facts put in, once: braces within a fact stay what they are."""
    return "".join(before + (facts[name] if name else "") for before, name, _, _ in Formatter().parse(text))


def why_not_issue(missing: Collection[str]) -> list[Finding]:
    """A letter with a gap is not issued (缺项不出具): one finding for each fact that is missing."""
    return [Finding("documents.fact_missing", f"缺少“{label}”。") for label in missing]


def clean_fact(text: str) -> str:
    """A fact as it may stand on paper: control characters and invisible marks go, line ends stay."""
    kept = (mark for mark in text if mark == "\n" or unicodedata.category(mark) not in ("Cc", "Cf", "Cs"))
    return "".join(kept).strip()
