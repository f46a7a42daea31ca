"""Everything the office shows has a Chinese word: every verb, every field of every definition, every job."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver
from procrastinate.contrib.django import app as queue

from yimen.doors.office.choices import event_words, job_name, verb_words, verbs_called
from yimen.foundations.definitions.api import Grammar
from yimen.foundations.definitions.ports import kinds

SOURCES = [
    path
    for app in apps.get_app_configs()
    if app.name.startswith("yimen.") and app.label != "demo"
    for path in Path(app.path).rglob("*.py")
]
CHINESE = re.compile("[\u4e00-\u9fff]")


def test_every_verb_of_the_house_is_called_something():
    """By the Chinese term in its own docstring, ``Close an account (停用账号)``, or a line in doors/office/choices.py."""
    # An app whose only callers are its pages is loaded with the addresses.
    assert get_resolver().url_patterns
    marks = re.compile(r'^@operation\(\s*"([a-z_.]+)"', re.MULTILINE)
    verbs = {verb for path in SOURCES for verb in marks.findall(path.read_text(encoding="utf-8"))}
    assert sorted(verb for verb in verbs if not CHINESE.search(verb_words(verb))) == []


def test_every_job_of_the_house_is_called_something():
    ours = {name for name in queue.tasks if not name.startswith("builtin:")} - {
        "procrastinate.builtin_tasks.remove_old_jobs"
    }
    assert (
        sorted(name for name in ours if not name.startswith("tests.") and not CHINESE.search(job_name(name)))
        == []
    )


@pytest.mark.parametrize("kind", [kind.name for kind in kinds if not kind.name.startswith("tested_")])
def test_every_field_of_a_definition_has_a_chinese_name(kind):
    """``labels`` beside the docstring of the grammar: a definition is never TOML to those who read it."""
    missing = [
        f"{grammar.__name__}.{name}"
        for grammar in _grammars(kinds.get(kind).grammar)
        for name in grammar.model_fields
        if not CHINESE.search(grammar.labels.get(name, ""))
    ]
    assert missing == []


def _grammars(grammar: type[Grammar]) -> set[type[Grammar]]:
    from typing import get_args

    found = {grammar}

    def walk(annotation):
        if isinstance(annotation, type) and issubclass(annotation, Grammar) and annotation not in found:
            found.update(_grammars(annotation))
        for inner in get_args(annotation):
            walk(inner)

    for field in grammar.model_fields.values():
        walk(field.annotation)
    return found


def test_a_verb_nobody_named_is_shown_as_it_is():
    assert verb_words("desk.case.lost") == "desk.case.lost"
    assert verb_words("desk.case.accepted") == "受理"
    assert verb_words("aid.heard.desk.case_decided") == "临时救助收到“作出决定”"
    assert event_words("people.person_died") == "死亡登记"


def test_verbs_are_found_by_their_chinese_name():
    assert verbs_called("授予角色") == ["access.role.granted"]
    assert "places.dwelling.added" in verbs_called("登记房屋")
    assert verbs_called("没有这个") == []
