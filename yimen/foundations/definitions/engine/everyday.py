"""The everyday parts of a definition (常改项目): what may be typed where, what stands there, and the body as changed.

What may be typed follows from the grammar: its types, bounds and Chinese names; nothing is written twice.
"""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic_core import PydanticUndefined

from yimen.foundations.definitions.engine.shelf import Definition
from yimen.foundations.definitions.engine.wording import grammar_in, label_of
from yimen.foundations.definitions.ports import Everyday, Kind, kinds
from yimen.foundations.definitions.rules.grammar import Grammar
from yimen.foundations.definitions.rules.reading import plain
from yimen.kernel.refusals import NotPossible

Shape = Literal["text", "long", "number", "decimal", "yes", "choice", "lines", "date", "time", "rows"]
_SHAPES: dict[Any, Shape] = {
    bool: "yes", int: "number", Decimal: "decimal", date: "date", time: "time", str: "text",
}  # fmt: skip
_NEW_KEY = "added"
_LINE = 120  # a text that may be longer is typed in several lines
_BRACES = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_BRACKETS = re.compile(r"［([^［］]*)］")


@dataclass(frozen=True)
class Entry:
    """What may be typed at one place (可填项): its name in a form, its Chinese name, its shape and bounds.

    ``least`` and ``most`` are bounds of a number, ``longest`` the most characters of a text; ``columns`` the entries of a line,
    ``line`` its grammar.
    """

    name: str
    label: str
    shape: Shape
    required: bool
    default: Any
    least: int | None = None
    most: int | None = None
    longest: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple["Entry", ...] = ()
    part: Everyday | None = None
    line: type[Grammar] | None = None


@dataclass(frozen=True)
class Row:
    """One line of a list of tables (一行): ``at`` is its place in the body before, None for a new one."""

    at: int | None
    values: Mapping[str, Any]
    note: str = field(default="", compare=False)


class UnknownWord(NotPossible):
    code = "definitions.unknown_word"
    sentence = "没有［{word}］这一项。方括号里可以写的有：{known}。"


def entries_of(kind: Kind) -> tuple[Entry, ...]:
    """What may be typed of definitions of a kind, in the order in which its app names it."""
    return tuple(_entry_at(kind.grammar, part) for part in kind.everyday)


def standing(entry: Entry, definition: Definition) -> Any:
    """What stands at an entry, as people read it; of a list of tables a tuple of rows."""
    found: Any = definition.body
    for name in entry.part.path:
        found = getattr(found, name)
    names = _words(entry, definition)
    if entry.shape != "rows":
        return spoken(found, names)
    note = entry.part.note or (lambda definition, line: "")
    return tuple(
        Row(
            at,
            {column.name: spoken(getattr(one, column.name), names) for column in entry.columns},
            note(definition, one),
        )
        for at, one in enumerate(found)
    )


def spoken(value: Any, names: Mapping[str, str]) -> Any:
    """A text with ［办件编号］ in place of {case_number}; other values as they are."""
    if isinstance(value, tuple):
        return tuple(spoken(one, names) for one in value)
    if not isinstance(value, str):
        return value
    return _BRACES.sub(lambda found: f"［{names[found[1]]}］" if found[1] in names else found[0], value)


def written(value: Any, names: Mapping[str, str]) -> Any:
    """A text with {case_number} in place of ［办件编号］. Refuses as `UnknownWord` what nothing of the kind is called."""
    if isinstance(value, Row):
        return Row(value.at, {name: written(one, names) for name, one in value.values.items()})
    if isinstance(value, tuple | list):
        return tuple(written(one, names) for one in value)
    if not isinstance(value, str) or not names:
        return value
    keys = {label: name for name, label in names.items()}

    def key(found: re.Match[str]) -> str:
        if found[1] not in keys:
            raise UnknownWord(word=found[1], known="、".join(f"［{label}］" for label in keys))
        return f"{{{keys[found[1]]}}}"

    return _BRACKETS.sub(key, value)


def spoken_words(definition: Definition) -> dict[str, str]:
    """The Chinese names of everything that stands in braces in the texts of a definition."""
    found: dict[str, str] = {}
    for part in kinds.get(definition.kind).everyday:
        found |= part.words(definition) if part.words else {}
    return found


def changed_body(definition: Definition, values: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a version with what was typed; what was left as it stands is not written anew.

    ``values`` by the name of the entry: a value, or a sequence of `Row`. Other names are passed over.
    """
    changed = deepcopy(dict(definition.data))
    for entry in entries_of(kinds.get(definition.kind)):
        if entry.name not in values:
            continue
        names = _words(entry, definition)
        now = written(standing(entry, definition), names)
        typed = written(values[entry.name], names)
        if typed == now:
            continue
        holder = changed
        for name in entry.part.path[:-1]:
            holder = holder.setdefault(name, {})
        last = entry.part.path[-1]
        holder[last] = (
            _rows(entry, holder.get(last, []), now, typed) if entry.shape == "rows" else plain(typed)
        )
    return changed


def _words(entry: Entry, definition: Definition) -> Mapping[str, str]:
    return entry.part.words(definition) if entry.part.words else {}


def _rows(entry: Entry, data: Sequence[Any], now: Sequence[Row], typed: Sequence[Row]) -> list[Any]:
    keyed = "key" in entry.line.model_fields
    taken = {one["key"] for one in data if keyed}
    made = []
    for row in typed:
        if row.at is None:
            fresh = {"key": _free(taken)} if keyed else {}
            made.append(fresh | _told(entry, row.values, {}))
        else:
            made.append(_kept(entry, data[row.at], now[row.at].values, row.values))
    return made


def _kept(entry: Entry, data: Any, now: Mapping[str, Any], typed: Mapping[str, Any]) -> Any:
    """A line that was there: what nobody may type stays; one written as a bare text stays one."""
    if not isinstance(data, Mapping):
        (only, *others) = entry.columns
        if all(typed[one.name] == now[one.name] for one in others):
            return plain(typed[only.name])
        data = {only.name: data}
    kept = {name: one for name, one in data.items() if name not in {column.name for column in entry.columns}}
    return {**kept, **_told(entry, typed, data)}


def _told(entry: Entry, values: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What is written of a line: what it needs, what differs from the usual, and what was written before."""
    return {
        column.name: plain(values[column.name])
        for column in entry.columns
        if column.required or column.name in before or values[column.name] != column.default
    }


def _free(taken: set[str]) -> str:
    number = next(number for number in range(1, len(taken) + 2) if f"{_NEW_KEY}_{number}" not in taken)
    taken.add(f"{_NEW_KEY}_{number}")
    return f"{_NEW_KEY}_{number}"


def _entry_at(grammar: type[Grammar], part: Everyday) -> Entry:
    holder = grammar
    for name in part.path[:-1]:
        holder = grammar_in(holder.model_fields[name].annotation)
    return _entry(holder, part.path[-1], part=part)


def _entry(holder: type[Grammar], name: str, *, part: Everyday | None = None) -> Entry:
    known = holder.model_fields[name]
    annotation, optional = _without_none(known.annotation)
    default = None if known.default is PydanticUndefined else known.default
    bounds = {
        key: getattr(one, key)
        for one in known.metadata
        for key in ("ge", "le", "max_length")
        if hasattr(one, key)
    }
    shape, inner, choices, columns = _shape(annotation), grammar_in(annotation), (), ()
    if inner is not None:
        columns = tuple(_entry(inner, column) for column in part.columns)
    elif get_origin(annotation) is Literal:
        choices = tuple((one, holder.labels.get(f"{name}.{one}", one)) for one in get_args(annotation))
    return Entry(
        name="__".join(part.path) if part else name,
        label=label_of(holder, name),
        shape="long" if shape == "text" and bounds.get("max_length", _LINE + 1) > _LINE else shape,
        required=known.is_required() and not optional and shape != "yes",
        default=default,
        least=bounds.get("ge"),
        most=bounds.get("le"),
        longest=bounds.get("max_length"),
        choices=choices,
        columns=columns,
        part=part,
        line=inner,
    )


def _shape(annotation: Any) -> Shape:
    if get_origin(annotation) is Literal:
        return "choice"
    if get_origin(annotation) is tuple and get_args(annotation)[0] is str:
        return "lines"
    if annotation not in _SHAPES and grammar_in(annotation) is None:
        raise TypeError(f"no everyday part has the shape {annotation}")
    return _SHAPES.get(annotation, "rows")


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) not in (Union, UnionType):
        return annotation, False
    others = [one for one in get_args(annotation) if one is not type(None)]
    return others[0], len(others) < len(get_args(annotation))
