"""The shelf (在架定义): all versions in memory, read again only when the generation number has moved."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

from yimen.foundations.bus.api import forget_mark, mark
from yimen.foundations.definitions.models import Version
from yimen.foundations.definitions.ports import kinds
from yimen.foundations.definitions.rules.grammar import Grammar
from yimen.foundations.definitions.rules.reading import fit

MARK = "definitions"
_EFFECT = attrgetter("effective_on")


@dataclass(frozen=True)
class Pin:
    """Which version of another definition a version rests on (引用版本)."""

    kind: str
    key: str
    version: int
    id: int


@dataclass(frozen=True)
class Definition:
    """One version of one definition, as others read it (定义). ``body`` is an instance of the kind's grammar."""

    id: int
    kind: str
    key: str
    version: int
    effective_on: date
    source: str
    digest: str
    data: dict[str, Any]
    pins: tuple[Pin, ...] = ()
    change: str = ""
    open_cases: str = "keep"
    stands: bool = True
    ends: bool = False

    @cached_property
    def body(self) -> Any:
        return body_of(self.kind, self.data, file=f"{self.kind}/{self.key} 第 {self.version} 版")

    def __hash__(self) -> int:
        return hash((self.kind, self.key, self.version, self.digest))


@dataclass(frozen=True)
class Shelf:
    """Everything published, by id and by name; ``timelines`` hold the versions that stand, in order of effect.

    ``by_kind`` are the same timelines by kind, each in order of the keys.
    """

    generation: int
    by_id: dict[int, Definition]
    timelines: dict[tuple[str, str], tuple[Definition, ...]]

    @cached_property
    def by_kind(self) -> dict[str, list[tuple[Definition, ...]]]:
        found: dict[str, list[tuple[Definition, ...]]] = {}
        for (kind, _), timeline in sorted(self.timelines.items()):
            found.setdefault(kind, []).append(timeline)
        return found


def body_of(kind: str, data: dict[str, Any], *, file: str) -> Grammar:
    """The body as the grammar of its kind understands it. Raises `Mistaken`."""
    return fit(kinds.get(kind).grammar, data, file=file)


def in_force(timeline: Sequence[Definition], on: date) -> Definition | None:
    """Of the versions in order of effect, the last one that has taken effect by ``on``; none once an end has (停用)."""
    last = last_by(timeline, on)
    return None if last is None or last.ends else last


def last_by(timeline: Sequence[Definition], on: date) -> Definition | None:
    """The last version that has taken effect by ``on``, be it an end."""
    position = bisect_right(timeline, on, key=_EFFECT)
    return timeline[position - 1] if position else None


def by_effect(versions: Iterable[Definition]) -> tuple[Definition, ...]:
    """The versions that stand, in order of effect; of two from the same day the later made one comes last."""
    return tuple(
        sorted((one for one in versions if one.stands), key=lambda one: (one.effective_on, one.version))
    )


class _Held:
    """What this process remembers."""

    shelf: Shelf | None = None


def shelf() -> Shelf:
    """The shelf of the newest generation; read anew only after something was published."""
    generation = mark(MARK) or 0
    held = _Held.shelf
    if held is None or held.generation != generation:
        held = _Held.shelf = load(generation)
    return held


def forget() -> None:
    """Read the generation number anew at the next look; called after publishing."""
    forget_mark(MARK)


def load(generation: int) -> Shelf:
    """Read all versions from the table: which there are, and those this process has not read before.

    A version never changes, so what was read and understood once stands.
    """
    known = _Held.shelf.by_id if _Held.shelf else {}
    told = list(Version.objects.order_by("kind", "key", "version").values_list("id", "digest"))
    new = [number for number, digest in told if number not in known or known[number].digest != digest]
    read = {row.pk: definition_of(row) for row in Version.objects.filter(id__in=new)} if new else {}
    found = [read.get(number) or known[number] for number, _ in told]
    named: dict[tuple[str, str], list[Definition]] = {}
    for one in found:
        named.setdefault((one.kind, one.key), []).append(one)
    timelines = {name: by_effect(versions) for name, versions in named.items()}
    return Shelf(generation, {one.id: one for one in found}, timelines)


def definition_of(row: Version) -> Definition:
    """The row as others read it."""
    return Definition(
        id=row.pk,
        kind=row.kind,
        key=row.key,
        version=row.version,
        effective_on=row.effective_on,
        source=row.source,
        digest=row.digest,
        data=row.body,
        pins=tuple(Pin(**pin) for pin in row.pins),
        change=row.change,
        open_cases=row.open_cases,
        stands=row.stands,
        ends=row.ends,
    )
