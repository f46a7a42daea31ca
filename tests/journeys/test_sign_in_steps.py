"""Somebody new sets up a second factor and comes in with it, in a browser without scripts."""

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.eyes import Eyes, shot
from yimen.foundations.access.rules.totp import STEP_SECONDS, code_at

pytestmark = pytest.mark.browser
OWN = "Xiaying*1998west"
# The first page, and not the door with it as its aim.
FIRST_PAGE = re.compile(r"//[^/]+/$")
SECOND_STEP = re.compile(r"//[^/]+/sign-in/second")


def open_account(at_desk: Callable[..., Any], username: str, name: str) -> str:
    """An account opened by the administrator; answers its first password, as it stands on the slip."""
    page = at_desk("administrator")
    page.goto("/office/accounts/new")
    page.get_by_label("姓名").fill(name)
    page.get_by_label("登录名").fill(username)
    with page.expect_navigation():
        page.get_by_role("button", name="开设并生成首次口令").click()
    return page.locator(".fact strong, strong.number").last.inner_text().strip()


def first_entry(page: Any, username: str, first: str) -> None:
    """The first sign-in, with the password on the slip and then one of one's own."""
    type_password(page, username, first)
    page.get_by_label("现在的口令").fill(first)
    page.get_by_label("新口令", exact=False).first.fill(OWN)
    page.get_by_label("再输一次新口令").fill(OWN)
    page.get_by_role("button", name="保存新口令").click()
    page.wait_for_url("**/")


def type_password(page: Any, username: str, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("登录名").fill(username)
    page.get_by_label("口令").fill(password)
    page.get_by_role("button", name="登录").click()


def half_minute() -> int:
    return int(time.time()) // STEP_SECONDS


def test_a_phone_is_set_up_and_asked_for_without_scripts(at_desk: Callable[..., Any]) -> None:
    # Given a colleague in her first minutes,
    first = open_account(at_desk, "mei.li", "梅莉")
    page = at_desk(java_script_enabled=False)
    first_entry(page, "mei.li", first)
    # when she sets up her phone by typing the secret,
    page.goto("/my/sessions")
    shot(page, "factor-01-sessions")
    page.get_by_role("link", name="设置第二因素").click()
    shot(page, "factor-02-nothing-yet")
    page.locator("#id_password").fill(OWN)
    page.get_by_role("button", name="开始设置").click()
    secret = page.locator(".secret-typed strong").inner_text().replace(" ", "")
    expect(page.locator(".secret-code svg")).to_be_visible()
    shot(page, "factor-03-offered")
    set_up_at = half_minute()
    page.get_by_label("手机上现在显示的 6 位数字").fill(code_at(secret, set_up_at))
    page.get_by_role("button", name="启用").click()
    # then she is shown ten codes for the drawer, once.
    codes = page.locator(".recovery-codes strong").all_inner_texts()
    assert len(codes) == 10
    shot(page, "factor-04-codes")
    page.get_by_role("link", name="返回").click()
    shot(page, "factor-05-on")
    assert codes[0] not in page.content()

    # When she comes again, from her phone,
    again = at_desk(width=390, java_script_enabled=False)
    type_password(again, "mei.li", OWN)
    shot(again, "factor-06-second-step-390")
    again.get_by_label("动态口令").fill("000000")
    again.get_by_role("button", name="登录").click()
    again.get_by_text("动态口令不对").wait_for()
    shot(again, "factor-07-wrong-390")
    # the phone being ahead by as much as it may, because no code is good twice,
    again.get_by_label("动态口令").fill(code_at(secret, max(half_minute(), set_up_at + 1)))
    again.get_by_role("button", name="登录").click()
    # then she is in; and with a recovery code as well, which she is told to replace.
    again.wait_for_url(FIRST_PAGE)
    third = at_desk()
    type_password(third, "mei.li", OWN)
    third.get_by_label("动态口令").fill(codes[3])
    third.get_by_role("button", name="登录").click()
    third.get_by_text("还剩 9 个").wait_for()


def test_the_pages_of_the_second_factor_can_be_used_by_everybody(at_desk: Callable[..., Any]) -> None:
    first = open_account(at_desk, "bai.ling", "白玲")
    page = at_desk()
    first_entry(page, "bai.ling", first)
    eyes = Eyes(page)
    faults = [*eyes.look("/my/sessions"), *eyes.look("/my/second-factor")]
    page.locator("#id_password").fill(OWN)
    page.get_by_role("button", name="开始设置").click()
    page.get_by_role("button", name="启用").wait_for()
    faults += eyes.look("/my/second-factor?step=offered")
    secret = page.locator(".secret-typed strong").inner_text().replace(" ", "")
    page.get_by_label("手机上现在显示的 6 位数字").fill(code_at(secret, half_minute()))
    page.get_by_role("button", name="启用").click()
    recovery = page.locator(".recovery-codes strong").first.inner_text()
    faults += eyes.look("/my/second-factor?step=on")
    other = at_desk()
    type_password(other, "bai.ling", OWN)
    other.wait_for_url(SECOND_STEP)
    faults += Eyes(other).look("/sign-in/second")
    other.get_by_label("动态口令").fill(recovery)
    other.get_by_role("button", name="登录").click()
    other.wait_for_url(FIRST_PAGE)
    # Signed in at two places: her own page of them, and what the administrator sees.
    faults += Eyes(other).look("/my/sessions?places=2")
    administrator = at_desk("administrator")
    administrator.goto("/office/accounts/?username=bai.ling")
    with administrator.expect_navigation():
        administrator.get_by_role("link", name="白玲").click()
    faults += Eyes(administrator).look(urlsplit(administrator.url).path)
    with administrator.expect_navigation():
        administrator.get_by_role("link", name="结束", exact=True).first.click()
    faults += Eyes(administrator).look(urlsplit(administrator.url).path)
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults)
