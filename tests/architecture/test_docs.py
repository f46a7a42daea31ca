"""The documentation is true: links lead somewhere, named paths, commands, functions and settings exist, examples run."""

import doctest
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from yimen.demo.engine.staff import LOGINS, PASSWORD

ROOT = Path(settings.BASE_DIR)
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
HOUSE = {"yimen", "docs", "tests", "tools", "config", "frontend", "requirements", ".ci"}
# What a how-to makes on the way; everything else that is named must be there.
MADE_BY_A_READER = re.compile(r"services/lending\b")

CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _code(page: Path) -> Iterator[str]:
    return (found.group() for found in CODE.finditer(_text(page)))


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _targets(page: Path) -> Iterator[tuple[str, Path]]:
    """The text of every link to a file of ours, and the file."""
    outside_code = re.sub(r"^```.*?^```", "", _text(page), flags=re.MULTILINE | re.DOTALL)
    for text, target in LINK.findall(outside_code):
        if not re.match(r"[a-z]+:|#", target):
            yield text, page.parent / target.partition("#")[0]


def test_every_link_leads_to_a_file():
    dead = [f"{_name(page)}: {to}" for page in PAGES for _, to in _targets(page) if not to.exists()]
    assert dead == []


def test_every_function_that_is_linked_stands_in_the_file():
    missing = []
    for page in PAGES:
        for text, file in _targets(page):
            name = re.fullmatch(r"`(\w+)`", text)
            if name and file.suffix == ".py" and file.exists():
                defined = rf"^\s*(?:def|class) {name[1]}\b|^{name[1]}\b.*="
                if not re.search(defined, _text(file), re.MULTILINE):
                    missing.append(f"{_name(page)}: {name[1]} in {file.name}")
    assert missing == []


def test_every_path_that_is_named_exists():
    missing = []
    for page in PAGES:
        for span in SPAN.findall(_text(page)):
            named = re.fullmatch(r"[\w.*-]+(?:/[\w.*-]+)*/?", span)
            if not named or span.split("/")[0] not in HOUSE or "/" not in span:
                continue
            if not MADE_BY_A_READER.search(span) and not list(ROOT.glob(span.rstrip("/"))):
                missing.append(f"{_name(page)}: {span}")
    assert missing == []


def test_every_make_command_stands_in_the_makefile():
    known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        (_name(page), word)
        for page in PAGES
        for code in _code(page)
        for word in re.findall(r"(?:^|[`\s])make ([a-z]+)\b", code)
    }
    assert sorted((page, word) for page, word in named if word not in known) == []


def test_every_management_command_exists():
    known = get_commands()
    named = {
        (_name(page), word)
        for page in PAGES
        for code in _code(page)
        for word in re.findall(r"manage\.py\s+([a-z_]+)", code)
    }
    assert sorted((page, word) for page, word in named if word not in known) == []


def test_every_variable_of_the_environment_is_read_somewhere():
    sources = [path for folder in ("config", "tools", "tests") for path in (ROOT / folder).rglob("*.py")]
    read = set(re.findall(r"YIMEN_[A-Z_]+", "".join(map(_text, sources))))
    named = {(_name(page), word) for page in PAGES for word in re.findall(r"YIMEN_[A-Z_]+", _text(page))}
    assert sorted((page, word) for page, word in named if word not in read) == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "explain").glob("*.md")), ids=_name)
def test_the_examples_of_an_explanation_come_out(page):
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_login_of_the_demo(name):
    text = _text(ROOT / name)
    assert [login.username for login in LOGINS if f"`{login.username}`" not in text] == []
    assert f"`{PASSWORD}`" in text


def test_pictures_are_small():
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    assert pictures != []
    assert [picture.name for picture in pictures if picture.stat().st_size > 150_000] == []
