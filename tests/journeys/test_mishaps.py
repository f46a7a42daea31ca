"""What goes wrong on an ordinary day: two clicks, a sign-in that ran out, two people at one case."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.deeds import TRIAL, accept, ask, do, hidden
from tests.journeys.eyes import shot
from tests.journeys.product import Product
from tests.journeys.visitor import Visitor
from tests.journeys.world import FIRST

CASE = re.compile(r"/desk/cases/[0-9a-f-]{36}/")


def _person(product: Product, key: str) -> str:
    return product.world["streets"][FIRST]["ids"]["story"][key]["person"]


def _cases(clerk: Visitor, person: str) -> set[str]:
    return set(CASE.findall(clerk.get(f"/people/{person}/").text))


def _fill(page: Any, person: str) -> None:
    page.goto(f"/desk/new/trial/?person={person}")
    page.get_by_label("申请原因").fill("家里困难")
    page.get_by_role("group", name="是否因病").get_by_label("否").check()
    page.get_by_label("身份证").select_option("seen")


@pytest.mark.browser
def test_two_clicks_on_accept_make_one_case(
    product: Product, at_desk: Callable[..., Any], visitor: Callable[..., Visitor]
) -> None:
    person, clerk = _person(product, "double"), visitor("window_clerk.003")
    before = _cases(clerk, person)
    page = at_desk("window_clerk.003")
    _fill(page, person)
    page.get_by_role("button", name="受理", exact=True).dblclick(no_wait_after=True)
    page.get_by_text("已受理").first.wait_for()
    assert len(_cases(clerk, person) - before) == 1


def test_the_same_form_sent_twice_is_the_same_case(product: Product, visitor: Callable[..., Visitor]) -> None:
    person, clerk = _person(product, "double"), visitor("window_clerk.003")
    before = _cases(clerk, person)
    key = hidden(clerk.get(f"/desk/new/trial/?person={person}"), "request_key")
    assert key
    told = [ask(clerk, "trial", person, TRIAL | {"request_key": key}) for _ in range(2)]
    assert [answer.status for answer in told] == [302, 302]
    assert told[0].location == told[1].location
    assert len(_cases(clerk, person) - before) == 1
    # Gone back and another button pressed: that would be another deed on a page that is no longer true.
    again = ask(
        clerk, "trial", person, TRIAL | {"request_key": key, "paper-identity": "missing"}, act="notice"
    )
    assert again.status == 409 and "提交过" in again.text
    # Somebody else's key is nobody's key: it neither opens her case nor blocks a deed of one's own.
    other = ask(visitor("window_clerk.001"), "trial", person, TRIAL | {"request_key": key})
    assert other.location != told[0].location


@pytest.mark.browser
def test_a_sign_in_that_ran_out_loses_nothing_that_was_typed(
    product: Product, at_desk: Callable[..., Any]
) -> None:
    post = product.world["streets"][FIRST]["posts"]["window_clerk.003"]
    page = at_desk("window_clerk.003")
    # Given a half-filled form, when the session ends before she sends it,
    _fill(page, _person(product, "draft"))
    page.get_by_label("联系电话").fill("13799998888")
    page.get_by_label("备注").fill("她说下午再来")
    page.context.clear_cookies(name="yimen_session")
    page.get_by_role("button", name="受理", exact=True).click()
    # then she signs in,
    page.get_by_label("登录名").wait_for()
    shot(page, "mishap-01-sign-in")
    page.get_by_label("登录名").fill(post["username"])
    page.get_by_label("口令").fill(product.world["password"])
    page.get_by_role("button", name="登录").click()
    # comes back to the form, and it is as she left it,
    page.get_by_text("已恢复您上次没有提交的内容。").wait_for()
    shot(page, "mishap-02-restored")
    expect(page.get_by_label("申请原因")).to_have_value("家里困难")
    expect(page.get_by_label("联系电话")).to_have_value("13799998888")
    expect(page.get_by_label("备注")).to_have_value("她说下午再来")
    expect(page.get_by_label("身份证")).to_have_value("seen")
    # so that she only sends it, and the draft is gone with it.
    page.get_by_role("button", name="受理", exact=True).click()
    page.get_by_text("已受理").first.wait_for()
    page.go_back()
    page.reload()
    expect(page.get_by_text("已恢复您上次没有提交的内容。")).to_be_hidden()


@pytest.mark.browser
def test_two_people_on_one_case_are_told_who_was_first(
    product: Product, at_desk: Callable[..., Any], visitor: Callable[..., Visitor]
) -> None:
    clerk, officer = visitor("window_clerk.003"), visitor("section_officer")
    case = accept(clerk, "trial", _person(product, "two"), TRIAL)
    do(clerk, case, "hand_over", why="由街道决定")
    # Given the chief before an open case, when a colleague stops its clock in the meantime,
    chief = at_desk("section_chief")
    chief.goto(f"/desk/cases/{case}/")
    assert do(officer, case, "pause", why="等鉴定结论", basis="行政许可法第四十五条").status == 302
    chief.get_by_label("同意", exact=True).check()
    with chief.expect_navigation():
        chief.get_by_role("button", name="作出决定").click()
    # then nothing is decided, and a sentence tells her why and what to do.
    shot(chief, "mishap-03-conflict")
    told = chief.locator("main").inner_text()
    assert "刷新" in told or "重新打开" in told, told
    assert "等居民补充" in officer.get(f"/desk/cases/{case}/").text
