"""What only a browser can show: reachable by everyone, by keys, by a scanner gun, in every width and text size."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[4] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = ("/ui/gallery", "/ui/gallery/list", "/refuse/late")
SMALLEST_TEXT = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter((each) => each.offsetParent && [...each.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .map((each) => parseFloat(getComputedStyle(each).fontSize)))"""
LOW_TARGETS = """() => [...document.querySelectorAll('.btn, .form-control, .form-select, .chip, .shell-nav li a')]
  .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 59.5).map((each) => each.outerHTML)"""


@pytest.fixture(autouse=True)
def signed_in(site, make_actor):
    site.acts_as(make_actor("ui.view_gallery", "ui.export_lists", name="王秀兰"))


def faults(page):
    """The faults that axe finds and calls serious or critical."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    found = page.evaluate("(tags) => axe.run(document, {runOnly: tags})", RULES)["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['target']}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("width", "text"),
    [(1366, ""), (390, ""), (320, ""), (683, ""), (1366, "large"), (390, "large"), (390, "huge")],
)
def test_a_page_can_be_used_by_everyone_and_never_scrolls_sideways(open_page, path, width, text):
    page = open_page(path, width=width, text=text)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES)
def test_large_text_is_large_and_its_targets_are_wide(open_page, path):
    page = open_page(path, text="large")
    assert page.evaluate(SMALLEST_TEXT) >= 18
    assert page.evaluate(LOW_TARGETS) == []


def test_the_sentence_about_a_wrong_form_is_in_sight_at_once(open_page):
    page = open_page("/ui/gallery")
    head, top, bottom = page.evaluate(
        """() => { const at = document.activeElement.getBoundingClientRect();
        return [document.querySelector('.shell-head').getBoundingClientRect().bottom, at.top, innerHeight - at.bottom]; }"""
    )
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
    assert top >= head
    assert bottom >= 0


@pytest.mark.parametrize("key", ["/", "F2", "Control+k"])
def test_keys_reach_the_search_box(open_page, key):
    page = open_page("/ui/gallery")
    page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "search"
    assert page.input_value("#search") == ""


def test_the_search_waits_for_the_end_of_composition(open_page):
    page = open_page("/ui/gallery")
    page.fill("#search", "wang")
    page.evaluate("document.querySelector('#search').dispatchEvent(new CompositionEvent('compositionstart'))")
    page.press("#search", "Enter")
    assert page.url.endswith("/ui/gallery")
    page.evaluate("document.querySelector('#search').dispatchEvent(new CompositionEvent('compositionend'))")
    page.press("#search", "Enter")
    page.wait_for_url("**/search?q=wang")


def test_a_scanner_gun_searches_from_anywhere_and_a_slow_typist_does_not(open_page):
    page = open_page("/ui/gallery")
    page.keyboard.type("330212", delay=90)
    page.keyboard.press("Enter")
    assert page.url.endswith("/ui/gallery")
    page.evaluate(
        """() => [...'R330212007A', 'Enter'].forEach((key) =>
             document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true})))"""
    )
    page.wait_for_url("**/search?q=R330212007A")


def test_what_was_typed_survives_a_lost_page_and_can_be_dropped(open_page):
    page = open_page("/ui/gallery")
    page.fill("form[data-draft] [name=reason]", "住院两个月")
    page.reload()
    assert page.input_value("form[data-draft] [name=reason]") == "住院两个月"
    page.click("text=不要了，重新填")
    assert page.input_value("form[data-draft] [name=reason]") == ""
    page.reload()
    assert page.input_value("form[data-draft] [name=reason]") == ""


def test_a_draft_ends_with_the_page_after_its_sending_unless_that_is_trouble(open_page, served):
    page = open_page("/ui/gallery")
    page.fill("form[data-draft] [name=reason]", "住院两个月")
    page.evaluate("document.querySelector('form[data-draft]').action = '/refuse/late'")
    page.click("form[data-draft] button[type=submit]")
    page.click("#ask [data-ask-yes]")
    page.wait_for_selector(".trouble")
    page.goto(f"{served}/ui/gallery")
    assert page.input_value("form[data-draft] [name=reason]") == "住院两个月"
    page.evaluate("document.querySelector('form[data-draft]').action = '/signed-in'")
    page.click("form[data-draft] button[type=submit]")
    page.click("#ask [data-ask-yes]")
    page.wait_for_url(f"{served}/signed-in")
    page.goto(f"{served}/ui/gallery/list")
    page.goto(f"{served}/ui/gallery")
    assert page.input_value("form[data-draft] [name=reason]") == ""


def test_a_question_comes_before_the_deed_and_two_clicks_make_one(open_page):
    page = open_page("/ui/gallery")
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.route(
        "**/ui/gallery",
        lambda route: route.fulfill(status=204) if route.request.method == "POST" else route.continue_(),
    )
    form = page.locator("form[data-draft]")
    form.locator("button[type=submit]").click()
    assert page.locator("#ask[open]").inner_text().startswith("请确认")
    page.click("#ask >> text=取消")
    assert sent == []
    form.locator("button[type=submit]").click()
    with page.expect_request(lambda request: request.method == "POST"):
        page.click("#ask [data-ask-yes]")
    form.locator("button[type=submit]").click()
    page.wait_for_timeout(300)
    assert len(sent) == 1
    assert "request_key=" in sent[0].post_data


def test_the_curtain_covers_the_screen(open_page):
    page = open_page("/ui/gallery")
    page.keyboard.press("Control+Shift+L")
    box = page.locator("#curtain").bounding_box()
    assert (box["width"], box["height"]) == (1280, 800)
    page.click("text=继续办理")
    expect(page.locator("#curtain")).to_be_hidden()


def test_a_chip_changes_the_list_the_address_and_what_is_said(open_page):
    page = open_page("/ui/gallery/list")
    page.click("a.chip:has-text('已超期')")
    page.wait_for_url("**?state=**")
    expect(page.locator("#said")).to_have_text("样例清单：本页 4 条")
    expect(page.locator("a.chip:focus")).to_have_count(1)


def test_rows_are_cards_on_a_phone(open_page):
    page = open_page("/ui/gallery/list", width=390)
    first, second = (page.locator("tbody tr").first.locator("td").nth(n).bounding_box() for n in (0, 1))
    assert second["y"] > first["y"]
    assert page.locator("tbody tr").first.get_by_role("cell").count() == 6


def test_the_navigation_of_a_phone_opens_without_scripts_too(open_page):
    page = open_page("/ui/gallery", width=390, scripts=False)
    assert not page.locator("#nav").is_visible()
    page.click("a[href='#nav']")
    expect(page.locator("#nav")).to_be_visible()
