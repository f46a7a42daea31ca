"""A call by keyboard becomes a case the street sees; a night call is left, signed for and answered by the next shift."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.eyes import PHONE, shot
from tests.journeys.product import Product
from tests.journeys.visitor import Visitor
from tests.journeys.world import FIRST

pytestmark = pytest.mark.browser


@pytest.mark.requirement("S2-22")
def test_a_call_logged_by_keyboard_becomes_a_case_the_officer_sees(
    product: Product, at_desk: Callable[..., Any], visitor: Callable[..., Visitor]
) -> None:
    resident = product.world["streets"][FIRST]["ids"]["story"]["phone"]
    page = at_desk("window_clerk.003")
    # Given the form, in whose first field one stands already,
    page.goto("/calls/new/")
    expect(page.locator("#id_phone")).to_be_focused()
    page.keyboard.type(resident["phone"])
    # when the number is typed, the resident it belongs to is offered,
    page.get_by_label(resident["name"]).wait_for()
    page.get_by_label(resident["name"]).focus()
    page.keyboard.press("Space")
    page.get_by_label("话题").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("家里失火，问救助怎么申请")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    shot(page, "phone-01-log")
    expect(page.get_by_role("radio", name="转办件")).to_be_checked()
    page.keyboard.press("Enter")
    # then she stands before the matters, and the intake knows how it came and what was said.
    page.get_by_role("link", name="试用补助").click()
    expect(page.get_by_role("combobox", name="来源")).to_have_value("phone")
    expect(page.get_by_role("textbox", name="备注")).to_have_value("家里失火，问救助怎么申请")
    page.get_by_label("申请原因").fill("家里失火")
    page.get_by_role("group", name="是否因病").get_by_label("否").check()
    page.get_by_label("身份证").select_option("seen")
    page.get_by_role("button", name="受理", exact=True).click()
    page.get_by_text("已受理").first.wait_for()
    # The call knows its case, and the officer of the street reads both.
    page.goto("/calls/")
    page.get_by_role("row").filter(has_text="家里失火").first.get_by_role("link").first.click()
    page.get_by_role("link", name="试用补助").wait_for()
    shot(page, "phone-02-call")
    case = page.get_by_role("link", name="试用补助").get_attribute("href")
    told = visitor("section_officer").get(case).text
    assert "来电" in told and "家里失火，问救助怎么申请" in told


@pytest.mark.requirement("S1-127")
def test_a_night_call_is_left_signed_for_and_answered_by_the_next_shift(
    product: Product, at_desk: Callable[..., Any]
) -> None:
    community = f"{FIRST}001"
    shift = product.world["streets"][FIRST]["ids"]["shift"][community]
    # Given the duty person with her phone: one call that nobody can answer at night.
    night = at_desk("window_clerk.001", width=PHONE)
    night.goto("/calls/new/")
    night.get_by_label("话题").select_option(label="物业邻里")
    night.get_by_label("什么事").fill("五幢电梯停了，老人下不来")
    night.get_by_label("留待下一班").check()
    shot(night, "phone-03-night")
    night.get_by_role("button", name="登记").click()
    night.get_by_text("已登记").wait_for()
    night.goto(f"/duty/shifts/{shift}/")
    night.get_by_label("说明").fill("已打电梯公司电话")
    night.get_by_role("button", name="交班").click()
    night.get_by_text("已交班，等下一班签收").wait_for()
    # When the next shift comes, its first page shows what was left,
    day = at_desk("community_worker.001")
    day.goto("/")
    assert day.get_by_text("五幢电梯停了").count() and day.get_by_text("等您签收").count()
    shot(day, "phone-04-home")
    day.goto(f"/duty/shifts/{shift}/")
    expect(day.get_by_text("已打电梯公司电话")).to_be_visible()
    day.get_by_label("说明").fill("九点去看")
    day.get_by_role("button", name="签收").click()
    day.get_by_text("已签收，下面这些").wait_for()
    shot(day, "phone-05-signed")
    # then it is hers to answer, and the shift says who did.
    day.get_by_role("link", name="五幢电梯停了").click()
    day.get_by_label("怎么答复的").fill("电梯公司十点修好，回了电话")
    day.get_by_role("button", name="已答复").click()
    day.get_by_text("已记下答复").wait_for()
    night.reload()
    assert night.get_by_text("已答复").count()


def test_one_tap_counts_a_question_from_any_page_and_is_taken_back(at_desk: Callable[..., Any]) -> None:
    page = at_desk("window_clerk.003")
    page.goto("/calls/")
    page.keyboard.press("F9")
    expect(page.locator("[name=topic]:focus")).to_be_visible()
    page.keyboard.press("Enter")
    page.locator("#inquiries-head").get_by_text("已记：生育 咨询 1 次").wait_for()
    shot(page, "phone-06-tap")
    page.get_by_role("button", name="撤销").click()
    page.locator("#inquiries-head").get_by_text("已撤销").wait_for()
    page.goto("/")
    page.locator("#inquiries-home").get_by_role("button", name="救助").click()
    page.locator("#inquiries-home").get_by_text("已记：救助 咨询 1 次").wait_for()
    shot(page, "phone-07-home")
