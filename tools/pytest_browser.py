"""Journeys in a real browser: not run, and said so, where there is none; a failure where one is required.

A test marked `browser` may take the fixture `chromium`. YIMEN_REQUIRE_BROWSER=1 turns every skipped
journey into a failure. YIMEN_SECOND_TRY=1 lets a failed journey run once more and lists it at the end
(docs/decisions/2026-11-22-a-journey-has-a-second-try.md).
"""

import os
import shutil
from collections.abc import Iterator

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 30_000
NOT_RUN = pytest.StashKey[int]()


def find_chromium() -> str | None:
    """The browser's program: YIMEN_CHROMIUM, or one of the usual names on the path."""
    named = os.environ.get("YIMEN_CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def browser_required() -> bool:
    return os.environ.get("YIMEN_REQUIRE_BROWSER") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("YIMEN_SECOND_TRY") == "1":
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and not find_chromium():
        pytest.skip("no Chromium on this machine")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    report = yield
    if item.get_closest_marker("browser") and report.skipped and not hasattr(report, "wasxfail"):
        report.user_properties.append(("browser_journey_skipped", True))
        if browser_required():
            report.outcome = "failed"
            report.longrepr = (
                f"{item.nodeid}: a browser journey was skipped, and YIMEN_REQUIRE_BROWSER=1 forbids that"
            )
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.config.stash[NOT_RUN] = sum(
        ("browser_journey_skipped", True) in getattr(report, "user_properties", [])
        for report in terminalreporter.stats.get("skipped", [])
    )
    if again := terminalreporter.stats.get("rerun", []):
        terminalreporter.section("journeys that needed a second try: each is a fault to find")
        for report in again:
            terminalreporter.line(f"{report.nodeid}\n{report.longreprtext}")


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """The last word of a run without a browser."""
    if count := config.stash.get(NOT_RUN, 0):
        print(f"{count} browser journeys NOT run")


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """The browser, started once; each journey opens a context of its own in it."""
    from playwright.sync_api import expect, sync_playwright

    # How long a page takes says how busy the machine is, and nothing of the page.
    expect.set_options(timeout=PATIENCE)

    # Playwright keeps an event loop in this thread; Django would then refuse ordinary queries in the test.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=find_chromium(),
            # Root has no sandbox to give, containers have a small /dev/shm, and nothing of it shall call home.
            args=[
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                # A camera that is none: a test picture, and nobody asked whether it may be used.
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
            ],
        )
        yield browser
        browser.close()
