"""A browser without scripts: the whole window flow still works, only with more pages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.eyes import shot
from tests.journeys.product import Product
from tests.journeys.world import FIRST

pytestmark = pytest.mark.browser


def test_the_window_works_without_scripts(product: Product, at_desk: Callable[..., Any]) -> None:
    resident = product.world["streets"][FIRST]["ids"]["story"]["plain"]

    # Given a clerk whose browser runs no scripts, when she finds the resident,
    page = at_desk("window_clerk.003", java_script_enabled=False)
    page.locator("#search").fill("qhy")
    page.locator("#search").press("Enter")
    page.get_by_role("link", name=resident["name"]).click()
    # chooses the matter,
    page.get_by_role("link", name="受理事项").click()
    page.get_by_label("居民怎么说，就怎么写").fill("困难")
    with page.expect_navigation():
        page.get_by_role("button", name="找事项").click()
    page.get_by_role("link", name="试用补助").click()
    # and asks for acceptance with something missing,
    page.get_by_role("button", name="受理", exact=True).click()
    page.locator("[data-error-summary]").wait_for()
    shot(page, "plain-01-mistake")
    # then she is told, and nothing she typed is lost.
    page.get_by_label("申请原因").fill("房子漏水")
    page.get_by_role("group", name="是否因病").get_by_label("否").check()
    with page.expect_navigation():
        page.get_by_role("button", name="受理", exact=True).click()
    page.get_by_text("还缺：身份证").first.wait_for()
    expect(page.get_by_label("申请原因")).to_have_value("房子漏水")

    # When the paper is there, it is accepted, and the receipt stands on a page of its own;
    page.get_by_label("身份证").select_option("seen")
    page.get_by_role("button", name="受理", exact=True).click()
    page.get_by_text("已受理").first.wait_for()
    page.get_by_role("link", name="打印受理通知书").click()
    expect(page.locator("h1")).to_contain_text("受理通知书")
    # handing over works by folding out and sending,
    page.go_back()
    page.get_by_role("link", name="看这件事").first.click()
    page.get_by_text("上交街道", exact=True).first.click()
    page.locator("details", has_text="上交街道").get_by_label("原因").fill("由街道决定")
    page.get_by_role("button", name="上交街道").click()
    page.get_by_text("已上交街道，期限不变。").wait_for()
    shot(page, "plain-02-handed-over")
    # and so does larger text, which the server remembers.
    page.goto("/people/")
    page.locator("summary.shell-me").click()
    page.get_by_role("button", name="大字").click()
    expect(page.locator("html")).to_have_class(re.compile("text-large"))
