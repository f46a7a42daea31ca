"""Publish definitions: from files at deploy, and from pages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from graphlib import CycleError, TopologicalSorter
from typing import Any
from zoneinfo import ZoneInfo

from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.foundations.definitions.choices import OpenCases, Source
from yimen.foundations.definitions.engine.examples import run_example
from yimen.foundations.definitions.engine.folders import KEY, DefinitionFile, read_files, split_heading
from yimen.foundations.definitions.engine.press import Draft, Name, Press
from yimen.foundations.definitions.engine.shelf import body_of, forget
from yimen.foundations.definitions.models import Generation, Version
from yimen.foundations.definitions.permissions import PUBLISH
from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.definitions.queries import current_all, title_of
from yimen.foundations.definitions.rules.grammar import Example, Grammar
from yimen.foundations.definitions.rules.not_asked import NOT_ASKED, refusals
from yimen.foundations.definitions.rules.reading import Mistake, Mistaken, closest, plain
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotAllowed, NotPossible

# A definition that names no day and has no predecessor has always been so: nothing else could have applied.
BEGINNING = date(2000, 1, 1)
STREET = 9  # digits of a street's area code
_STREET_TIME = ZoneInfo("Asia/Shanghai")


class CannotUseDefinitions(NotPossible):
    code = "definitions.cannot_use"
    sentence = "{count} 处定义有误，一个也没有采用：\n{text}"


class CannotPublish(NotPossible):
    code = "definitions.cannot_publish"
    sentence = "不能发布：{why}"


class CannotRetire(NotPossible):
    code = "definitions.cannot_retire"
    sentence = "不能停用：{why}"


@operation("definitions.synced")
def sync_definitions(*, by: Actor, at: datetime, on: date) -> int:
    """Take over the definition files that changed (同步定义); answers how many versions were made.

    A file takes effect on its ``effective_on``; one without it on ``on``, or from the beginning when it is the first
    of its name. A shipped change of something the installation has published itself is kept beside, not in force.
    Refuses as `CannotUseDefinitions` with every mistake; then nothing is taken over.
    """
    try:
        files = read_files()
        press = Press(made_by=by.key, made_at=at)
        _check_all(files, press)
        for file in _in_order(files):
            _take_over(file, press, on=on)
    except Mistaken as error:
        raise _cannot_use(error) from None
    _finish(press, by=by, at=at)
    if press.made:
        manifest = [{"kind": row.kind, "key": row.key, "version": row.version} for row in press.made]
        record_batch(manifest, kind="definition", area="")
    else:
        unchanged()
    return len(press.made)


@operation("definitions.version.published")
def publish(
    *,
    by: Actor,
    at: datetime,
    kind: str,
    key: str,
    body: Grammar | Mapping[str, Any],
    effective_on: date,
    change: str = "",
    open_cases: str = OpenCases.KEEP,
    examples: Sequence[Mapping[str, Any]] | None = None,
) -> Version:
    """Publish a new version from a page (发布新版本), with what changed and what open work shall do.

    Refuses: who does not hold the permission for a whole street; a body that does not fit; a day already past; no
    change at all; worked examples that no longer come out (``examples`` replaces those of the version before).
    """
    area = _publishes_for(by)
    registered = kinds.find(kind)
    if registered is None:
        raise CannotPublish(why=f"没有「{kind}」这一种定义。{closest(kind, kinds.keys())}")
    if not KEY.match(key):
        raise CannotPublish(why="名称只能用小写字母、数字和下划线")
    if effective_on < at.astimezone(_STREET_TIME).date():
        raise CannotPublish(why="生效日期不能早于今天，过去的事按当时的制度办")
    press = Press(made_by=by.key, made_at=at)
    data = plain(body.model_dump(mode="json", exclude_unset=True) if isinstance(body, Grammar) else body)
    try:
        _, data = split_heading(registered.grammar, data, file=f"{registered.title}「{key}」")
        fitted = body_of(kind, data, file=f"{registered.title}「{key}」")
        _check_references(fitted, press.names(), file=f"{registered.title}「{key}」", text="")
        _check_plugged(registered, fitted, file=f"{registered.title}「{key}」")
        rules = [one.body for one in current_all(NOT_ASKED, on=effective_on)]
        _check_asked(registered, key, fitted, rules, file=f"{registered.title}「{key}」")
    except Mistaken as error:
        raise _cannot_use(error) from None
    before = press.latest((kind, key))
    if before is not None and before.data == data and not before.ends:
        raise CannotPublish(why=f"内容与第 {before.version} 版相同")
    kept = [plain(dict(one)) for one in examples] if examples is not None else press.examples((kind, key))
    _check_examples(registered, key, fitted, kept)
    row = press.write(
        Draft(
            kind, key, data, effective_on, Source.PUBLISHED, tuple(fitted.references),
            change=change, open_cases=OpenCases(open_cases), examples=kept,
        )
    )  # fmt: skip
    press.carry([(kind, key)])
    _finish(press, by=by, at=at)
    record(
        row,
        kind="definition",
        area=area,
        name=f"{kind}/{key}",
        version=row.version,
        versions=len(press.made),
    )
    return row


@operation("definitions.version.retired")
def retire(*, by: Actor, at: datetime, kind: str, key: str, effective_on: date, change: str) -> Version:
    """End a definition from a day on (停用): nothing new begins under it, and what was kept stays readable.

    The end is a version of its own; publishing again takes it back. Refuses: who may not publish; a day already past or
    before the newest version begins; what others still refer to from that day on; what has ended already.
    """
    area = _publishes_for(by)
    press = Press(made_by=by.key, made_at=at)
    before = press.latest((kind, key))
    if before is None:
        raise CannotRetire(why=f"没有「{key}」。")
    title = title_of(before)
    if before.ends:
        raise CannotRetire(why=f"《{title}》已自 {before.effective_on} 起停用。")
    if effective_on < at.astimezone(_STREET_TIME).date():
        raise CannotRetire(why="停用日期不能早于今天。")
    if effective_on < before.effective_on:
        raise CannotRetire(why=f"第 {before.version} 版自 {before.effective_on} 起施行，停用不能早于它。")
    if using := press.resting_on((kind, key), on=effective_on):
        named = "、".join(f"{kinds.get(one.kind).title}《{title_of(one)}》" for one in using[:5])
        more = f"等 {len(using)} 项" if len(using) > 5 else ""
        raise CannotRetire(why=f"还在用它的有{named}{more}，先改掉或停用它们。")
    row = press.write(
        Draft(
            kind, key, before.data, effective_on, Source.PUBLISHED, tuple(before.body.references),
            change=change, ends=True, examples=press.examples((kind, key)),
        )
    )  # fmt: skip
    _finish(press, by=by, at=at)
    record(row, kind="definition", area=area, name=f"{kind}/{key}", version=row.version)
    return row


def _publishes_for(by: Actor) -> str:
    areas = [area for area in by.areas_for(PUBLISH) if len(area) <= STREET]
    if not areas:
        raise NotAllowed(permission=PUBLISH)
    return areas[0]


def _take_over(file: DefinitionFile, press: Press, *, on: date) -> None:
    name = (file.kind, file.key)
    before = press.latest(name)
    if before is not None and press.file_digest(name) == file.digest:
        return
    own = before is not None and before.source == Source.PUBLISHED and file.source == Source.SHIPPED
    press.write(
        Draft(
            kind=file.kind,
            key=file.key,
            data=file.data,
            effective_on=file.effective_on or (on if before else BEGINNING),
            source=file.source,
            references=tuple(file.body.references),
            origin=file.file,
            file_digest=file.digest,
            change=file.heading.change,
            open_cases=file.heading.open_cases,
            stands=not own,
            examples=[example.model_dump(mode="json", exclude_unset=True) for example in file.examples],
        )
    )
    if before is not None and not own:
        press.carry([name])


def _in_order(files: Iterable[DefinitionFile]) -> list[DefinitionFile]:
    """The files so that what is referred to comes first."""
    named = {(file.kind, file.key): file for file in files}
    graph = {name: set(file.body.references) & set(named) for name, file in named.items()}
    try:
        order = TopologicalSorter(graph).static_order()
        return [named[name] for name in order]
    except CycleError as error:
        circle = " → ".join(f"{kind}/{key}" for kind, key in error.args[1])
        raise Mistaken(
            [Mistake(named[error.args[1][0]].file, "", 0, f"定义互相引用成了圈：{circle}")]
        ) from None


def _check_all(files: Iterable[DefinitionFile], press: Press) -> None:
    files = list(files)
    known = press.names() | {(file.kind, file.key) for file in files}
    mistakes: list[Mistake] = []
    # Of the files themselves: what a street may not ask is known before its first definition is.
    rules = [file.body for file in files if file.kind == NOT_ASKED]
    for file in files:
        try:
            _check_references(file.body, known, file=file.file, text=file.text)
            _check_plugged(kinds.get(file.kind), file.body, file=file.file)
            _check_asked(kinds.get(file.kind), file.key, file.body, rules, file=file.file)
        except Mistaken as error:
            mistakes.extend(error.mistakes)
    if mistakes:
        raise Mistaken(mistakes)


def _check_references(body: Grammar, known: set[Name], *, file: str, text: str) -> None:
    missing = [name for name in body.references if name not in known]
    if missing:
        raise Mistaken(
            Mistake(
                file, "", _line_with(text, key), f"引用的 {kind}「{key}」不存在；{_nearest(kind, key, known)}"
            )
            for kind, key in missing
        )


def _check_plugged(kind: Kind, body: Grammar, *, file: str) -> None:
    said = kind.check(body) if kind.check else []
    if said:
        raise Mistaken(Mistake(file, "", 0, one) for one in said)


def _check_asked(kind: Kind, key: str, body: Grammar, rules: Iterable[Any], *, file: str) -> None:
    """Nothing is asked or counted that nobody may collect (不得收集)."""
    said = refusals(kind.asks(body), rules, name=f"{kind.name}/{key}") if kind.asks else []
    if said:
        raise Mistaken(Mistake(file, "", 0, one) for one in said)


def _check_examples(kind: Kind, key: str, body: Grammar, examples: list[dict[str, Any]]) -> None:
    results = [run_example(kind, key, body, Example.model_validate(one)) for one in examples]
    broken = [one.sentence for one in results if not one.holds]
    if broken:
        raise CannotPublish(why="算例不再成立，请改正内容或一并修改算例：" + "；".join(broken))


def _finish(press: Press, *, by: Actor, at: datetime) -> None:
    if press.made:
        Generation.objects.create(made_by=by.key, made_at=at)
        forget()


def _nearest(kind: str, key: str, known: set[Name]) -> str:
    return closest(key, [one for other, one in known if other == kind])


def _line_with(text: str, word: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), start=1) if word in line), 0)


def _cannot_use(error: Mistaken) -> CannotUseDefinitions:
    sentences = [mistake.sentence for mistake in error.mistakes]
    return CannotUseDefinitions(
        count=len(sentences),
        text="\n".join(sentences),
        findings=[
            Finding("definitions.mistake", mistake.sentence, field=mistake.place)
            for mistake in error.mistakes
        ],
    )
