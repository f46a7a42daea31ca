"""Definitions as people read them: the catalogue, one definition with its versions, and what may be changed here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yimen.doors.office.choices import actor_words
from yimen.doors.office.queries.naming import ExampleView, example_views, with_area_names
from yimen.doors.office.rules import why_not_from
from yimen.foundations.access import api as access
from yimen.foundations.definitions import api as definitions
from yimen.foundations.definitions.ports import Reading, kinds
from yimen.kernel.actor import Actor
from yimen.kernel.areas import is_area_code
from yimen.kernel.refusals import NotFound, NotPossible


class CannotChange(NotPossible):
    code = "office.cannot_change"
    sentence = "不能发布：{why}"


STREET_DIGITS = 9
# What most people come for stands first.
FIRST = ("matter", "window", "form", "letter", "calendar", "plan")


@dataclass(frozen=True)
class CatalogueLine:
    """One definition of the catalogue: its title, and the version in force today."""

    kind: str
    key: str
    title: str
    version: int
    effective_on: date
    source: str
    coming: int = 0


@dataclass(frozen=True)
class Shelf:
    """All definitions of one kind (一类制度)."""

    kind: str
    title: str
    lines: tuple[CatalogueLine, ...]


@dataclass(frozen=True)
class VersionLine:
    """One version in the history (版本)."""

    version: int
    effective_on: date
    source: str
    change: str
    open_cases: str
    made_by: str
    made_at: datetime | None
    state: str
    tone: str
    shown: bool


@dataclass(frozen=True)
class DefinitionFile:
    """One definition (制度): how it reads, its history, what changed, whether its examples come out."""

    definition: definitions.Definition
    kind_title: str
    reading: Reading
    versions: tuple[VersionLine, ...]
    compared_with: int
    changes: tuple[definitions.Change, ...]
    examples: tuple[ExampleView, ...]
    rests_on: tuple[tuple[str, str, str], ...]
    has_everyday_parts: bool
    why_not_edit: str


@dataclass(frozen=True)
class Preview:
    """What a change would do before it is published (改动预览): the difference, and the examples that come out otherwise."""

    body: dict[str, Any]
    changes: tuple[definitions.Change, ...]
    examples_changed: tuple[ExampleView, ...]
    examples: list[dict[str, Any]]


def catalogue(*, by: Actor, on: date, words: str = "") -> tuple[Shelf, ...]:
    """Every definition in force, by kind; with ``words``, those whose title holds them."""
    order = {kind: place for place, kind in enumerate(FIRST)}
    shelves = []
    for kind in sorted(kinds, key=lambda kind: (order.get(kind.name, len(order)), kind.title)):
        lines = tuple(
            _catalogue_line(one, on=on)
            for one in definitions.current_all(kind.name, on=on)
            if seen_by(one, by) and words in definitions.title_of(one)
        )
        if lines:
            shelves.append(Shelf(kind.name, kind.title, lines))
    return tuple(shelves)


def definition_file(
    kind: str, key: str, *, by: Actor, on: date, number: int | None = None, against: int | None = None
) -> DefinitionFile:
    """One definition in one version, by default the one in force; compared with the version before, or ``against``."""
    versions = versions_seen(kind, key, by=by)
    by_number = {one.version: one for one in versions}
    in_force = definitions.find_current(kind, key, on=on)
    shown = by_number.get(number) if number else in_force or versions[-1]
    if shown is None:
        raise NotFound()
    other = by_number.get(against) if against else by_number.get(shown.version - 1)
    return DefinitionFile(
        definition=shown,
        kind_title=kinds.get(kind).title,
        reading=with_area_names(definitions.read(shown)),
        versions=_history(versions, shown, in_force, on=on),
        compared_with=other.version if other else 0,
        changes=definitions.changes(other, shown.data, kind=kind) if other else (),
        examples=example_views(definitions.examples_of(shown), shown),
        rests_on=tuple(
            (pin.kind, pin.key, f"{definitions.title_of(definitions.version(pin.id))} 第 {pin.version} 版")
            for pin in shown.pins
        ),
        has_everyday_parts=bool(kinds.get(kind).everyday),
        why_not_edit=why_not_edit(kind, key, by=by),
    )


def versions_seen(kind: str, key: str, *, by: Actor) -> tuple[definitions.Definition, ...]:
    """All versions, oldest first. Refuses as not found what does not exist or belongs to another street."""
    if kind not in kinds:
        raise NotFound()
    versions = definitions.versions_of(kind, key)
    if not versions or not seen_by(versions[-1], by):
        raise NotFound()
    return versions


def newest(kind: str, key: str, *, by: Actor) -> definitions.Definition:
    """The newest version that stands: what a change starts from, also when it is not yet in force."""
    standing = [one for one in versions_seen(kind, key, by=by) if one.stands]
    return max(standing, key=lambda one: (one.effective_on, one.version))


def everyday_values(definition: definitions.Definition) -> list[tuple[definitions.Entry, Any]]:
    """The everyday parts of a definition, each with what stands there now. Refuses as not found where there are none."""
    entries = definitions.everyday_of(definition.kind)
    if not entries:
        raise NotFound()
    return [(entry, definitions.standing(entry, definition)) for entry in entries]


def preview(
    base: definitions.Definition, values: Mapping[str, Any], *, based_on: int, on: date, from_day: date
) -> Preview:
    """What publishing these values would change; ``based_on`` is the version they were typed on.

    Refuses when nothing would, when somebody published meanwhile, and when the day or a value is not possible.
    """
    if based_on != base.version:
        raise CannotChange(
            why=f"您填的时候已经发布了第 {base.version} 版。请抄下自己的改动，重新打开这一页再改。"
        )
    if why := why_not_from(from_day, today=on, newest_from=base.effective_on, newest=base.version):
        raise CannotChange(why=why)
    body = definitions.change_everyday(base, values)
    found = definitions.changes(base, body, kind=base.kind)
    if not found:
        raise CannotChange(why="没有改动。")
    results, examples = definitions.examples_under(base, body)
    changed = example_views([one for one in results if not one.holds], base)
    return Preview(body, found, changed, examples)


def seen_by(definition: definitions.Definition, by: Actor) -> bool:
    """Definitions are public within the house; those of one area are shown where that area is somebody's own."""
    area = area_of(definition.key, definition.data)
    return not area or by.reaches(area) or any(prefix.startswith(area) for prefix in by.reach)


def area_of(key: str, data: Mapping[str, Any]) -> str:
    """The area a definition belongs to: a window is named by its area, a plan tells it; "" for everybody's."""
    told = data.get("area", "")
    return key if is_area_code(key) else told if is_area_code(told) else ""


def why_not_edit(kind: str, key: str, *, by: Actor) -> str:
    """Why ``by`` may not publish a change of it; "" when she may."""
    areas = [area for area in by.areas_for(definitions.PUBLISH) if len(area) <= STREET_DIGITS]
    if not areas:
        return "由科长或系统管理员修改"
    if is_area_code(key) and not by.can(definitions.PUBLISH, area=key):
        return "这个窗口由所在街道修改"
    return ""


def _catalogue_line(one: definitions.Definition, *, on: date) -> CatalogueLine:
    later = [other for other in definitions.versions_of(one.kind, one.key) if other.stands]
    coming = [other.version for other in later if other.effective_on > on]
    return CatalogueLine(
        one.kind,
        one.key,
        definitions.title_of(one),
        one.version,
        one.effective_on,
        definitions.Source(one.source).label,
        max(coming, default=0),
    )


def _history(versions, shown, in_force, *, on: date) -> tuple[VersionLine, ...]:
    made = definitions.makers_of(versions)
    told = access.names_of({by for by, _ in made.values()})
    names = {key: actor_words(key, name) for key, name in told.items()}
    lines = []
    for one in reversed(versions):
        by, at = made.get(one.id, ("", None))
        state, tone = _state(one, in_force, on=on)
        lines.append(
            VersionLine(
                version=one.version,
                effective_on=one.effective_on,
                source=definitions.Source(one.source).label,
                change=one.change,
                open_cases=definitions.OpenCases(one.open_cases).label,
                made_by=names.get(by, ""),
                made_at=at,
                state=state,
                tone=tone,
                shown=one.id == shown.id,
            )
        )
    return tuple(lines)


def _state(one, in_force, *, on: date) -> tuple[str, str]:
    if one.ends:
        return ("已停用", "late") if one.effective_on <= on else ("将停用", "warn")
    if not one.stands:
        return "随产品更新，未采用", "neutral"
    if in_force is not None and one.id == in_force.id:
        return "施行中", "good"
    return ("未生效", "info") if one.effective_on > on else ("已被替代", "neutral")
