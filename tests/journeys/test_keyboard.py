"""Without a mouse: from signing in to an accepted case, and always visible where one is."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.journeys.eyes import shot
from tests.journeys.product import Product
from tests.journeys.world import FIRST

pytestmark = pytest.mark.browser

# What shows that an element has the focus: an outline or a shadow around it or what it is drawn as.
_SEEN = """() => {
  const it = document.activeElement;
  const shows = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  const box = it.getBoundingClientRect();
  const label = it.closest("label");
  const drawn = shows(getComputedStyle(it)) || (label && shows(getComputedStyle(label)));
  const there = box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0;
  return { what: it.outerHTML.slice(0, 120), drawn: Boolean(drawn), there, body: it === document.body };
}"""


class Keys:
    """Somebody who has only keys; remembers where she lost sight of the focus."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.lost: list[str] = []

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def go_to(self, wanted: Any, *, key: str = "Tab") -> None:
        """Press Tab until the wanted element has the focus."""
        wanted.wait_for()
        for _ in range(120):
            self.press(key)
            seen = self.page.evaluate(_SEEN)
            if not seen["body"] and not (seen["drawn"] and seen["there"]):
                self.lost.append(f"{self.page.url}: {seen}")
            if wanted.evaluate("(it) => it === document.activeElement"):
                return
        raise AssertionError(f"Tab does not reach {wanted}")


def test_a_clerk_without_a_mouse_accepts_a_case_and_always_sees_where_she_is(
    product: Product, at_desk: Callable[..., Any]
) -> None:
    world = product.world["streets"][FIRST]
    resident = world["ids"]["story"]["keyboard"]
    # Scrolling that takes its time would not have arrived when the focus is looked for.
    page = at_desk(reduced_motion="reduce")
    keys = Keys(page)

    # Given the sign-in page, on which she is in the first field already,
    page.goto("/sign-in")
    expect(page.get_by_label("登录名")).to_be_focused()
    keys.type(world["posts"]["window_clerk.003"]["username"])
    keys.press("Tab")
    keys.type(product.world["password"])
    keys.press("Enter")
    page.wait_for_url("**/")

    # the first Tab leads past the navigation to the work,
    keys.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    # and a stroke to the search; with an input method on, the same key, and F2.
    keys.press("/")
    expect(page.locator("#search")).to_be_focused()
    keys.press("Escape", "F2")
    expect(page.locator("#search")).to_be_focused()

    # When she finds the resident and opens the matter,
    keys.type("xhq")
    keys.press("Enter")
    keys.go_to(page.get_by_role("link", name=resident["name"]))
    keys.press("Enter")
    keys.go_to(page.get_by_role("link", name="受理事项"))
    keys.press("Enter")
    words = page.get_by_label("居民怎么说，就怎么写")
    expect(words).to_be_focused()
    keys.type("没钱了")
    page.wait_for_url(f"**q={quote('没钱了')}")
    keys.go_to(page.get_by_role("link", name="试用补助"))
    keys.press("Enter")

    # and fills the form: words, a choice by arrow keys, a question that only then appears, a paper from a list,
    keys.go_to(page.get_by_label("申请原因"))
    keys.type("住院")
    sick = page.get_by_role("group", name="是否因病")
    keys.go_to(sick.get_by_label("是"))
    keys.press("Space")
    expect(page.get_by_label("就诊医院")).to_be_visible()
    keys.press("ArrowRight")
    expect(sick.get_by_label("否")).to_be_checked()
    expect(page.get_by_label("就诊医院")).to_be_hidden()
    keys.go_to(page.get_by_label("身份证"))
    keys.press("ArrowDown")
    expect(page.get_by_label("身份证")).to_have_value("seen")
    # and makes a mistake on the way back: the page says what is wrong and she stands before it.
    keys.go_to(page.get_by_label("申请原因"), key="Shift+Tab")
    keys.press("Control+a", "Delete")
    keys.go_to(page.get_by_role("button", name="受理", exact=True))
    keys.press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    shot(page, "keyboard-01-mistake")
    keys.press("Tab", "Enter")
    expect(page.get_by_label("申请原因")).to_be_focused()
    keys.type("住院")
    expect(page.get_by_label("身份证")).to_have_value("seen")

    # Then it is accepted with Enter, and the receipt is one Tab away.
    keys.go_to(page.get_by_role("button", name="受理", exact=True))
    keys.press("Enter")
    page.get_by_text("已受理").first.wait_for()
    keys.go_to(page.get_by_role("link", name="打印受理通知书"))
    assert not keys.lost, "\n".join(keys.lost)
