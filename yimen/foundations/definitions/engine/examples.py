"""Worked examples (算例): run them, and say in Chinese what came out differently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.foundations.definitions.ports import Kind
from yimen.foundations.definitions.rules.grammar import Example
from yimen.foundations.definitions.rules.reading import plain

_NOTHING = object()


@dataclass(frozen=True)
class ExampleResult:
    """How one example came out. ``differences`` are Chinese sentences; empty when all is as expected."""

    kind: str
    key: str
    example: Example
    differences: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.differences

    @property
    def sentence(self) -> str:
        return f"{self.kind}/{self.key} 算例「{self.example.name}」：{'；'.join(self.differences) or '符合'}"


def run_example(kind: Kind, key: str, body: Any, example: Example) -> ExampleResult:
    """Run one example against one body."""
    if kind.run_example is None:
        return ExampleResult(kind.name, key, example, (f"「{kind.title}」没有登记算例的算法，无法验算",))
    actual = kind.run_example(body, dict(example.given), example.on)
    return ExampleResult(kind.name, key, example, tuple(differences(example.expect, actual)))


def carried_over(kind: Kind, body: Any, example: Example) -> Example:
    """The same example with what now comes out where it expected something else (算例随之改); keys are never added."""
    actual = kind.run_example(body, dict(example.given), example.on) if kind.run_example else example.expect
    return example.model_copy(update={"expect": _as_now(example.expect, actual)})


def _as_now(expected: Mapping[str, Any], actual: Mapping[str, Any]) -> dict[str, Any]:
    now = {}
    for name, wanted in expected.items():
        got = actual.get(name, wanted)
        if isinstance(wanted, Mapping) and isinstance(got, Mapping):
            now[name] = _as_now(wanted, got)
        else:
            now[name] = wanted if plain(got) == plain(wanted) else plain(got)
    return now


def differences(expected: Mapping[str, Any], actual: Mapping[str, Any], *, within: str = "") -> Iterable[str]:
    """What was expected and did not come out; nested tables are compared by the keys that are expected."""
    for name, wanted in expected.items():
        got = actual.get(name, _NOTHING) if isinstance(actual, Mapping) else _NOTHING
        place = f"{within}.{name}".lstrip(".")
        if isinstance(wanted, Mapping) and isinstance(got, Mapping):
            yield from differences(wanted, got, within=place)
        elif got is _NOTHING:
            yield f"「{place}」应为 {shown(wanted)}，实际没有"
        elif plain(got) != plain(wanted):
            yield f"「{place}」应为 {shown(wanted)}，实际为 {shown(got)}"


def shown(value: Any) -> str:
    """A value in words for people."""
    value = plain(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None:
        return "无"
    if isinstance(value, list):
        return "、".join(shown(item) for item in value) or "无"
    if isinstance(value, Mapping):
        return "，".join(f"{key}＝{shown(item)}" for key, item in value.items()) or "无"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
