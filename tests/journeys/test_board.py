"""The board in the hall: it shows a call by itself, is heard after one press, and says when the network is down."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PATIENCE
from tests.journeys.eyes import shot
from tests.journeys.product import Product
from tests.journeys.world import FIRST

pytestmark = pytest.mark.browser

HALL = (1920, 1080)
# What the browser would say aloud is written down instead; a machine of tests has no loudspeaker.
LISTEN = """() => {
  const said = [];
  window.speechSynthesis.speak = (one) => {
    said.push(one.text);
    document.body.dataset.said = said.join("；");
  };
}"""
CALL = "请002号，到2号窗口"


def test_a_call_appears_is_spoken_and_a_lost_network_is_said(
    product: Product, at_desk: Callable[..., Any]
) -> None:
    street = product.world["streets"][FIRST]
    hall = f"/queue/{street['ids']['hall'][f'{FIRST}002']}/"
    clerk = at_desk("window_clerk.002")
    clerk.goto(hall)
    address = clerk.get_by_role("link", name="/board/").get_attribute("href")
    board = at_desk()
    board.set_viewport_size({"width": HALL[0], "height": HALL[1]})
    board.goto(address)
    board.get_by_text("002").wait_for()
    board.evaluate(LISTEN)
    board.get_by_role("button", name="打开声音").click()
    board.get_by_role("button", name="声音已开").wait_for()
    shot(board, "board-before")
    clerk.goto(f"{hall}counters/2/")
    shot(clerk, "counter-empty")
    clerk.get_by_role("button", name="叫下一位").click()
    clerk.get_by_role("button", name="办完，叫下一位").wait_for()
    board.locator(".board-latest", has_text="2 号窗口").wait_for()
    expect(board.locator("body")).to_have_attribute("data-said", CALL, timeout=PATIENCE)
    shot(board, "board-called")
    board.context.set_offline(True)
    board.get_by_text("网络断了").wait_for()
    shot(board, "board-down")
    clerk.get_by_role("button", name="再叫一次").click()
    clerk.get_by_text("已重呼").wait_for()
    board.context.set_offline(False)
    board.get_by_text("网络断了").wait_for(state="hidden")
    expect(board.locator("body")).to_have_attribute("data-said", f"{CALL}；{CALL}", timeout=PATIENCE)
    for page, name, path in (
        (clerk, "counter", f"{hall}counters/2/?q=试用"),
        (clerk, "hall", hall),
        (clerk, "figures", f"{hall}figures"),
        (clerk, "settings", f"{hall}settings"),
    ):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(path)
            shot(page, f"{name}-{width}")
