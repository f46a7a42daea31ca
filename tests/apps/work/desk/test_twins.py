"""Forms on paper: printed for one person, and the code on a paper leads to where its answers are typed in (纸质申请表)."""

import html
import re

import pytest

from tests.apps.work.desk.conftest import matter
from yimen.foundations.definitions.api import PUBLISH, current, publish
from yimen.foundations.forms.api import get_sheet, paper_code
from yimen.kernel.ids import uuid7
from yimen.work.desk.models import Case


@pytest.fixture
def clerk_browser(signed_in):
    return signed_in("li", "window_clerk")


@pytest.fixture
def form(street, acting, system, today):
    with acting(system):
        return current("form", matter()["form"], on=today)


def follow(browser, code):
    answer = browser.get("/search", {"q": code})
    assert answer.status_code == 302 and answer.url.startswith("/desk/twin/?code=")
    return browser.get(answer.url)


def links_of(page):
    return [html.unescape(one) for one in re.findall(r'href="([^"]+)"', page.content.decode())]


def test_a_paper_printed_for_one_person_leads_to_her_intake_and_its_answers_are_kept(
    clerk_browser, person, form, acting, system
):
    paper = clerk_browser.get(f"/desk/new/trial/form/?person={person}").content.decode()
    code = re.search(rf"{form.key}\.\d+\.[0-9a-f]{{6}}\.[a-z2-7]{{26}}", paper)[0]
    assert "为 王桂英 打印" in paper and str(person) not in paper
    page = follow(clerk_browser, f" {code.upper()} ")
    [address] = [one for one in links_of(page) if one.startswith("/desk/new/trial/?")]
    intake = clerk_browser.get(address).content.decode()
    assert "照纸质表录入" in intake and "第 1 版" in intake and "题目以这一页为准" not in intake
    typed = {"reason": "纸上写的", "sick": "no", "paper-identity": "seen", "intake-source": "counter"}
    assert "/taken-in/" in clerk_browser.post(address, typed).url
    with acting(system):
        case = Case.objects.get()
        assert case.person == person
        assert get_sheet(case.sheet, by=system).answers["reason"] == "纸上写的"


def test_a_blank_paper_asks_who_filled_it_and_a_complete_number_stands_in_no_address(
    clerk_browser, person, form
):
    code = paper_code(form)
    page = follow(clerk_browser, code)
    assert "这张表是谁填的？" in page.content.decode()
    found = clerk_browser.post(f"/desk/twin/?code={code}", {"q": "王桂英"})
    [address] = [one for one in links_of(found) if f"person={person}" in one]
    assert any(
        one.startswith(f"/desk/new/trial/?person={person}&paper=")
        for one in links_of(clerk_browser.get(f"/desk/twin/{address}"))
    )
    assert "没有找到" in clerk_browser.post(f"/desk/twin/?code={code}", {"q": "查无此人"}).content.decode()


def test_a_paper_of_an_older_version_says_so(clerk_browser, person, form, acting, make_actor, now):
    editor = make_actor(PUBLISH)
    with acting(editor):
        newer = {**form.data, "title": "新的申请表"}
        publish(by=editor, at=now, kind="form", key=form.key, body=newer, effective_on=now.date())
    page = clerk_browser.get(f"/desk/new/trial/?person={person}&paper={paper_code(form)}").content.decode()
    assert "第 1 版，现在用第 2 版：题目以这一页为准" in page


def test_a_wrong_code_and_somebody_out_of_reach_are_told(clerk_browser, form):
    wrong = clerk_browser.get(f"/desk/twin/?code={form.key}.1.000000")
    assert wrong.status_code == 404 and "不是本系统纸质表的编码" in wrong.content.decode()
    assert clerk_browser.get(f"/desk/twin/?code={paper_code(form, subject=uuid7())}").status_code == 404
    assert clerk_browser.get("/desk/new/trial/form/?person=x").status_code == 404


def test_who_accepts_nothing_is_led_nowhere(signed_in, form):
    browser = signed_in("sun", "auditor")
    assert browser.get("/search", {"q": paper_code(form)}).status_code == 200
    assert browser.get(f"/desk/twin/?code={paper_code(form)}").status_code == 403


def test_a_form_of_no_matter_can_only_be_printed(clerk_browser, acting, make_actor, now):
    editor = make_actor(PUBLISH)
    alone = {"title": "散表", "questions": [{"key": "a", "label": "甲", "type": "text", "purpose": "试用"}]}
    with acting(editor):
        publish(by=editor, at=now, kind="form", key="alone", body=alone, effective_on=now.date())
        code = paper_code(current("form", "alone", on=now.date()))
    assert "现在没有事项用这张表" in follow(clerk_browser, code).content.decode()
