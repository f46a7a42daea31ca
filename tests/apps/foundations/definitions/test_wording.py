"""A definition in words: every field by its Chinese name, the difference of two versions likewise."""

from datetime import date

import pytest
from pydantic import Field

from tests.apps.foundations.definitions.conftest import KIND
from yimen.foundations.definitions.api import Grammar, read_body, words_of
from yimen.foundations.definitions.engine.wording import changes_between, label_at
from yimen.foundations.definitions.ports import Kind, kinds


class Step(Grammar):
    labels = {"key": "编号", "title": "步骤", "days": "天数", "way": "方式", "way.desk": "窗口"}

    key: str
    title: str
    days: int = Field(default=1, ge=0)
    way: str = "desk"


class Errand(Grammar):
    labels = {
        "title": "名称",
        "open": "开放",
        "since": "自",
        "steps": "步骤",
        "first": "首步",
        "notes": "备注",
    }

    title: str
    open: bool = True
    since: date | None = None
    steps: tuple[Step, ...] = ()
    first: Step | None = None
    notes: tuple[str, ...] = ()


WORDED = kinds.find("tested_worded") or kinds.register(Kind("tested_worded", Errand, "测试释读"))
BODY = {"title": "补贴", "steps": [{"key": "a", "title": "受理", "days": 2}, {"key": "b", "title": "决定"}]}


def test_a_body_is_read_under_chinese_names_and_without_what_is_empty():
    reading = read_body("补贴", Errand.model_validate({**BODY, "since": "2026-01-01"}))
    lines = {line.label: line.text for part in reading.parts for line in part.lines}
    assert lines == {
        "名称": "补贴",
        "开放": "是",
        "自": "2026-01-01",
        "受理": "天数 2；方式 窗口",
        "决定": "天数 1；方式 窗口",
    }
    assert [part.title for part in reading.parts] == ["", "步骤"]


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ({"open": False}, ("开放", "", "否")),
        (
            {"steps": [{"key": "a", "title": "受理", "days": 3}, BODY["steps"][1]]},
            ("步骤 · 受理 · 天数", "2", "3"),
        ),
        ({"steps": BODY["steps"][:1]}, ("步骤 · 决定", "步骤 决定", "")),
        ({"notes": ["带伞"]}, ("备注", "", "带伞")),
        ({"first": {"key": "c", "title": "告知", "way": "desk"}}, ("首步", "", "步骤 告知；方式 窗口")),
    ],
)
def test_a_difference_is_told_by_its_place_in_words(new, said):
    [change] = changes_between("tested_worded", BODY, {**BODY, **new})
    assert (change.where, change.old, change.new) == said


def test_a_field_without_a_chinese_name_keeps_its_own():
    assert label_at(KIND.grammar, ("papers", "copies")) == "copies"
    assert label_at(Errand, ("steps", "days")) == "天数"


def test_nothing_is_said_as_nothing():
    assert (words_of(None), words_of(""), words_of([]), words_of(False)) == ("无", "无", "无", "否")
