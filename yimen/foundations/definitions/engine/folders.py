"""Where definitions stand as files: in the apps that own them (随产品) and in the street's own folder (本地文件)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from yimen.foundations.definitions.choices import Source
from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.definitions.rules.digests import digest_of
from yimen.foundations.definitions.rules.grammar import Example, Grammar, Heading
from yimen.foundations.definitions.rules.reading import Mistake, Mistaken, closest, fit, read_toml

KEY = re.compile(r"^[a-z0-9][a-z0-9_]*$")


@dataclass(frozen=True)
class Folder:
    """A folder that holds one subfolder per kind. ``shown`` is how its files are named in messages."""

    path: Path
    shown: str
    source: Source


@dataclass(frozen=True)
class DefinitionFile:
    """One definition as it stands in a file, read and checked."""

    kind: str
    key: str
    file: str
    source: Source
    heading: Heading
    data: dict[str, Any]
    body: Grammar
    examples: tuple[Example, ...] = ()
    text: str = field(default="", repr=False)

    @property
    def digest(self) -> str:
        heading = self.heading.model_dump(mode="json")
        return digest_of({"heading": heading, "body": self.data})

    @property
    def effective_on(self) -> date | None:
        return self.heading.effective_on


def folders(*, site: str | Path | None = None) -> list[Folder]:
    """The folders in force: one per app that has definitions, then the site's."""
    found = [
        Folder(Path(app.path) / "definitions", f"{app.name.replace('.', '/')}/definitions", Source.SHIPPED)
        for app in apps.get_app_configs()
        if app.name.startswith("yimen.")
    ]
    site = settings.YIMEN_SITE if site is None else site
    if site:
        found.append(Folder(Path(site) / "definitions", "本地定义", Source.SITE))
    return [folder for folder in found if folder.path.is_dir()]


def read_files(among: list[Folder] | None = None) -> list[DefinitionFile]:
    """Every definition in force as a file: a site's file wins over a shipped one of the same kind and key.

    Raises `Mistaken` with the mistakes of all files together.
    """
    chosen: dict[tuple[str, str], DefinitionFile] = {}
    mistakes: list[Mistake] = []
    for folder in folders() if among is None else among:
        for kind, path in _paths(folder, mistakes):
            try:
                found = read_file(
                    kind, path, shown=f"{folder.shown}/{kind.name}/{path.name}", source=folder.source
                )
            except Mistaken as error:
                mistakes.extend(error.mistakes)
                continue
            twin = chosen.get((found.kind, found.key))
            if twin and twin.source == found.source:
                mistakes.append(Mistake(found.file, "", 0, f"与 {twin.file} 重复，请删去一个或改名"))
            chosen[found.kind, found.key] = found
    if mistakes:
        raise Mistaken(mistakes)
    return [chosen[name] for name in sorted(chosen)]


def read_file(kind: Kind, path: Path, *, shown: str, source: Source) -> DefinitionFile:
    """One definition file with its worked examples. Raises `Mistaken`."""
    text = _text(path, shown)
    if not KEY.match(path.stem):
        raise Mistaken([Mistake(shown, "", 0, "文件名只能用小写字母、数字和下划线")])
    data = read_toml(text, file=shown)
    heading, rest = split_heading(kind.grammar, data, file=shown, text=text)
    body = fit(kind.grammar, rest, file=shown, text=text)
    examples = tuple(
        _examples(path.parent / "examples" / path.stem, f"{shown.rsplit('/', 1)[0]}/examples/{path.stem}")
    )
    return DefinitionFile(kind.name, path.stem, shown, source, heading, rest, body, examples, text)


def split_heading(
    grammar: type[Grammar], data: dict[str, Any], *, file: str, text: str = ""
) -> tuple[Heading, dict[str, Any]]:
    """The heading lines and the body, apart. Raises `Mistaken`."""
    named = [name for name in Heading.model_fields if name not in grammar.model_fields]
    heading = fit(Heading, {name: data[name] for name in named if name in data}, file=file, text=text)
    return heading, {name: value for name, value in data.items() if name not in named}


def _paths(folder: Folder, mistakes: list[Mistake]) -> Iterator[tuple[Kind, Path]]:
    for inside in sorted(folder.path.iterdir()):
        if not inside.is_dir() or inside.name.startswith(("_", ".")):
            continue
        kind = kinds.find(inside.name)
        if kind is None:
            mend = closest(inside.name, kinds.keys())
            mistakes.append(Mistake(f"{folder.shown}/{inside.name}", "", 0, f"没有这一种定义；{mend}"))
            continue
        for path in sorted(inside.glob("*.toml")):
            yield kind, path
        keys = {path.stem for path in inside.glob("*.toml")}
        for orphan in sorted((inside / "examples").glob("*")):
            if orphan.is_dir() and orphan.name not in keys:
                where = f"{folder.shown}/{inside.name}/examples/{orphan.name}"
                mistakes.append(
                    Mistake(where, "", 0, f"这些算例没有对应的定义；{closest(orphan.name, keys)}")
                )


def _examples(folder: Path, shown: str) -> Iterator[Example]:
    for path in sorted(folder.glob("*.toml")):
        file = f"{shown}/{path.name}"
        text = _text(path, file)
        yield fit(Example, read_toml(text, file=file), file=file, text=text)


def _text(path: Path, shown: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Mistaken([Mistake(shown, "", 0, "不是 UTF-8 编码，请另存为 UTF-8")]) from None
