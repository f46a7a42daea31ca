"""The sheets of an XLSForm workbook (survey、choices、settings), every cell as text, with the row it stands in.

The container was looked through when it was uploaded (documents): no macros, no bombs, nothing from outside. Here it is
only walked, with an end to rows and columns: nothing is as wide or as long as a sheet may claim to be.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from yimen.kernel.refusals import NotPossible

MOST_ROWS = 5000
MOST_COLUMNS = 120
MOST_TEXTS = 100_000  # filled cells of a workbook
LONGEST_CELL = 5000
_BROKEN = (
    BadZipFile, InvalidFileException, LookupError, ValueError, TypeError, AttributeError, SyntaxError, OSError, EOFError,
)  # fmt: skip
_CHINESE = re.compile(r"中文|汉语|简体|chinese|mandarin|^zh\b|\(zh|^cn$|\(cn\)", re.IGNORECASE)

# What a column may also be called.
_ALIASES = {
    "caption": "label", "command": "type", "value": "name", "tag": "name", "relevance": "relevant", "relevant": "relevant",
    "bind::relevant": "relevant", "bind::constraint": "constraint", "constraint_msg": "constraint_message",
    "bind::jr:constraintmsg": "constraint_message", "bind::required": "required", "read_only": "readonly",
    "bind::readonly": "readonly", "bind::calculate": "calculation", "calculate": "calculation", "bind::type": "bind_type",
    "list name": "list_name", "list": "list_name", "choice filter": "choice_filter", "form title": "form_title",
    "title": "form_title", "set form title": "form_title", "form id": "form_id", "id_string": "form_id",
    "set form id": "form_id", "default language": "default_language", "control::appearance": "appearance",
}  # fmt: skip
TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message")


class CannotRead(NotPossible):
    """The workbook is no form that can be read (读不了这个工作簿)."""

    code = "forms.cannot_read"
    sentence = "{why}"


@dataclass(frozen=True)
class Row:
    """One row of a sheet: its number as people see it, and its cells by column; a language follows ``::``."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)

    def of(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Table:
    """One sheet: its rows, its columns in order, and which language of it is read."""

    name: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    language: str = ""

    def words(self, row: Row, column: str) -> str:
        """A text in the language that is read; in another where that one has none."""
        told = (f"{column}::{self.language}", column)
        others = (name for name in self.columns if name.startswith(f"{column}::"))
        return next((row.cells[name] for name in (*told, *others) if row.cells.get(name)), "")


@dataclass(frozen=True)
class Workbook:
    """The three sheets, and the names of others, which are not read."""

    survey: Table
    choices: Table
    settings: Table
    others: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def read_workbook(data: bytes) -> Workbook:
    """The sheets of an XLSForm. Refuses as `CannotRead`, in one sentence, what is none."""
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except _BROKEN:
        raise _broken() from None
    named = {one.title.strip().lower(): one for one in book.worksheets}
    if "survey" not in named:
        raise CannotRead(
            why="这个文件里没有名叫 survey 的工作表，不是 XLSForm 表单："
            "survey 写题目，choices 写选项，settings 写表名。"
        )
    left = [MOST_TEXTS]
    tables = {
        name: _table(name, named[name], left) if name in named else Table(name)
        for name in ("survey", "choices", "settings")
    }
    first = tables["settings"].rows[0] if tables["settings"].rows else Row(0)
    spoken = _languages(tables.values())
    language = _preferred(spoken, first.of("default_language"))
    tables = {name: Table(one.name, one.columns, one.rows, language) for name, one in tables.items()}
    others = tuple(one.title for one in book.worksheets if one.title.strip().lower() not in tables)
    return Workbook(**tables, others=others, languages=tuple(one for one in spoken if one != language))


def _table(name: str, sheet: Any, left: list[int]) -> Table:
    columns: tuple[str, ...] = ()
    rows = []
    try:
        # One more than is read shows that there is more.
        found = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
        for number, values in enumerate(found, start=1):
            if number > MOST_ROWS:
                raise CannotRead(
                    why=f"工作表 {name} 超过 {MOST_ROWS} 行，多半是空白行：请选中下面的空白行、删除、保存后再上传。"
                )
            texts = [shown(value) for value in values]
            if any(len(one) > LONGEST_CELL for one in texts):
                raise CannotRead(
                    why=f"工作表 {name} 第 {number} 行有一格超过 {LONGEST_CELL} 字，请改短再上传。"
                )
            left[0] -= sum(bool(one) for one in texts)
            if left[0] < 0:
                raise CannotRead(why="工作簿太大，请删去与表单无关的内容再上传。")
            if not any(texts):
                continue
            if not columns:
                columns = tuple(_column(one) for one in texts)
                continue
            cells = {column: one for column, one in zip(columns, texts, strict=False) if column and one}
            if cells:
                rows.append(Row(number, cells))
    except _BROKEN:
        raise _broken() from None
    return Table(name, tuple(one for one in columns if one), tuple(rows))


def _broken() -> CannotRead:
    return CannotRead(why="文件打不开，可能已损坏，请用 Excel 或 WPS 打开、另存为 xlsx 再上传。")


def _column(heading: str) -> str:
    """One name for a column however it is written: ``Constraint Message : 中文`` → ``constraint_message::中文``."""
    base, _, language = re.sub(r"\s*::?\s*", "::", heading.strip(), count=1).partition("::")
    base = re.sub(r"[\s_-]+", "_", base.strip().lower())
    if base in ("bind", "control", "media", "instance", "body"):
        whole = f"{base}::{language.strip().lower()}"
        return _ALIASES.get(whole, whole)
    base = _ALIASES.get(base.replace("_", " "), _ALIASES.get(base, base))
    return f"{base}::{language.strip()}" if language.strip() else base


def _languages(tables: Iterable[Table]) -> list[str]:
    found: Iterator[str] = (
        column.partition("::")[2]
        for table in tables
        for column in table.columns
        if column.partition("::")[0] in TRANSLATED and "::" in column
    )
    return list(dict.fromkeys(found))


def _preferred(languages: Iterable[str], default: str) -> str:
    languages = list(languages)
    chinese = next((one for one in languages if _CHINESE.search(one)), "")
    return chinese or (default if default in languages else languages[0] if languages else "")


def shown(value: Any) -> str:
    """A cell as the text a person would see."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\xa0", " ").replace("\r\n", "\n").strip()
