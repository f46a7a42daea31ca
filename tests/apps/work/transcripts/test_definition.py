"""What a definition of another system may say."""

import pytest
from pydantic import ValidationError

from tests.apps.work.transcripts.conftest import SYSTEM
from yimen.foundations.definitions.api import current_all
from yimen.work.transcripts.engine.grammar import OutsideSystem
from yimen.work.transcripts.rules import day_as


def with_field(**told):
    return {"fields": [*SYSTEM["fields"], told]}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (with_field(label="等级", source="answer"), "key"),
        (with_field(label="等级", source="typed", key="grade"), "key"),
        (with_field(label="渠道二", source="fixed"), "text"),
        (with_field(label="姓名", source="name"), "同一个字段"),
        (with_field(label="体重", source="scales"), "source"),
        ({"states": [{"title": "审核中"}, {"title": "退回"}]}, "算办结"),
        ({"states": [{"title": "审核中"}, {"title": "审核中", "ended": True}]}, "同一个状态"),
        ({"matters": ["trial", "trial"]}, "同一个事项"),
        ({"dates": "31.1.2026"}, "dates"),
        ({"export": {"number": "号", "state": "环节", "match": "case_number"}}, "key"),
        ({"export": {"number": "号", "state": "环节", "match": "outside_number", "key": "号"}}, "key"),
        ({"export": {"number": "号", "state": "号", "match": "outside_number"}}, "同一列"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(changed, sentence):
    with pytest.raises(ValidationError, match=sentence):
        OutsideSystem(**SYSTEM | changed)


def test_the_trial_system_fits_and_writes_days_in_its_own_way(today):
    system = OutsideSystem(**SYSTEM)
    assert system.state("已办结").ended and system.state("飞走了") is None
    assert day_as("2026年1月31日", today.replace(month=2, day=3)) == f"{today.year}年2月3日"


def test_what_is_shipped_asks_only_for_answers_that_a_form_of_its_matters_has(db, acting, system, today):
    with acting(system):
        forms = {one.key: one.body for one in current_all("form", on=today)}
        matters = {one.key: one.body for one in current_all("matter", on=today)}
        shipped = current_all("outside_system", on=today)
    assert len(shipped) >= 2
    for one in shipped:
        keys = {q.key for name in one.body.matters for q in forms[matters[name].form].questions}
        assert {field.key for field in one.body.fields if field.key} <= keys
