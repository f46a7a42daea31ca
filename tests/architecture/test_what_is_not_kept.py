"""What the old plans wanted recorded and nobody may record: no column, form, list, figure or return has a place for it.

Sources: 人口与计划生育法 (2021) 第十八、二十七条; PIPL Arts 6, 28, 29; 妇女权益保障法 (2022) 第十八、二十条.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.conventions import modules, room_of

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = {
    "periods and pregnancies": r"月经|经期|经孕|孕情|孕检|停经|妊娠|怀孕|menstru|pregnan|gravid|last_period",
    "what a couple does about children": r"节育|避孕|结扎|上环|取环|流产|引产|contracept|sterili[sz]|abortion",
    "who lives with whom": r"同居|未婚|再婚|婚否|婚史|婚姻状况|cohabit|remarr|marital",
    "permission for a birth": r"准生|超生|计划外|生育指标|生育间隔|孩次|胎次|birth_quota|birth_permit|parity",
    "fewer or later births": r"晚婚|晚育|少生|一胎|独生子女率|计划生育率",
}
# Rooms in which something to be kept or shown gets its name.
ROOMS = {"models", "fields", "forms", "lists", "choices", "presenters"}
# These explain old words to who searches by them, or forbid them, and hold nothing.
EXPLAINING = {"explanation", "matter", "examples", "not_asked"}
# What a definition tells its reader (of a duty to report harm too), and words that it keeps away from lists and messages.
TOLD = {
    *("purpose", "notice", "intro", "basis", "hint", "explanation", "meant_for", "setting"),
    *("words", "unfit_words", "report"),
}


def _strings_of_code() -> Iterator[tuple[str, str]]:
    for path in modules(ROOT):
        if room_of(path.relative_to(ROOT)) not in ROOMS:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value
            elif isinstance(node, ast.Name):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.id


def _columns() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        if model.__module__.startswith("yimen."):
            for field in model._meta.get_fields():
                label = str(getattr(field, "verbose_name", ""))
                choices = " ".join(f"{key} {word}" for key, word in getattr(field, "choices", None) or ())
                yield f"{model._meta.label}.{field.name}", f"{field.name} {label} {choices}"


def _definitions() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "yimen").rglob("definitions/**/*.toml")):
        if EXPLAINING.isdisjoint(path.relative_to(ROOT).parts):
            where = str(path.relative_to(ROOT))
            yield from ((where, word) for word in _asked(tomllib.loads(path.read_text(encoding="utf-8"))))


def _asked(value: object, key: str = "") -> Iterator[str]:
    """Every key and word of a definition that names something."""
    if key in TOLD:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _asked(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _asked(inner, key)
    elif isinstance(value, str):
        yield value


PLACES = {"code": _strings_of_code, "columns": _columns, "definitions": _definitions}


@pytest.mark.parametrize("places", PLACES)
@pytest.mark.parametrize("matter", FORBIDDEN)
def test_there_is_no_place_for(matter: str, places: str):
    seen = 0
    found = []
    for where, words in PLACES[places]():
        seen += 1
        if re.search(FORBIDDEN[matter], words, re.IGNORECASE):
            found.append(f"{where}: {words}")
    assert seen > 100
    assert not found, found
