"""Definitions as documentation (制度说明): one Markdown page per kind, with every worked example in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from yimen.foundations.definitions.engine.examples import shown
from yimen.foundations.definitions.engine.folders import DefinitionFile
from yimen.foundations.definitions.ports import Kind
from yimen.foundations.definitions.rules.grammar import Example

GENERATED = "<!-- 由 manage.py write_rules_docs 生成，请勿手工修改；改定义文件后重新生成。 -->"


def rules_pages(kinds: Iterable[Kind], files: Iterable[DefinitionFile]) -> dict[str, str]:
    """File name → text of every page, the index included. Kinds without definitions are left out."""
    files = list(files)
    pages = {}
    index = [GENERATED, "", "# 制度定义与算例", "", "| 种类 | 定义 | 算例 |", "| --- | ---: | ---: |"]
    for kind in kinds:
        own = [file for file in files if file.kind == kind.name]
        if not own:
            continue
        pages[f"{kind.name}.md"] = _page(kind, own)
        examples = sum(len(file.examples) for file in own)
        index.append(f"| [{kind.title}]({kind.name}.md) | {len(own)} | {examples} |")
    pages["README.md"] = "\n".join(index) + "\n"
    return pages


def _page(kind: Kind, files: list[DefinitionFile]) -> str:
    lines = [GENERATED, "", f"# {kind.title}", ""]
    for file in files:
        title = next((str(file.data[name]) for name in ("title", "name") if file.data.get(name)), file.key)
        lines += [f"## {title}", "", f"- 名称：`{file.kind}/{file.key}`", f"- 文件：`{file.file}`"]
        lines.append(f"- 施行：{file.effective_on or '自始'}")
        if file.heading.change:
            lines.append(f"- 本次修改：{file.heading.change}")
        references = "、".join(f"`{one}/{key}`" for one, key in file.body.references)
        lines += [f"- 引用：{references}"] if references else []
        lines += ["", *_examples(file.examples)]
    return "\n".join(lines).rstrip() + "\n"


def _examples(examples: Iterable[Example]) -> list[str]:
    lines = []
    for example in examples:
        on = f"（{example.on}）" if example.on else ""
        lines += [f"### 算例：{example.name}{on}", ""]
        lines += ["| 已知 | |", "| --- | --- |", *_rows(example.given)] if example.given else ["已知：无"]
        lines += ["", "| 应得 | |", "| --- | --- |", *_rows(example.expect), ""]
        if example.source:
            lines += [f"依据：{example.source}", ""]
    return lines


def _rows(facts: Mapping[str, Any]) -> list[str]:
    return [f"| {key} | {_cell(value)} |" for key, value in facts.items()]


def _cell(value: Any) -> str:
    # Paragraphs of a letter read better under each other than behind each other.
    long = isinstance(value, list | tuple) and any(len(str(one)) > 20 for one in value)
    text = "<br>".join(map(shown, value)) if long else shown(value)
    return text.replace("|", "／").replace("\n", "<br>")
