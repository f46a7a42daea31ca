"""Month's end: a community hands its files over by list, the keeper ticks them off, and what differs stays open."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.deeds import TRIAL, accept, do
from tests.journeys.eyes import Eyes, shot
from tests.journeys.product import Product
from tests.journeys.visitor import Visitor
from tests.journeys.world import FIRST

pytestmark = pytest.mark.browser

HOME = f"{FIRST}003"


@pytest.mark.requirement("S0-09")
@pytest.mark.requirement("S0-10")
def test_the_month_ends_with_a_list_signed_by_both_and_a_file_that_can_be_found(
    product: Product, at_desk: Callable[..., Any], visitor: Callable[..., Visitor]
) -> None:
    stories = product.world["streets"][FIRST]["ids"]["story"]
    here, lost = stories["archived"], stories["missing"]
    window, chief = visitor("window_clerk.003"), visitor("section_chief")
    for resident in (here, lost):
        case = accept(window, "trial", resident["person"], TRIAL | {"paper-identity": "copied"})
        assert do(window, case, "hand_over", why="由街道决定").status == 302
        assert do(chief, case, "decide", outcome="granted", result="同意补助").status == 302
        assert do(window, case, "deliver", way="counter", receiver=resident["name"]).status == 302

    # Given a community whose clerk makes the month's list (on the last day it would be there by itself),
    clerk = at_desk("window_clerk.003")
    clerk.goto("/archive/lists/")
    with clerk.expect_navigation():
        clerk.get_by_role("button", name="紫郡社区：现在做本月清单").click()
    clerk.get_by_role("heading", name=re.compile("紫郡社区.*移交清单")).wait_for()
    shot(clerk, "month-01-list")
    handover = re.search(r"/archive/lists/[0-9a-f-]{36}/", clerk.url)[0]
    assert Eyes(clerk).look(handover) == []
    # when she signs it as handed over,
    _press_and_confirm(clerk, re.compile("签字移交"))
    clerk.get_by_text("已签字移交，等档案员接收。").wait_for()

    # then it waits on the first page of the archive keeper.
    keeper = at_desk("archive_keeper")
    shot(keeper, "month-02-keeper-home")
    with keeper.expect_navigation():
        keeper.get_by_role("link", name=re.compile("紫郡社区.*移交清单")).click()
    assert Eyes(keeper).look(handover) == []
    # When he ticks one line and finds another missing,
    found = keeper.get_by_role("listitem").filter(has_text=here["name"])
    found.get_by_role("button", name="收到").click()
    found.get_by_role("button", name="改回未核对").wait_for()
    missing = keeper.get_by_role("listitem").filter(has_text=lost["name"])
    missing.get_by_text("不符", exact=True).click()
    missing.get_by_label("说明").fill("整件没有交来")
    shot(keeper, "month-03-ticking")
    missing.get_by_role("button", name="记下差异").click()
    keeper.get_by_text("差异：整件没有交来").wait_for()
    if keeper.get_by_role("button", name=re.compile("全部收到")).count():
        _press_and_confirm(keeper, re.compile("全部收到"))
        keeper.get_by_text("其余都记为收到").wait_for()
    _press_and_confirm(keeper, "签字接收")
    keeper.get_by_text("已签字接收，收到的件已编档号。").wait_for()
    shot(keeper, "month-04-signed")
    # then what he received has its number, and what was missing has none.
    number = re.search(rf"\d{{4}}-{HOME}-救助-\d{{4}}", found.inner_text())[0]
    assert HOME not in missing.inner_text()

    # When he puts it into a box,
    keeper.goto("/archive/boxes/new/")
    for label, typed in (("盒号", "救助-紫郡-01"), ("库房", "三楼档案室"), ("柜架", "2号柜3层")):
        keeper.get_by_label(label).fill(typed)
    keeper.get_by_role("button", name="新建").click()
    keeper.get_by_role("heading", name="救助-紫郡-01").wait_for()
    keeper.get_by_role("link", name="装盒").click()
    keeper.get_by_label("放进哪个盒子").select_option(label="救助-紫郡-01（三楼档案室 2号柜3层，已放 0/50）")
    shot(keeper, "month-05-boxing")
    keeper.get_by_role("button", name="装盒").click()
    keeper.get_by_text(re.compile("已装盒")).wait_for()
    keeper.goto(f"/archive/files/?archive_number={number}")
    keeper.get_by_role("link", name=number).click()
    keeper.get_by_role("link", name="上级检查").click()
    # then the page of the file says where it lies, how long it is kept, and that he looked and why.
    keeper.get_by_role("heading", name=number).wait_for()
    shot(keeper, "month-06-file")
    assert "三楼档案室 2号柜3层 救助-紫郡-01" in keeper.get_by_label("原件在哪里").inner_text()
    assert "上级检查" in keeper.get_by_label("谁看过").first.inner_text()
    assert "10 年" in keeper.get_by_label("保管", exact=True).inner_text()

    # And what was missing stays open on the first page of the community until it is cleared up.
    clerk.goto("/")
    clerk.get_by_text("整件没有交来").wait_for()
    shot(clerk, "month-07-clerk-home")
    with clerk.expect_navigation():
        clerk.get_by_role("link", name=re.compile(lost["name"])).first.click()
    assert "现在收" not in clerk.content()
    keeper.goto("/archive/differences/")
    keeper.get_by_role("row").filter(has_text=lost["name"]).get_by_role("link").first.click()
    keeper.get_by_label("说明").first.fill("第二天补送")
    keeper.get_by_role("button", name="收到，编档号").click()
    keeper.get_by_text("已在原条目上接收，档号已编好。").wait_for()
    shot(keeper, "month-08-cleared")
    clerk.goto("/")
    expect(clerk.get_by_text("整件没有交来")).to_have_count(0)


def _press_and_confirm(page: Any, name: Any) -> None:
    page.get_by_role("button", name=name).click()
    page.locator("[data-ask-yes]").click()
