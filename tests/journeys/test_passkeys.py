"""A passkey in a real browser, with the browser's own virtual device: made, used without and after the password, taken off."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.eyes import Eyes, shot
from tests.journeys.product import Product
from tests.journeys.test_sign_in_steps import (
    FIRST_PAGE,
    OWN,
    SECOND_STEP,
    first_entry,
    open_account,
    type_password,
)
from tools.pytest_browser import PATIENCE

pytestmark = pytest.mark.browser


@pytest.fixture
def with_device(product: Product, chromium: Any) -> Iterator[Callable[..., Any]]:
    """``with_device()``: a browser at a host name (an address of numbers has no passkeys) with a device of its own."""
    opened = []

    def sit_down(*, width: int = 1280) -> Any:
        context = chromium.new_context(
            base_url=f"http://localhost:{urlsplit(product.url).port}",
            viewport={"width": width, "height": 800},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.device = context.new_cdp_session(page)
        page.device.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        page.authenticator = page.device.send("WebAuthn.addVirtualAuthenticator", {"options": options})[
            "authenticatorId"
        ]
        return page

    yield sit_down
    for context in opened:
        context.close()


def _verified(page: Any, yes: bool) -> None:
    page.device.send(
        "WebAuthn.setUserVerified", {"authenticatorId": page.authenticator, "isUserVerified": yes}
    )


def _sign_out(page: Any) -> None:
    page.goto("/")
    page.locator("summary.shell-me").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/sign-in")


def test_a_passkey_is_made_and_opens_the_door(
    with_device: Callable[..., Any], at_desk: Callable[..., Any]
) -> None:
    # Given a colleague at a computer that knows her fingerprint,
    first = open_account(at_desk, "tao.hong", "陶虹")
    page = with_device()
    first_entry(page, "tao.hong", first)
    # when she adds it, with a wrong password first,
    page.goto("/my/second-factor")
    page.get_by_label("给它起个名字").fill("办公室电脑")
    page.locator("#key_password").fill("Wrong-password-1")
    page.get_by_role("button", name="添加通行密钥").click()
    page.get_by_text("现在的口令不对").wait_for()
    page.locator("#key_password").fill(OWN)
    page.get_by_role("button", name="添加通行密钥").click()
    # then she gets her recovery codes,
    page.locator(".recovery-codes").wait_for()
    expect(page.locator(".recovery-codes strong")).to_have_count(10)
    page.get_by_role("link", name="返回").click()
    shot(page, "passkey-01-list")
    # and the same computer is not added twice.
    page.get_by_label("给它起个名字").fill("又一台")
    page.locator("#key_password").fill(OWN)
    page.get_by_role("button", name="再添加一个").click()
    page.get_by_text("这台设备已经添加过了").wait_for()

    # When she comes back, one touch is enough, and leads where she wanted to go;
    _sign_out(page)
    page.goto("/sign-in?next=/my/sessions")
    shot(page, "passkey-02-door")
    page.get_by_role("button", name="用通行密钥进入").click()
    page.wait_for_url(re.compile(r"//[^/]+/my/sessions$"))
    page.get_by_text("通行密钥", exact=True).wait_for()
    # after the password it serves as the second step;
    _sign_out(page)
    type_password(page, "tao.hong", OWN)
    shot(page, "passkey-03-second-step")
    page.get_by_role("button", name="用通行密钥代替").click()
    page.wait_for_url(FIRST_PAGE)
    # and a finger that the device does not know opens nothing.
    _sign_out(page)
    _verified(page, False)
    page.get_by_role("button", name="用通行密钥进入").click()
    page.locator("[data-passkey-said]").get_by_text("没有").wait_for()
    assert urlsplit(page.url).path == "/sign-in"

    # When she takes the key off, the password opens alone again.
    _verified(page, True)
    page.get_by_role("button", name="用通行密钥进入").click()
    page.wait_for_url(FIRST_PAGE)
    page.goto("/my/second-factor")
    with page.expect_navigation():
        page.get_by_role("link", name="移除：办公室电脑").click()
    page.get_by_label("现在的口令").fill(OWN)
    page.get_by_role("button", name="移除").click()
    page.get_by_text("已移除").wait_for()
    _sign_out(page)
    page.get_by_role("button", name="用通行密钥进入").click()
    page.get_by_text("没有通过核对").wait_for()
    type_password(page, "tao.hong", OWN)
    page.wait_for_url(FIRST_PAGE)


def test_the_pages_of_passkeys_can_be_used_by_everybody(
    with_device: Callable[..., Any], at_desk: Callable[..., Any]
) -> None:
    first = open_account(at_desk, "ji.xing", "季星")
    page = with_device()
    first_entry(page, "ji.xing", first)
    eyes = Eyes(page)
    faults = eyes.look("/my/second-factor")
    page.get_by_label("给它起个名字").fill("家里的笔记本电脑，放在书房靠窗的那一台")
    page.locator("#key_password").fill(OWN)
    page.get_by_role("button", name="添加通行密钥").click()
    page.locator(".recovery-codes").wait_for()
    faults += eyes.look("/my/second-factor?step=key")
    for name in ("改名", "移除"):
        page.goto("/my/second-factor")
        with page.expect_navigation():
            page.get_by_role("link", name=re.compile(f"^{name}：")).click()
        faults += eyes.look(urlsplit(page.url).path)
    faults += Eyes(with_device()).look("/sign-in")
    # At an address of numbers, or without https, the page says why not.
    elsewhere = at_desk()
    type_password(elsewhere, "ji.xing", OWN)
    elsewhere.wait_for_url(SECOND_STEP)
    faults += Eyes(elsewhere).look("/sign-in/second?next=/")
    expect(elsewhere.get_by_role("button", name="用通行密钥代替")).to_be_hidden()
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults)
