"""What keys and codes inside definitions are called: the questions and papers of worked examples, areas by name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from yimen.doors.office.choices import EXAMPLES
from yimen.foundations.definitions import api as definitions
from yimen.foundations.definitions.ports import Line, Reading
from yimen.registers.places.api import find_area

_KEY = re.compile(r"「([a-z_][a-z0-9_.]*)」")
_AREA = re.compile(r"(?<!\d)\d{9}(?:\d{3}){0,2}(?!\d)")


@dataclass(frozen=True)
class ExampleView:
    """A worked example in words (算例): what is given, what must come out, and what came out otherwise."""

    name: str
    source: str
    lines: tuple[tuple[str, str], ...]
    differences: tuple[str, ...]


def example_views(
    results: Iterable[definitions.ExampleResult], definition: definitions.Definition
) -> tuple[ExampleView, ...]:
    """Worked examples with the names of questions, options and papers in place of their keys."""
    names = EXAMPLES | names_in(definition)
    views = []
    for result in results:
        example = result.example
        given = [("日期", example.on.isoformat())] if example.on else []
        given += [(f"已知：{names.get(key, key)}", _named(one, names)) for key, one in example.given.items()]
        given += [(f"应得：{names.get(key, key)}", _named(one, names)) for key, one in example.expect.items()]
        said = tuple(
            _KEY.sub(lambda found: f"「{names.get(found[1], found[1])}」", one) for one in result.differences
        )
        views.append(ExampleView(example.name, example.source, tuple(given), said))
    return tuple(views)


def names_in(definition: definitions.Definition) -> dict[str, str]:
    """What the keys inside a definition, and inside those it rests on, are called: questions, options, papers, facts."""
    names: dict[str, str] = {}
    for one in (definition, *(definitions.version(pin.id) for pin in definition.pins if pin.kind == "form")):
        _collect(one.data, names)
    return names


def with_area_names(reading: Reading) -> Reading:
    """The reading with names in place of area codes."""

    def line(one: Line) -> Line:
        return replace(one, label=_with_areas(one.label), text=_with_areas(one.text))

    parts = (replace(part, lines=tuple(line(one) for one in part.lines)) for part in reading.parts)
    return replace(reading, parts=tuple(parts))


def _with_areas(text: str) -> str:
    def name(found: re.Match[str]) -> str:
        area = find_area(found[0])
        return area.name if area else found[0]

    return _AREA.sub(name, text)


def _collect(data: Any, names: dict[str, str]) -> None:
    if isinstance(data, list):
        for one in data:
            _collect(one, names)
    if not isinstance(data, Mapping):
        return
    for key in ("key", "value"):
        title = data.get("label") or data.get("title")
        if isinstance(data.get(key), str) and isinstance(title, str):
            names.setdefault(data[key], title)
    facts = data.get("facts")
    for name, fact in facts.items() if isinstance(facts, Mapping) else ():
        names.setdefault(name, fact["label"] if isinstance(fact, Mapping) else str(fact))
    for one in data.values():
        _collect(one, names)


def _named(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, Mapping):
        return "，".join(f"{names.get(key, key)} {_named(one, names)}" for key, one in value.items()) or "无"
    if isinstance(value, list | tuple):
        return "、".join(_named(one, names) for one in value) or "无"
    return names.get(value, value) if isinstance(value, str) and value else definitions.words_of(value)
