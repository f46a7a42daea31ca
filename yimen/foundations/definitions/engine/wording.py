"""A definition in words (释读): every field under its Chinese name, and the difference of two versions likewise.

People never see TOML. What stands here reads any grammar by its ``labels``; a kind that people know as something else, a
matter as 办事指南, plugs a reader of its own (``ports.readers``).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from yimen.foundations.definitions.ports import Line, Part, Reading, kinds
from yimen.foundations.definitions.rules.comparing import compare
from yimen.foundations.definitions.rules.grammar import Grammar

_TITLES = ("title", "label", "name", "document", "text")
_STEP = re.compile(r"([^.\[\]]+)|\[([^\]]*)\]")
SHORT = 5  # a table with no more lines than this is told in one
_ONLY = {"standard", "default"}  # keys of what there is one of
_HIDDEN = {"key"}  # names of the machine: kept, not shown


@dataclass(frozen=True)
class Change:
    """One difference between two versions (改动): where, what it was, what it is; "" for nothing."""

    where: str
    old: str
    new: str


def title_of(kind: str, key: str, body: Any) -> str:
    """What people call a definition: its title or name, else the kind, with its key where there are several."""
    told = next((str(getattr(body, name)) for name in ("title", "name") if getattr(body, name, "")), "")
    return told or (kinds.get(kind).title if key in _ONLY else f"{kinds.get(kind).title} {key}")


def read_body(title: str, body: Grammar, *, summary: str = "") -> Reading:
    """Any grammar, field by field: plain values first, each table and list of tables as a part of its own."""
    lines, parts = [], []
    for name, value in _fields(body):
        label = label_of(type(body), name)
        if isinstance(value, Grammar):
            parts.append(Part(label, tuple(_lines(value))))
        elif _is_tables(value) and all(len(list(_lines(one))) <= SHORT for _, one in _numbered(value)):
            parts.append(Part(label, tuple(_short_line(one, number) for number, one in _numbered(value))))
        elif _is_tables(value):
            parts += [
                Part(f"{label}：{_called(one, number)}", tuple(_lines(one)))
                for number, one in _numbered(value)
            ]
        elif not _is_empty(value):
            lines.append(Line(label, words_of(value, type(body), name)))
    told = [Part("", tuple(lines)), *parts]
    return Reading(title, summary, tuple(part for part in told if part.lines))


def with_references(reading: Reading, named: Mapping[str, tuple[tuple[str, str], str]]) -> Reading:
    """The reading with the titles of the definitions it refers to in place of their keys; a single one is a link."""

    def line(one: Line) -> Line:
        keys = one.text.split("、")
        if not all(key in named for key in keys):
            return one
        refers = named[keys[0]][0] if len(keys) == 1 else None
        return Line(one.label, "、".join(named[key][1] for key in keys), refers)

    parts = (replace(part, lines=tuple(line(one) for one in part.lines)) for part in reading.parts)
    return replace(reading, parts=tuple(parts))


def changes_between(kind: str, old: Any, new: Any) -> tuple[Change, ...]:
    """What differs between two bodies of a kind, in words (新旧对照)."""
    grammar = kinds.get(kind).grammar
    found = []
    for path, before, after in compare(old, new):
        where, holder, name = _place(grammar, path, old, new)
        found.append(Change(where, _told(before, holder, name), _told(after, holder, name)))
    return tuple(found)


def label_of(grammar: type[Grammar], name: str) -> str:
    """The Chinese name of a field; its own name where nobody gave one."""
    return grammar.labels.get(name, name)


def label_at(grammar: type[Grammar], path: Iterable[str]) -> str:
    """The Chinese name of the field at a path: the last of them, for ("days", "promised") 承诺工作日."""
    inner: type[Grammar] | None = grammar
    label = ""
    for name in path:
        if inner is None:
            break
        label = label_of(inner, name)
        inner = grammar_in(inner.model_fields[name].annotation)
    return label


def words_of(value: Any, grammar: type[Grammar] | None = None, name: str = "") -> str:
    """A value for people: yes and no, dates, lists; words of the machine by the grammar's labels."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None or value == "":
        return "无"
    if isinstance(value, Grammar):
        return "；".join(f"{line.label} {line.text}" for line in _lines(value))
    if isinstance(value, Mapping):
        return "，".join(f"{key} {words_of(one, grammar, name)}" for key, one in value.items()) or "无"
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(words_of(one, grammar, name) for one in value) or "无"
    if isinstance(value, date | Decimal | int | float):
        return str(value)
    known = grammar.labels if grammar else {}
    return known.get(f"{name}.{value}", str(value))


def _fields(body: Grammar) -> Iterator[tuple[str, Any]]:
    return ((name, getattr(body, name)) for name in type(body).model_fields if name not in _HIDDEN)


def _lines(body: Grammar) -> Iterator[Line]:
    for name, value in _fields(body):
        if not _is_empty(value):
            yield Line(label_of(type(body), name), words_of(value, type(body), name))


def _short_line(one: Grammar, number: int) -> Line:
    """A small table in one line: 元旦：放假第一天 2026-01-01；放假最后一天 2026-01-03."""
    called = _called(one, number)
    return Line(called, "；".join(f"{line.label} {line.text}" for line in _lines(one) if line.text != called))


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, tuple | list | Mapping) and not value)


def _is_tables(value: Any) -> bool:
    inner = list(value.values()) if isinstance(value, Mapping) else value
    return isinstance(inner, tuple | list) and bool(inner) and all(isinstance(one, Grammar) for one in inner)


def _numbered(value: Any) -> Iterator[tuple[int, Grammar]]:
    return enumerate(value.values() if isinstance(value, Mapping) else value, start=1)


def _called(one: Any, number: int) -> str:
    told = (one.get(name) if isinstance(one, Mapping) else getattr(one, name, "") for name in _TITLES)
    return next((str(name)[:40] for name in told if name), f"第 {number} 项")


def _place(grammar: type[Grammar], path: str, old: Any, new: Any) -> tuple[str, type[Grammar] | None, str]:
    """A path of `compare` in words, with the grammar and field at its end: 材料 · 户口簿 · 怎么收."""
    words: list[str] = []
    holder, inner, name = None, grammar, ""
    for step in _STEP.finditer(path):
        field, item = step.group(1), step.group(2)
        if field is not None and inner is not None and field in inner.model_fields:
            words.append(label_of(inner, field))
            holder, name = inner, field
            inner = grammar_in(inner.model_fields[field].annotation)
            old, new = _step(old, field), _step(new, field)
        else:
            key = field if field is not None else item
            old, new = _step(old, key), _step(new, key)
            found = new if isinstance(new, Mapping) else old
            words.append(_called(found, 0) if isinstance(found, Mapping) else _ordinal(key))
    return " · ".join(words), holder, name


def _step(body: Any, key: str) -> Any:
    if isinstance(body, Mapping):
        return body.get(key)
    if isinstance(body, list):
        named = next((one for one in body if isinstance(one, Mapping) and one.get("key") == key), None)
        if named is not None:
            return named
        return body[int(key)] if key.isdecimal() and int(key) < len(body) else None
    return None


def _ordinal(key: str) -> str:
    return f"第 {int(key) + 1} 项" if key.isdecimal() and len(key) < 5 else key


def _told(value: Any, holder: type[Grammar] | None, name: str) -> str:
    if value is None:
        return ""
    inner = grammar_in(holder.model_fields[name].annotation) if holder else None
    if isinstance(value, Mapping) and inner is not None:
        told = {key: one for key, one in value.items() if key in inner.model_fields and key not in _HIDDEN}
        return "；".join(f"{label_of(inner, key)} {words_of(one, inner, key)}" for key, one in told.items())
    return words_of(value, holder, name)


def grammar_in(annotation: Any) -> type[Grammar] | None:
    """The grammar inside ``tuple[Paper, ...]``, ``dict[str, Fact]``, ``Baseline | None``."""
    if isinstance(annotation, type) and issubclass(annotation, Grammar):
        return annotation
    return next((found for one in get_args(annotation) if (found := grammar_in(one))), None)
