"""Wide lists in large text on a desk: heads keep words to a line, and the table scrolls instead of the page."""

import pytest

from tests.journeys.eyes import DESK, shot

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
