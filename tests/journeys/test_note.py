"""A community worker on her phone: a note in passing, what follows it, a slip, and a staircase without network."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.journeys.eyes import shot
from tests.journeys.product import Product
from tests.journeys.world import FIRST

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "has_touch": True}


def _her(product: Product) -> dict[str, str]:
    return product.world["streets"][FIRST]["ids"]["story"]["note"]


@pytest.fixture
def phone(at_desk: Callable[..., Any]) -> Any:
    return at_desk("window_clerk.003", **PHONE)


def _write(page: Any, text: str, *, way: str = "路遇", then: str = "没有了") -> None:
    page.get_by_role("group", name="怎么联系的").get_by_text(way, exact=True).tap()
    page.get_by_label("一句话").fill(text)
    page.get_by_role("group", name="接下来").get_by_text(then, exact=True).tap()


def test_a_note_takes_four_taps_and_a_slip_is_taken_back(product: Product, phone: Any) -> None:
    her = _her(product)
    # Given the first page, the button is there at once,
    phone.goto("/")
    phone.get_by_role("link", name="随手记").first.tap()
    # then whom, by the usual search,
    phone.get_by_label("见到谁").fill(her["name"])
    phone.get_by_role("link", name=re.compile(her["name"])).tap()
    shot(phone, "note-01-form")
    # then how, and one sentence.
    phone.get_by_role("group", name="怎么联系的").get_by_text("上门", exact=True).tap()
    phone.get_by_label("一句话").fill("儿子去了杭州，一个人住")
    for target in phone.locator(".thumbs .form-check").all():
        box = target.bounding_box()
        assert box and box["height"] >= 44, box
    phone.get_by_role("button", name="记下").tap()
    phone.get_by_text("已记下。").wait_for()
    shot(phone, "note-02-taken")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_role("button", name="撤回").tap()
    phone.get_by_text("已撤回。").wait_for()
    expect(phone.get_by_text("儿子去了杭州")).to_be_hidden()


def test_a_note_becomes_a_case(product: Product, phone: Any) -> None:
    phone.goto(f"/people/{_her(product)['person']}/")
    phone.get_by_role("link", name="随手记").first.tap()
    _write(phone, "屋顶漏水，想问补助", then="有事，要办")
    phone.get_by_role("button", name="记下").tap()
    phone.get_by_text("已记下，接着选事项。").wait_for()
    shot(phone, "note-03-choose")
    phone.get_by_label("居民怎么说").fill("补助")
    phone.wait_for_url(f"**q={quote('补助')}")
    phone.get_by_role("link", name="试用补助").first.tap()
    expect(phone.get_by_role("combobox", name="来源")).to_have_value("patrol")
    expect(phone.get_by_label("备注")).to_have_value("屋顶漏水，想问补助")
    phone.get_by_label("申请原因").fill("屋顶漏水")
    phone.get_by_role("group", name="是否因病").get_by_label("否").check()
    phone.get_by_label("身份证").select_option("seen")
    phone.get_by_role("button", name="受理", exact=True).tap()
    phone.get_by_text("已受理").first.wait_for()
    phone.get_by_role("link", name="看这件事").first.tap()
    phone.get_by_role("link", name=re.compile("随手记 .* 路遇")).wait_for()


def test_a_note_becomes_a_duty_and_the_next_note_settles_it(product: Product, phone: Any) -> None:
    her = _her(product)["person"]
    phone.goto(f"/ledger/notes/new?person={her}")
    expect(phone.get_by_label("哪天以前")).to_be_hidden()
    _write(phone, "腿脚不便", then="要再看")
    phone.get_by_label("到时做什么").fill("带防滑垫再去")
    phone.get_by_role("button", name="记下").tap()
    phone.get_by_role("link", name=re.compile("待办：带防滑垫再去")).wait_for()
    shot(phone, "note-04-duty-born")
    phone.goto("/duties/")
    phone.get_by_role("link", name="带防滑垫再去").tap()
    phone.wait_for_url(re.compile(r"/duties/[0-9a-f-]{36}/$"))
    shot(phone, "note-05-duty")
    phone.goto(f"/ledger/notes/new?person={her}")
    phone.get_by_text(re.compile("带防滑垫再去（")).tap()
    _write(phone, "防滑垫送到了", way="上门")
    phone.get_by_role("button", name="记下").tap()
    phone.get_by_text("已记下。").wait_for()
    phone.goto("/duties/lists/ended/")
    expect(phone.get_by_role("link", name="带防滑垫再去")).to_have_count(1)


def test_a_note_is_written_with_the_keyboard_alone(product: Product, at_desk: Callable[..., Any]) -> None:
    page = at_desk("window_clerk.003")
    page.goto(f"/ledger/notes/new?person={_her(product)['person']}")
    page.get_by_role("group", name="怎么联系的").get_by_label("上门").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("键盘记的一句")
    page.keyboard.press("Tab")
    for _ in range(12):
        if page.evaluate(
            "document.activeElement.matches('button[type=submit]') && document.activeElement.textContent.includes('记下')"
        ):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("已记下。").wait_for()
    expect(page.get_by_text("键盘记的一句")).to_be_visible()


def test_without_network_notes_wait_on_the_phone_and_go_once_when_it_is_back(
    product: Product, phone: Any
) -> None:
    her = _her(product)["person"]
    phone.goto(f"/ledger/notes/new?person={her}")
    # Given a staircase without signal, when she writes two notes,
    phone.context.set_offline(True)
    for number, words in enumerate(("楼道里第一条", "楼道里第二条"), start=1):
        _write(phone, words)
        phone.get_by_role("button", name="记下").tap()
        phone.get_by_text(f"{number} 条待发").wait_for()
        expect(phone.get_by_label("一句话")).to_have_value("")
    shot(phone, "note-06-waiting")
    # then they wait, and go by themselves when she is outside again, each once.
    phone.context.set_offline(False)
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    phone.locator("[data-note-queue]").wait_for(state="hidden")
    phone.goto("/ledger/notes/")
    shot(phone, "note-07-mine")
    expect(phone.get_by_text("楼道里第一条")).to_have_count(1)
    expect(phone.get_by_text("楼道里第二条")).to_have_count(1)


def test_a_sign_in_that_ran_out_keeps_the_note(product: Product, phone: Any) -> None:
    post = product.world["streets"][FIRST]["posts"]["window_clerk.003"]
    phone.goto(f"/ledger/notes/new?person={_her(product)['person']}")
    _write(phone, "登录过期前写的")
    phone.context.clear_cookies(name="yimen_session")
    phone.get_by_role("button", name="记下").tap()
    phone.get_by_label("登录名").fill(post["username"])
    phone.get_by_label("口令").fill(product.world["password"])
    phone.get_by_role("button", name="登录").click()
    phone.get_by_text("已恢复您上次没有提交的内容。").wait_for()
    expect(phone.get_by_label("一句话")).to_have_value("登录过期前写的")
    phone.get_by_role("button", name="记下").tap()
    phone.get_by_text("已记下。").wait_for()
