"""The whole line: from a name at the window to the deed in the file, the ledger and the plan."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
import segno
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.eyes import shot
from tests.journeys.product import Product
from tests.journeys.world import FIRST

pytestmark = pytest.mark.browser

HOME = f"{FIRST}003"


@pytest.mark.requirement("S0-08")
def test_a_matter_goes_from_the_window_to_the_plan(product: Product, at_desk: Callable[..., Any]) -> None:
    resident = product.world["streets"][FIRST]["ids"]["story"]["line"]

    # Given a clerk at the window of 紫郡, when she types the first letters of the syllables of a name,
    clerk = at_desk("window_clerk.003")
    clerk.keyboard.press("/")
    clerk.keyboard.type("oyxh")
    clerk.keyboard.press("Enter")
    shot(clerk, "line-01-found")
    # then she finds the resident, and opens her file.
    clerk.get_by_role("link", name=resident["name"]).click()
    clerk.get_by_role("heading", name=resident["name"]).wait_for()
    shot(clerk, "line-02-file")

    # When she chooses the matter by what the resident says,
    clerk.get_by_role("link", name="受理事项").click()
    clerk.get_by_label("居民怎么说，就怎么写").fill("家里着火了")
    clerk.get_by_role("link", name="试用登记").wait_for(state="detached")
    shot(clerk, "line-03-choose")
    clerk.get_by_role("link", name="临时救助").click()
    # then the form comes with the telephone from her file, which says where it is from; it has changed, so it is corrected.
    phone = clerk.get_by_label("联系电话")
    assert phone.input_value().startswith("1381111")
    assert "来自居民档案" in clerk.locator("[data-field=phone]").inner_text()
    phone.fill("13711112222")
    clerk.get_by_label("火灾等意外灾祸").check()
    happened = clerk.evaluate("new Date(Date.now() - 3 * 864e5).toISOString().slice(0, 10)")
    clerk.get_by_label("什么时候发生的").fill(happened)
    clerk.get_by_role("group", name="眼下吃住、就医是否已无着落").get_by_label("是").check()
    clerk.get_by_label("情况说明").fill("厨房失火，暂住亲戚家。")
    clerk.get_by_label("因此的支出或损失").fill("8000")
    clerk.get_by_label("家庭每月收入合计").fill("3000")
    clerk.get_by_label("本人身份证").select_option("seen")
    assert "个工作日" in clerk.locator(".promise").inner_text()
    shot(clerk, "line-04-intake")
    clerk.get_by_role("button", name="受理", exact=True).click()

    # Then it is accepted, with a due date in words, and the receipt can be printed.
    clerk.get_by_text("已受理").first.wait_for()
    shot(clerk, "line-05-accepted")
    case = re.search(r"/desk/cases/([0-9a-f-]{36})/", clerk.url)[1]
    clerk.get_by_role("link", name=re.compile("打印受理通知书")).click()
    clerk.get_by_role("heading", name="受理通知书").wait_for()
    shot(clerk, "line-06-receipt")
    word = tracking_word(product, clerk)
    # On paper it is one sheet of A4.
    sheet = PdfReader(io.BytesIO(clerk.pdf(prefer_css_page_size=True)))
    assert len(sheet.pages) == 1 and round(float(sheet.pages[0].mediabox.width) / 72 * 25.4) == 210

    # When she hands it over to the street, because the street decides it,
    clerk.goto(f"/desk/cases/{case}/")
    shot(clerk, "line-07-case")
    due = _limits(clerk)
    assert "前" in due
    clerk.get_by_text("上交街道", exact=True).first.click()
    clerk.get_by_role("group").filter(has_text="上交街道").get_by_label("原因").fill("救助由街道决定")
    clerk.get_by_role("button", name="上交街道").click()
    clerk.get_by_text("已上交街道，期限不变。").wait_for()
    # then the due date has not moved.
    assert _limits(clerk) == due

    # Given the section chief at her own computer: the first page says that it waits for her.
    chief = at_desk("section_chief")
    shot(chief, "line-08-home")
    chief.goto("/desk/lists/decide/")
    chief.get_by_role("cell", name=resident["name"]).wait_for()
    shot(chief, "line-09-decide-list")
    chief.goto(f"/desk/cases/{case}/")
    shot(chief, "line-10-decide")
    # She reads why it came up, and the same due date.
    assert "救助由街道决定" in chief.get_by_label("办理经过").inner_text()
    assert _limits(chief) == due
    chief.get_by_label("同意", exact=True).check()
    chief.get_by_label("金额（元）").fill("3000")
    chief.get_by_role("button", name="作出决定").click()
    chief.get_by_text("决定已作出，决定书已生成。").wait_for()
    shot(chief, "line-11-decided")

    # When the clerk hands out the result,
    clerk.goto(f"/desk/cases/{case}/")
    clerk.get_by_role("button", name="送达", exact=True).click()
    clerk.get_by_text("已送达。").first.wait_for()
    shot(clerk, "line-12-delivered")

    # then the resident follows the code on her receipt with her phone, without an account, and rates.
    phone_page = at_desk(width=390)
    phone_page.goto(f"/t/{word}")
    assert "已送达" in phone_page.locator("main").inner_text()
    assert resident["name"] not in phone_page.content()
    shot(phone_page, "line-13-phone")
    phone_page.get_by_label("非常满意").check()
    phone_page.get_by_role("button", name="提交评价").click()
    phone_page.get_by_text("谢谢您的评价").wait_for()
    shot(phone_page, "line-14-thanks")

    # When the archive keeper takes it into the archive,
    keeper = at_desk("archive_keeper")
    shot(keeper, "line-15-keeper")
    keeper.goto("/desk/lists/archive/")
    keeper.get_by_role("row").filter(has_text=resident["name"]).get_by_role("link").first.click()
    keeper.get_by_label("纸质材料放在哪里").fill("3 号柜 2 层 7 盒")
    keeper.get_by_role("button", name="归档", exact=True).click()
    keeper.get_by_text("已归档，档号已编好。").wait_for()
    shot(keeper, "line-16-archived")

    # then the deed stands in her file and among what she lived through,
    chief.goto(f"/people/{resident['person']}/")
    assert "临时救助" in chief.get_by_label("办件", exact=True).inner_text()
    chief.get_by_label("经历").get_by_text("临时救助").first.wait_for()
    shot(chief, "line-17-file")
    # in the ledger,
    chief.goto(f"/ledger/?area={HOME}")
    shot(chief, "line-18-ledger")
    chief.get_by_role("row").filter(has_text="临时救助").get_by_role("link").first.click()
    shot(chief, "line-18-ledger-list")
    chief.get_by_role("row").filter(has_text=resident["name"]).first.wait_for()
    # and in the number of the plan, whose link opens exactly the list that makes the number up.
    chief.goto("/plans/trial_plan_1/?target=relief")
    shot(chief, "line-19-plan")
    number = chief.get_by_role("link", name=re.compile("^紫郡社区已完成"))
    told = int(number.inner_text())
    assert told >= 1
    with chief.expect_navigation():
        number.click()
    rows = chief.get_by_role("row").filter(has_text="临时救助")
    rows.first.wait_for()
    shot(chief, "line-20-list")
    expect(rows).to_have_count(told)
    assert rows.filter(has_text=resident["name"]).count() == 1


def _limits(page: Any) -> str:
    """What the page of a case says of its limits: promised and by law."""
    return page.get_by_role("region", name="期限").inner_text().partition("在哪儿办")[0]


def tracking_word(product: Product, page: Any) -> str:
    """The word that the code on the letter spells: the code is drawn anew from the printed word and must be the same."""
    printed = page.locator(".letter-word").inner_text()
    word = printed.replace(" ", "")
    assert re.fullmatch(r"[A-Z2-7]{13}", word), f"no word on the receipt for her who cannot scan: {printed}"
    drawn = segno.make(f"{product.url}/t/{word}", error="m", micro=False)
    path = re.search(r'<path[^>]* d="([^"]+)"', drawn.svg_inline(border=2, omitsize=True))[1]
    assert path in page.content(), "the code on the letter does not lead to her case"
    return word
