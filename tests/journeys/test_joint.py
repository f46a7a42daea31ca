"""困难救助一门受理: one application, five departments, all answers on one page and in the resident's hand."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.eyes import shot
from tests.journeys.product import Product
from tests.journeys.world import FIRST

pytestmark = pytest.mark.browser
BY_PHONE = {
    "教育部门": ("已经给予", "本学期起免学杂费"),
    "住房保障部门": ("需要补充", "请补一张租房合同"),
    "人力资源社会保障部门": ("同意", "已认定就业困难人员，周三有招聘会"),
}


@pytest.mark.requirement("S4-16")
def test_one_application_is_answered_by_five_departments_on_one_page(
    product: Product, at_desk: Callable[..., Any]
) -> None:
    resident = product.world["streets"][FIRST]["ids"]["story"]["joint"]

    # Given a family in need, when the clerk ticks what it is short of,
    clerk = at_desk("window_clerk.003")
    clerk.goto(f"/desk/new/joint_aid/?person={resident['person']}")
    for need in ("生活", "医疗", "教育", "住房", "就业"):
        clerk.get_by_label(need, exact=True).check()
    clerk.get_by_label("一起生活的有几口人").fill("3")
    clerk.get_by_label("家庭每月收入合计").fill("2100")
    clerk.get_by_label("生活上的困难").fill("一人带两个孩子。")
    clerk.get_by_label("谁在看病，自己付了多少").fill("母亲透析，自付一万。")
    clerk.get_by_label("孩子在哪所学校、几年级").fill("试用小学三年级")
    clerk.get_by_label("本人身份证").select_option("seen")
    clerk.get_by_label("家庭经济状况核对授权书", exact=True).select_option("copied")
    clerk.get_by_label("看病的票据").select_option("copied")
    shot(clerk, "joint-01-intake")
    clerk.get_by_role("button", name="受理", exact=True).click()
    clerk.get_by_text("已受理").first.wait_for()
    case = re.search(r"/desk/cases/([0-9a-f-]{36})/", clerk.url)[1]

    # then the five units stand there with their questions, and one click sends them all.
    clerk.goto(f"/desk/cases/{case}/")
    due = clerk.get_by_role("region", name="期限").inner_text()
    shot(clerk, "joint-02-case")
    clerk.get_by_role("link", name="送协办单位").click()
    shot(clerk, "joint-03-ask")
    clerk.get_by_role("button", name="同时送出").click()
    clerk.get_by_text("已送 5 个单位，期限不变。").wait_for()
    assert clerk.get_by_role("region", name="期限").inner_text() == due
    shot(clerk, "joint-04-sent")

    # When the two units with a post of their own answer from their first page,
    _answer(at_desk("section_officer"), "从下月起每月领取低保", "joint-05-officer", says="母亲透析")
    _answer(at_desk("doctor"), "医疗救助由医保中心结算", "joint-06-doctor", says="一人带两个孩子")
    # and the clerk types in what the other three said by telephone,
    for unit, (answer, words) in BY_PHONE.items():
        clerk.goto(f"/desk/cases/{case}/")
        clerk.get_by_role("link", name=re.compile(f"看这件协办.*{unit}")).click()
        clerk.get_by_label(answer, exact=True).check()
        clerk.get_by_label("写给居民的话").fill(words)
        clerk.get_by_label("电话答复，窗口代录").check()
        clerk.get_by_label("对方哪位答复的").fill("值班室陈老师")
        clerk.get_by_role("button", name="登记答复").click()
        clerk.get_by_text("答复已登记").wait_for()

    # then all five stand on one page,
    clerk.goto(f"/desk/cases/{case}/")
    answers = clerk.get_by_role("region", name="各单位答复").inner_text()
    words = ["从下月起每月领取低保", "医疗救助由医保中心结算", *(one for _, one in BY_PHONE.values())]
    assert all(one in answers for one in words), answers
    assert answers.count("电话答复，窗口代录") == 3
    shot(clerk, "joint-07-answers")
    clerk.get_by_text("上交街道", exact=True).first.click()
    clerk.get_by_role("group").filter(has_text="上交街道").get_by_label("原因").fill("答复齐了")
    clerk.get_by_role("button", name="上交街道").click()
    clerk.get_by_text("已上交街道，期限不变。").wait_for()

    # and in the one letter that the resident takes home,
    chief = at_desk("section_chief")
    chief.goto(f"/desk/cases/{case}/")
    chief.get_by_label("同意", exact=True).check()
    chief.get_by_role("button", name="作出决定").click()
    chief.get_by_text("决定已作出，决定书已生成。").wait_for()
    with chief.expect_navigation():
        chief.get_by_role("link", name="困难救助联办结果告知书").click()
    letter = chief.locator("main").inner_text()
    assert all(one in letter for one in words), letter
    word = chief.locator(".letter-word").inner_text().replace(" ", "")
    shot(chief, "joint-08-letter")
    # and on her phone.
    phone = at_desk(width=390)
    phone.goto(f"/t/{word}")
    told = phone.locator("main").inner_text()
    assert all(one in told for one in words) and resident["name"] not in phone.content()
    shot(phone, "joint-09-phone")


def _answer(page: Any, words: str, picture: str, *, says: str) -> None:
    """Answer from the first page as the unit; what was said to another unit is not there."""
    card = page.get_by_role("region", name="等我协办")
    card.get_by_role("link", name=re.compile("困难救助一门受理")).click()
    page.get_by_role("heading", name="困难救助一门受理").wait_for()
    assert says not in page.content()
    page.get_by_label("同意", exact=True).check()
    page.get_by_label("写给居民的话").fill(words)
    shot(page, picture)
    page.get_by_role("button", name="登记答复").click()
    page.get_by_text("答复已登记").wait_for()
