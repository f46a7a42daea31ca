"""Read definitions: what is in force on a day, a version for good, the working-day calendar."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from yimen.foundations.definitions.engine import wording
from yimen.foundations.definitions.engine.everyday import (
    Entry,
    changed_body,
    entries_of,
    spoken,
    spoken_words,
)
from yimen.foundations.definitions.engine.examples import ExampleResult, carried_over, run_example
from yimen.foundations.definitions.engine.folders import read_files
from yimen.foundations.definitions.engine.shelf import Definition, body_of, in_force, last_by, shelf
from yimen.foundations.definitions.engine.wording import Change
from yimen.foundations.definitions.models import Generation, Version
from yimen.foundations.definitions.ports import Reading, kinds, readers
from yimen.foundations.definitions.rules.grammar import Example, Reference
from yimen.foundations.definitions.rules.not_asked import NOT_ASKED, refusals
from yimen.foundations.definitions.rules.reading import Mistaken, closest
from yimen.kernel.areas import lineage
from yimen.kernel.refusals import NotFound, NotPossible
from yimen.kernel.working_days import WorkingCalendar, YearCalendar

NEAREST_DEFAULT = "default"


class NoDefinition(NotFound):
    code = "definitions.no_definition"
    sentence = "{on} 没有施行中的「{title}」{key}。{mend}"


class NoVersion(NotFound):
    code = "definitions.no_version"
    sentence = "没有编号为 {id} 的定义版本。"


class DoesNotFit(NotPossible):
    code = "definitions.does_not_fit"
    sentence = "这样改不行：{text}"


def current(kind: str, key: str, *, on: date) -> Definition:
    """The version of one definition in force on a day (现行版本). Refuses as `NoDefinition`, naming the nearest key."""
    found = find_current(kind, key, on=on)
    if found is None:
        known = [name for one, name in shelf().timelines if one == kind]
        timeline = shelf().timelines.get((kind, key), ())
        mend = _when(timeline, on) if timeline else closest(key, known)
        raise NoDefinition(on=on.isoformat(), title=_title(kind), key=key, mend=mend)
    return found


def _when(timeline: Sequence[Definition], on: date) -> str:
    last = last_by(timeline, on)
    if last is not None:
        return f"它已自 {last.effective_on} 起停用。"
    return f"它自 {timeline[0].effective_on} 起施行。"


def find_current(kind: str, key: str, *, on: date) -> Definition | None:
    """The version in force on a day, or None."""
    return in_force(shelf().timelines.get((kind, key), ()), on)


def find_nearest(kind: str, area: str, *, on: date) -> Definition | None:
    """The version that holds for an area on a day (就近适用): its own, that of its street or county, else ``default``."""
    for key in (*reversed(lineage(area)), NEAREST_DEFAULT):
        if found := find_current(kind, key, on=on):
            return found
    return None


def current_all(kind: str, *, on: date) -> tuple[Definition, ...]:
    """All definitions of a kind in force on a day, in order of their keys."""
    found = (in_force(timeline, on) for timeline in shelf().by_kind.get(kind, ()))
    return tuple(one for one in found if one is not None)


def why_not_asked(texts: Iterable[str], *, on: date) -> list[str]:
    """A sentence for each of these texts (headings of a sheet) that asks what nobody may collect (不得收集)."""
    return refusals(texts, [one.body for one in current_all(NOT_ASKED, on=on)])


def version(id: int) -> Definition:
    """One version for good (某一版), by the id that records keep. Refuses as `NoVersion`."""
    try:
        return shelf().by_id[id]
    except KeyError:
        raise NoVersion(id=id) from None


def versions_of(kind: str, key: str) -> tuple[Definition, ...]:
    """All versions of one definition, oldest first, with those that were shipped but do not stand."""
    return tuple(one for one in shelf().by_id.values() if (one.kind, one.key) == (kind, key))


def retired_all(kind: str, *, on: date) -> tuple[Definition, ...]:
    """The ends of definitions of a kind that have taken effect by a day (已停用), in order of their keys."""
    found = (last_by(timeline, on) for timeline in shelf().by_kind.get(kind, ()))
    return tuple(one for one in found if one is not None and one.ends)


def all_in_force(*, on: date) -> tuple[Definition, ...]:
    """The definitions of all kinds in force on a day (现行制度)."""
    return tuple(one for kind in kinds for one in current_all(kind.name, on=on))


def users_of(kind: str, key: str, *, on: date) -> tuple[Definition, ...]:
    """Which definitions in force on a day refer to this one (在引用)."""
    return tuple(one for one in all_in_force(on=on) if (kind, key) in one.body.references)


def pinned(definition: Definition, kind: str, key: str) -> Definition:
    """The version of another definition that ``definition`` rests on (引用的版本). Refuses as `NoDefinition`."""
    for pin in definition.pins:
        if (pin.kind, pin.key) == (kind, key):
            return version(pin.id)
    known = [pin.key for pin in definition.pins if pin.kind == kind]
    on = definition.effective_on.isoformat()
    raise NoDefinition(on=on, title=_title(kind), key=key, mend=closest(key, known))


def references_of(definition: Definition) -> tuple[Reference, ...]:
    """Which other definitions one refers to."""
    return tuple(definition.body.references)


def title_of(definition: Definition) -> str:
    """What people call a definition (名称)."""
    return wording.title_of(definition.kind, definition.key, definition.body)


def read(definition: Definition) -> Reading:
    """A definition as people read it (释读): by the reader of its kind, else field by field under Chinese names."""
    reader = readers.find(definition.kind)
    title = title_of(definition)
    if reader:
        return reader.read(definition, title=title)
    return wording.with_references(
        wording.read_body(title, definition.body),
        {pin.key: ((pin.kind, pin.key), title_of(version(pin.id))) for pin in definition.pins},
    )


def changes(old: Definition | None, new: Mapping[str, Any], *, kind: str) -> tuple[Change, ...]:
    """The difference between a version and the body of another, in words (新旧对照)."""
    names = spoken_words(old) if old else {}
    return tuple(
        Change(one.where, spoken(one.old, names), spoken(one.new, names))
        for one in wording.changes_between(kind, old.data if old else {}, new)
    )


def examples_of(definition: Definition) -> tuple[ExampleResult, ...]:
    """The worked examples kept with one version, run anew under it (算例); one query."""
    kept = Version.objects.filter(pk=definition.id).values_list("examples", flat=True).first() or []
    kind = kinds.get(definition.kind)
    return tuple(
        run_example(kind, definition.key, definition.body, Example.model_validate(one)) for one in kept
    )


def examples_under(
    definition: Definition, data: Mapping[str, Any]
) -> tuple[tuple[ExampleResult, ...], list[dict[str, Any]]]:
    """The examples of a version under another body: how each comes out, and the examples with that as expected.

    Who changes a promise changes what the examples promise: the first is shown to him, the second is published with it.
    Refuses as `DoesNotFit` a body that its grammar does not take.
    """
    kind = kinds.get(definition.kind)
    try:
        body = body_of(definition.kind, dict(data), file=title_of(definition))
    except Mistaken as error:
        raise DoesNotFit(text="；".join(mistake.what for mistake in error.mistakes)) from None
    kept = Version.objects.filter(pk=definition.id).values_list("examples", flat=True).first() or []
    examples = [Example.model_validate(one) for one in kept]
    return (
        tuple(run_example(kind, definition.key, body, one) for one in examples),
        [carried_over(kind, body, one).model_dump(mode="json", exclude_unset=True) for one in examples],
    )


def everyday_of(kind: str) -> tuple[Entry, ...]:
    """What may be typed of definitions of a kind (常改项目); nothing where its app names no everyday parts."""
    return entries_of(kinds.get(kind))


def change_everyday(definition: Definition, values: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a version with other everyday parts (修改常改项目), by the names of their entries; nothing is published."""
    return changed_body(definition, values)


def generation() -> tuple[int, datetime | None]:
    """The number of the newest generation (定义换代) and when it was made; 0 before anything was."""
    newest = Generation.objects.order_by("-pk").values_list("pk", "made_at").first()
    return newest or (0, None)


def makers_of(versions: Iterable[Definition]) -> dict[int, tuple[str, datetime]]:
    """Who made each version and when (发布人), by its id; one query."""
    rows = Version.objects.filter(pk__in=[one.id for one in versions])
    return {number: (by, at) for number, by, at in rows.values_list("pk", "made_by", "made_at")}


def run_examples(kind: str | None = None) -> tuple[ExampleResult, ...]:
    """Run the worked examples that stand beside the definition files (算例), of one kind or of all."""
    return tuple(
        run_example(kinds.get(file.kind), file.key, file.body, example)
        for file in read_files()
        if kind in (None, file.kind)
        for example in file.examples
    )


def run_published_examples(kind: str | None = None) -> tuple[ExampleResult, ...]:
    """Run the examples that were kept with every published version: old versions must go on giving the same answers."""
    rows = Version.objects.exclude(examples=[]).order_by("kind", "key", "version")
    return tuple(
        run_example(kinds.get(row.kind), row.key, version(row.pk).body, Example.model_validate(example))
        for row in (rows.filter(kind=kind) if kind else rows)
        for example in row.examples
    )


def working_calendar(*, on: date) -> WorkingCalendar:
    """The working-day calendar (工作日历) as it was known on a day.

    Years announced by then count by their notice; for the others the statutory days (法定节假日) are used, and the kernel
    marks every answer that rests on them as provisional.
    """
    return _calendar(current_all("calendar", on=on), current_all("statutory_days", on=on))


@lru_cache(maxsize=16)
def _calendar(years: tuple[Definition, ...], statutory: tuple[Definition, ...]) -> WorkingCalendar:
    announced = (
        YearCalendar(one.body.year, one.body.days_off, one.body.days_made_up, one.body.notice.line)
        for one in years
    )
    days = {year: days for one in statutory for year, days in one.body.by_year.items()}
    return WorkingCalendar(tuple(announced), days)


def _title(kind: str) -> str:
    registered = kinds.find(kind)
    return registered.title if registered else kind
