"""Take the pictures of the documentation anew from a running demo: `.venv/bin/python docs/pictures/take.py [address]`.

`make run` must be running, freshly reset, and `make test` must have installed the browser's driver. Chromium is found as
the tests find it (YIMEN_CHROMIUM). Each picture stays below 150 KB.
"""

import re
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.pytest_browser import find_chromium

HERE = Path(__file__).resolve().parent
PASSWORD = "Yimen-Demo-2026"  # of the demo, as README.md says
MOST_BYTES = 150_000
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 760}


def sign_in(browser: Browser, site: str, username: str) -> Page:
    """A window in which one of the demo's posts is signed in."""
    page = browser.new_page(base_url=site, viewport=DESK, locale="zh-CN")
    page.goto("/sign-in")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def relief_case(page: Page) -> None:
    """The newest decided case of temporary relief, as the officer sees it."""
    page.goto("/desk/?state=decided")
    page.get_by_role("row").filter(has_text="临时救助").get_by_role("link").first.click()


def search(page: Page) -> None:
    page.goto("/search?q=ch")


def file(page: Page) -> None:
    relief_case(page)
    page.locator("a[href^='/people/']").filter(visible=True).last.click()


def intake(page: Page) -> dict[str, float]:
    page.goto("/search?q=ch")
    page.locator("a[href^='/people/']").filter(has_text="陈").first.click()
    page.get_by_role("link", name="受理事项").first.click()
    page.fill("#matter-words", "着火")
    page.press("#matter-words", "Enter")
    page.get_by_role("link", name="临时救助").first.click()
    # The part that matters: what is known already, with its source, the papers, and the promised day.
    page.set_viewport_size({"width": 1280, "height": 1000})
    known = page.get_by_text("来自居民档案").first
    known.evaluate("(line) => window.scrollTo(0, line.getBoundingClientRect().top + window.scrollY - 120)")
    return {"x": 208, "y": 0, "width": 744, "height": 1000}


def plan(page: Page) -> None:
    page.goto("/plans/")


def phone(page: Page) -> None:
    """What the resident sees with the word on her letter."""
    relief_case(page)
    page.locator("a[href*='/letters/']").first.click()
    word = page.locator(".letter-word").inner_text()
    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto(f"/t/{re.sub('[^A-Z2-7]', '', word)}")


PICTURES: dict[str, tuple[str, Callable[[Page], dict[str, float] | None]]] = {
    "search": ("window", search),
    "file": ("officer", file),
    "intake": ("window", intake),
    "case": ("officer", relief_case),
    "plan": ("leader", plan),
    "phone": ("officer", phone),
}


def keep(name: str, picture: bytes) -> None:
    """Store a picture with as many colours as fit."""
    whole = Image.open(BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64, 32):
        packed = BytesIO()
        whole.quantize(colours, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
        if packed.tell() <= MOST_BYTES:
            break
    (HERE / f"{name}.png").write_bytes(packed.getvalue())
    sys.stdout.write(f"{name}.png {packed.tell() // 1000} KB\n")


def main() -> None:
    """Take all pictures, or those named after the address."""
    site = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    wanted = sys.argv[2:] or list(PICTURES)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for name in wanted:
            username, go = PICTURES[name]
            page = sign_in(browser, site, username)
            part = go(page)
            page.wait_for_load_state("networkidle")
            keep(name, page.screenshot(clip=part) if part else page.screenshot())
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
