"""No register of private life: what must not be asked has no column, no question and no word in the house."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from yimen.foundations.definitions.engine.folders import read_files

MODELS = [model for model in apps.get_models() if model.__module__.startswith("yimen.")]
ENGLISH = re.compile(
    r"contracept|menstru|menses|\bcycle\b|_cycle|parity|birth_(permit|quota|order)|marriage|marital|married|"
    r"abortion|steril|\biud\b|fertility_control|social_maintenance"
)
CHINESE = re.compile(
    r"避孕|节育|上环|取环|绝育|结扎|人流|引产|月经|经期|孕情|环情|胎次|孩次|准生|婚育|未婚|婚姻状况|已婚|(?<!不是)生育指标|超生|计划外|"
    r"社会抚养费"
)
# What people say is how the new way is found by old words; notes that a thing is NOT asked are no question either.
PASSED_OVER = {"says", "notice", "basis", "legal_source"}


def _texts(value, key=""):
    if key in PASSED_OVER:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _texts(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner, key)
    elif isinstance(value, str):
        yield value


@pytest.mark.requirement("S0-02")
def test_no_table_has_such_a_column():
    found = [
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.get_fields()
        if ENGLISH.search(field.name) or CHINESE.search(str(getattr(field, "verbose_name", "")))
    ]
    assert found == []


@pytest.mark.requirement("S0-02")
@pytest.mark.parametrize("kind", ["form", "item", "entitlement", "letter", "indicator"])
def test_no_definition_of_the_house_asks_or_counts_it(kind):
    found = [
        f"{file.kind}/{file.key}: {text}"
        for file in read_files()
        if file.kind == kind
        for text in _texts(file.body.model_dump(mode="json"))
        if CHINESE.search(text) or ENGLISH.search(text)
    ]
    assert found == []


@pytest.mark.requirement("S0-02")
def test_the_matter_has_no_state_in_which_it_could_be_refused():
    [matter] = [
        file.body for file in read_files() if (file.kind, file.key) == ("matter", "birth_registration")
    ]
    assert (matter.way, matter.days.promised, matter.result_amount) == ("notice", 0, False)
    assert {paper.key for paper in matter.papers} == {"identity", "promise"}
    assert [paper.may_promise for paper in matter.papers] == [False, True]


def test_the_registration_itself_holds_one_person_and_one_day():
    model = apps.get_model("family", "Registration")
    assert {field.name for field in model._meta.get_fields()} == {
        "id", "public_id", "person", "case", "sheet", "area", "stage", "expected_on", "born_on", "registered_on",
        "recorded_at", "recorded_by",
    }  # fmt: skip


def test_pages_of_the_family_app_use_none_of_these_words():
    folder = Path(apps.get_app_config("family").path) / "templates"
    assert [
        path.name for path in folder.rglob("*.html") if CHINESE.search(path.read_text(encoding="utf-8"))
    ] == []
