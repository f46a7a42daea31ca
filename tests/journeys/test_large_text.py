"""Lists in large text: heads and sentences keep words to a line, and the table scrolls instead of the page."""

import pytest

from tests.journeys.eyes import DESK, PHONE, shot

pytestmark = pytest.mark.browser
# Each head and how many lines it takes; a line that is full holds more than three signs.
_HEADS = """() => [...document.querySelectorAll("main .table-list th")]
  .filter((head) => head.offsetParent && !head.querySelector(".visually-hidden"))
  .map((head) => {
    const range = document.createRange();
    range.selectNodeContents(head);
    const lines = new Set([...range.getClientRects()].map((each) => Math.round(each.bottom))).size;
    return [head.innerText.trim(), lines];
  })"""

# The words of each cell, without its name, and how many lines they take.
_CELLS = """() => [...document.querySelectorAll("main .table-list tbody td")]
  .filter((cell) => cell.offsetParent && cell.innerText.trim())
  .map((cell) => {
    const tops = [];
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      for (const { top, width } of range.getClientRects())
        if (width && !tops.some((other) => Math.abs(other - top) < 12)) tops.push(top);
    }
    return [cell.innerText.trim(), tops.length];
  })"""


@pytest.mark.parametrize("size", ["large", "huge"])
@pytest.mark.parametrize("address", ["/desk/coverage/", "/desk/lists/late/", "/calls/"])
def test_no_head_of_a_wide_list_is_broken_into_single_signs(at_desk, address, size) -> None:
    page = at_desk("community_worker.002", width=DESK)
    page.goto(address)
    page.evaluate("(size) => { document.documentElement.className = `text-${size}` }", size)
    heads = page.evaluate(_HEADS)
    shot(page, f"heads-{address}-{size}")
    assert len(heads) > 4
    assert [head for head, lines in heads if len(head) <= 3 * (lines - 1)] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("size", ["large", "huge"])
def test_no_sentence_in_a_list_is_broken_after_every_second_sign(at_desk, size, width) -> None:
    page = at_desk("community_worker.002", width=width)
    page.goto("/calls/")
    page.evaluate("(size) => { document.documentElement.className = `text-${size}` }", size)
    cells = page.evaluate(_CELLS)
    shot(page, f"cells-calls-{width}-{size}")
    assert any(len(words) > 5 for words, _ in cells)
    assert [words for words, lines in cells if len(words) <= 3 * (lines - 1)] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
