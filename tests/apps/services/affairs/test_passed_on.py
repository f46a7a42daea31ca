"""Matters that are taken in here and decided elsewhere: conditions as data, a numbered slip that says who decides."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from tests.apps.work.desk.conftest import HOME, on_day, person, signed_in, street
from yimen.foundations.definitions.api import check_expression, current_all, pinned
from yimen.foundations.definitions.engine.folders import read_files
from yimen.foundations.documents.api import letters_of
from yimen.standards.certificates import CERTIFICATES
from yimen.work.desk import api as desk
from yimen.work.desk.engine.conditions import names_to_answer, unmet
from yimen.work.desk.ports import Application, acceptance_rules

__all__ = ["person", "signed_in", "street"]
MONDAY = on_day(2026, 11, 23)
RIGHTS = (
    "desk.accept_case", "desk.handle_case", "desk.decide_case", "desk.view_cases", "people.find", "people.view_file",
    "documents.issue_letter", "documents.open",
)  # fmt: skip
SEEKS = {"working": "none", "left": "employer", "paid_a_year": True, "hard": ["none"], "by_agent": False}
PAPERS = {"identity": "seen", "leaving": "seen"}
ON = date(2026, 11, 23)


@pytest.fixture
def window(make_actor):
    return make_actor(*RIGHTS, area=HOME, name="李窗口")


def _asked(person, matter, answers):
    return desk.Asked(matter, person, answers | {"phone": "13800001234"}, PAPERS)


def test_what_is_passed_on_gets_a_slip_that_says_who_decides_and_whom_to_ask(acting, window, person):
    asked = _asked(person, "unemployment_benefit", SEEKS)
    with acting(window, on=ON):
        case = desk.accept_case(by=window, at=MONDAY, area=HOME, asked=asked).public_id
        found = desk.get_case(case, by=window)
        assert found.case.due_on == date(2026, 11, 26)
        assert "登记事项" in found.why_not["decide"], "nothing is granted or refused here"
        [taken] = letters_of(case, by=window)
        assert "上面的期限是转出的期限" in str(taken.sheet)
        desk.register_case(by=window, at=MONDAY, case=case, result="已转送示范区社保中心")
        slip = letters_of(case, by=window)[-1]
    assert (slip.key, "代转〔2026〕1号" in slip.number) == ("passed_on", True)
    for words in ("已转送示范区社保中心", "由社会保险经办机构决定并答复您", "12333", "接收人（签名）"):
        assert words in str(slip.sheet)


def test_who_does_not_meet_a_condition_is_told_at_the_window_with_the_sentence_of_the_definition(
    acting, window, person
):
    quit_herself = _asked(person, "unemployment_benefit", SEEKS | {"left": "quit"})
    with acting(window, on=ON), pytest.raises(desk.CannotAccept) as refused:
        desk.accept_case(by=window, at=MONDAY, area=HOME, asked=quit_herself)
    assert [one.sentence.startswith("自己辞职") for one in refused.value.findings] == [True]


def test_a_condition_that_others_judge_only_warns_and_stands_on_the_case(acting, window, person):
    asked = _asked(person, "unemployment_benefit", SEEKS | {"paid_a_year": False})
    with acting(window, on=ON):
        case = desk.accept_case(by=window, at=MONDAY, area=HOME, asked=asked)
        steps = desk.get_case(case.public_id, by=window).steps
    assert any("记不清的照样收" in step.note for step in steps)


def test_a_condition_about_an_unknown_birthday_refuses_nobody(acting, window, street):
    [matter] = [
        file.body for file in read_files() if (file.kind, file.key) == ("matter", "resident_pension_claim")
    ]
    told = {"insured_as": "resident", "paid_years": 20}
    [finding] = unmet(matter.conditions, answers=told, born_on=None, on=ON)
    assert (finding.refuses, finding.sentence) == (False, "请核对：年满六十周岁")


def test_every_condition_and_paper_of_a_shipped_matter_asks_only_what_its_form_asks(street, acting, window):
    with acting(window, on=ON):
        matters = [(one, pinned(one, "form", one.body.form).body) for one in current_all("matter", on=ON)]
    wrong = []
    for one, form in matters:
        asked = {question.key for question in form.questions} | {fact.split(".")[0] for fact in form.facts}
        wrong += [(one.key, names_to_answer(each) - asked) for each in one.body.conditions]
        wrong += [
            (one.key, check_expression(paper.needed_if, asked))
            for paper in one.body.papers
            if paper.needed_if
        ]
    assert [each for each in wrong if each[1]] == []


def test_every_shipped_matter_says_its_law_its_field_and_has_two_worked_examples():
    files = [file for file in read_files() if file.kind == "matter"]
    assert [file.key for file in files if len(file.examples) < 2] == []
    assert [file.key for file in files if not (file.body.field and file.body.basis and file.body.says)] == []


def test_of_each_of_the_twenty_certificates_the_window_reads_who_says_it_instead():
    [form] = [file.body for file in read_files() if (file.kind, file.key) == ("form", "no_longer_certified")]
    offered = [option.value for option in form.question("kind").options]
    assert len(offered) == len(CERTIFICATES) == 20
    for value, certificate in zip(offered, CERTIFICATES, strict=True):
        application = Application("no_longer_certified", ON, HOME, UUID(int=0), None, {"kind": value}, {})
        [finding] = acceptance_rules.get("affairs.what_instead").decide(application)
        assert not finding.refuses and all(body in finding.sentence for body in certificate.bodies)


def test_the_guide_says_who_decides_whom_it_is_for_and_that_the_days_are_till_it_is_passed_on(street):
    page = Client().get("/guide/unemployment_benefit/").content.decode()
    for words in ("由谁决定", "社会保险经办机构", "3 个工作日内转出", "失业保险交满一年", "有编号的转送单"):
        assert words in page
    paper = Client().get("/guide/unemployment_benefit/print").content.decode()
    assert "由谁决定" in paper and "不是自己辞职" in paper
    told = Client().get("/api/catalogue.json").json()["matters"]
    [benefit] = [one for one in told if one["key"] == "unemployment_benefit"]
    assert benefit["passed_on"]["ask"] == "人社服务热线 12333" and len(benefit["conditions"]) == 3


def test_who_looks_around_finds_the_matters_by_field_and_who_asks_gets_one_list(signed_in, person):
    clerk = signed_in("li", "window_clerk")
    page = clerk.get(f"/desk/new/?person={person}").content.decode()
    assert page.index('id="field-1"') < page.index("失业保险金申领（代收转送）")
    assert page.count("失业保险金申领（代收转送）") == 1
    page = clerk.get(f"/desk/new/?person={person}&q=失业金").content.decode()
    assert "失业保险金申领" in page and 'id="field-1"' not in page
