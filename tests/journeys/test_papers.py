"""Papers at the window in a real browser: the document camera, a phone, a lost sign-in, and no scripts at all."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.eyes import AXE, GRAVE, shot
from tests.journeys.product import Product
from tests.journeys.world import FIRST

pytestmark = pytest.mark.browser

CLERK = "window_clerk.003"
PAPER = "支出票据或事故认定材料"
TRAY = "#tray-receipts"
# A promise inside the page: what is asked again and again from outside, the page's own rules (CSP) refuse.
WIDTH = """(video) => video.videoWidth
  || new Promise((told) => video.addEventListener("resize", () => told(video.videoWidth), {once: true}))"""
_AXE = """async () => (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}))
  .violations.map((one) => [one.impact, one.id + " " + one.nodes[0].html.slice(0, 200)])"""


def _picture(colour: str = "#88aacc") -> dict[str, Any]:
    out = io.BytesIO()
    Image.new("RGB", (1600, 1200), colour).save(out, "JPEG", quality=95)
    return {"name": "IMG_2026.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def _intake(product: Product, page: Any, who: str) -> str:
    person = product.world["streets"][FIRST]["ids"]["story"][who]["person"]
    page.goto(f"/desk/new/temporary_relief/?person={person}")
    return person


def _fill(page: Any) -> None:
    page.get_by_label("其他特殊困难").check()
    page.get_by_role("group", name="眼下吃住").get_by_label("是").check()
    page.get_by_label("什么时候发生的").fill("2026-01-05")
    page.get_by_label("因此的支出或损失").fill("8000")
    page.get_by_label("家庭每月收入合计").fill("3000")
    page.get_by_label("联系电话").fill("13711112222")
    page.get_by_label("现住址").fill("紫郡花园 9 幢")
    page.get_by_label("本人身份证").select_option("seen")


def _faults(page: Any) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [told for impact, told in page.evaluate(_AXE) if impact in GRAVE]


def test_pages_are_taken_with_the_camera_put_in_order_and_become_one_file_of_the_case(
    product: Product, at_desk: Callable[..., Any]
) -> None:
    page = at_desk(CLERK)
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    _intake(product, page, "papers")
    _fill(page)
    tray = page.locator(TRAY)
    # Given the camera of the desk, when three pages are taken,
    tray.get_by_role("button", name="拍照").click()
    assert page.locator("[data-camera-video]").evaluate(WIDTH) > 0
    page.get_by_label("范围").select_option("0.707")
    shot(page, "papers-01-camera")
    assert _faults(page) == []
    for number in (1, 2, 3):
        page.get_by_role("button", name="拍一页").click()
        page.locator("[data-camera-status]", has_text=f"已拍 {number} 页").wait_for()
    page.locator("[data-camera-status]", has_text="传好了").wait_for()
    page.get_by_role("button", name="拍完了").click()
    # then they lie on the page, each with its tools,
    expect(tray.locator(".tray-page")).to_have_count(3)
    # one is turned and one is taken out, and nothing that was typed is lost.
    tray.get_by_role("button", name="第 1 页向右转").click()
    tray.locator("img.turned-90").wait_for()
    tray.get_by_role("button", name="移除第 3 页").click()
    tray.get_by_text("共 2 页").wait_for()
    shot(page, "papers-02-tray")
    assert _faults(page) == []
    expect(page.get_by_label("联系电话")).to_have_value("13711112222")
    # Accepting twice in one breath makes one case with one file of two pages.
    page.get_by_role("button", name="受理", exact=True).dblclick(no_wait_after=True)
    page.get_by_text("已受理").first.wait_for()
    page.get_by_role("link", name="看这件事").first.click()
    page.get_by_text("打开（2 页）").wait_for()
    shot(page, "papers-03-case")
    with page.expect_download() as download:
        page.get_by_role("link", name="全部材料").click()
    assert download.value.suggested_filename.endswith("全部材料.pdf")
    assert complaints == []


def test_a_phone_without_an_account_sends_what_the_clerk_confirms(
    product: Product, at_desk: Callable[..., Any]
) -> None:
    page = at_desk(CLERK)
    _intake(product, page, "sent")
    _fill(page)
    tray = page.locator(TRAY)
    tray.get_by_role("button", name="手机扫码拍").click()
    address = tray.locator(".tray-address").inner_text()
    shot(page, "papers-04-code")
    assert _faults(page) == []

    phone = at_desk(width=390, is_mobile=True, has_touch=True)
    phone.goto(address)
    said = phone.locator("body").inner_text()
    assert PAPER in said
    assert not [word for word in ("鹮", "临时救助", "1371111") if word in said]
    phone.locator("#phone-camera").set_input_files(_picture())
    phone.get_by_text("已传 1 页").wait_for()
    phone.locator("#phone-album").set_input_files([_picture("#ccaa88"), _picture("#aacc88")])
    phone.get_by_text("已传 3 页").wait_for()
    shot(phone, "papers-05-phone")
    assert _faults(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    # They appear at the desk by themselves, and wait to be looked at.
    tray.get_by_text("手机传来 3 页").wait_for()
    shot(page, "papers-06-came")
    expect(page.get_by_label("联系电话")).to_have_value("13711112222")
    page.get_by_role("button", name="受理", exact=True).click()
    page.locator("[data-error-summary]").get_by_text("还没有确认").wait_for()
    page.locator(TRAY).get_by_role("button", name="都看过，收下").click()
    page.locator(TRAY).get_by_text("手机传来").wait_for(state="detached")
    page.get_by_role("button", name="受理", exact=True).click()
    page.get_by_text("已受理").first.wait_for()
    phone.reload()
    phone.get_by_text("已经失效").wait_for()


def test_without_a_secure_address_the_page_says_why_and_offers_files(
    product: Product, at_desk: Callable[..., Any]
) -> None:
    page = at_desk(CLERK)
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    _intake(product, page, "papers")
    page.get_by_label("其他特殊困难").check()
    page.locator(TRAY).get_by_role("button", name="拍照").click()
    page.locator(TRAY).get_by_text("只在加密网址").wait_for()


def test_a_sign_in_that_ran_out_loses_no_picture(product: Product, at_desk: Callable[..., Any]) -> None:
    page = at_desk(CLERK)
    _intake(product, page, "papers")
    page.get_by_label("其他特殊困难").check()
    tray = page.locator(TRAY)
    tray.locator("input[type=file]").set_input_files(_picture())
    tray.locator(".tray-page").wait_for()
    page.context.clear_cookies(name="yimen_session")
    tray.locator("input[type=file]").set_input_files(_picture("#ccaa88"))
    tray.get_by_text("登录已过期").wait_for()
    shot(page, "papers-07-signed-out")
    # She signs in beside it, sends again what waits, and all is there.
    with page.context.expect_page() as beside:
        tray.get_by_role("link", name="在新窗口登录").click()
    post = product.world["streets"][FIRST]["posts"][CLERK]
    beside.value.get_by_label("登录名").fill(post["username"])
    beside.value.get_by_label("口令").fill(product.world["password"])
    beside.value.get_by_role("button", name="登录").click()
    beside.value.wait_for_url(re.compile(r"//[^/]+/desk/new/temporary_relief"))
    tray.get_by_role("button", name="再传一次").click()
    tray.get_by_role("button", name="移除第 2 页").wait_for()
    for left in (2, 1):
        tray.get_by_role("button", name=f"移除第 {left} 页").click()
        tray.get_by_role("button", name=f"移除第 {left} 页").wait_for(state="detached")


def test_files_are_chosen_without_scripts_and_survive_a_refused_form(
    product: Product, at_desk: Callable[..., Any]
) -> None:
    page = at_desk(CLERK, java_script_enabled=False)
    _intake(product, page, "papers")
    page.locator("#files-receipts").set_input_files(_picture())
    page.get_by_label("情况说明").fill("票据在这里")
    page.get_by_role("button", name="受理", exact=True).click()
    page.locator("[data-error-summary]").wait_for()
    expect(page.locator(f"{TRAY} .tray-page")).to_have_count(1)
    expect(page.get_by_label("情况说明")).to_have_value("票据在这里")
    # On the page of the paper alone it is turned and removed with plain buttons.
    page.goto(page.locator(TRAY).get_by_role("link", name="单独整理").get_attribute("href"))
    page.get_by_role("button", name="第 1 页向右转").click()
    expect(page.locator("img.turned-90")).to_have_count(1)
    shot(page, "papers-08-plain")
    page.get_by_role("button", name="移除第 1 页").click()
    expect(page.locator(".tray-page")).to_have_count(0)
