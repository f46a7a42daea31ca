"""A list comes in while the job process is killed in the middle of it: nobody is lost, nobody is written twice."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from tests.apps.foundations.imports.sheets import HEAD, number_of, residents, xlsx
from tests.journeys.product import Product

ROWS = 6000


@pytest.fixture
def worker_again(product: Product) -> Iterator[None]:
    """Other journeys need the job process, whatever happened here."""
    yield
    product.start_worker()


def _until(condition: Callable[[], object], *, seconds: float = 120) -> object:
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
    return found


def _one(owner: psycopg.Connection, question: str, *given: object) -> Any:
    return owner.execute(question, given).fetchone()[0]


def _sheet() -> bytes:
    rows = residents(ROWS)
    for n, row in enumerate(rows):
        row[1] = number_of(f"{1941 + n // 900 % 60}{n // 30 % 12 + 1:02d}{n % 28 + 1:02d}", n % 900 + 50)
        row[2] = ""
    return xlsx(("名册", [HEAD, *rows]))


@pytest.mark.usefixtures("worker_again")
def test_a_worker_that_dies_amid_a_batch_neither_loses_nor_doubles_anybody(
    product: Product, at_desk: Callable[..., Any]
) -> None:
    page = at_desk("window_clerk.001")
    page.goto("/imports/new/")
    page.get_by_label("导入什么").select_option(label="居民")
    file = {"name": "大名册.xlsx", "mimeType": "application/octet-stream", "buffer": _sheet()}
    page.get_by_label("表格文件").set_input_files(file)
    page.get_by_role("button", name="上传", exact=True).click()
    page.wait_for_url(re.compile(r"/imports/[0-9a-f-]{36}/"))
    if not page.url.endswith("/columns/"):
        # A larger file is read by a job, and the page says so meanwhile.
        page.get_by_text("请看一眼每一列是什么").wait_for(timeout=60_000)
        page.get_by_role("link", name="对应表头").click()
    page.get_by_role("button", name="开始核对").click()
    page.get_by_text("核对完了").wait_for(timeout=120_000)
    page.reload()
    people = "SELECT count(*) FROM people_person"
    mine = "batch_id = (SELECT max(id) FROM imports_batch)"
    written = f"SELECT coalesce(sum(written), 0) FROM imports_chunk WHERE {mine}"  # nosec B608 - our own words
    waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'people_membership'::regclass"
    with product.owner() as owner, product.owner() as other:
        before = _one(owner, people)
        good = _one(owner, f"SELECT sum(rows - bad) FROM imports_chunk WHERE {mine}")
        assert good > ROWS * 0.9
        with other.transaction():
            # The first portion comes as far as seating people in their households, and waits there.
            other.execute("LOCK TABLE people_membership IN SHARE MODE")
            page.get_by_role("button", name="导入").first.click()
            if good < ROWS:
                page.locator("[data-ask-yes]").click()
            _until(lambda: _one(owner, waits))
            product.kill("worker")
        _until(lambda: not _one(owner, waits))
        assert (_one(owner, people), _one(owner, written)) == (before, 0)
        owner.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '5 minutes'"
        )
        product.start_worker()
        product.free_stalled()
        page.get_by_text(f"已导入 {good} 人").wait_for(timeout=180_000)
        assert (_one(owner, people), _one(owner, written)) == (before + good, good)
        assert _one(owner, f"SELECT count(DISTINCT subject) FROM imports_importedrow WHERE {mine}") == good
        page.reload()
        page.get_by_role("button", name="撤销整批").click()
        page.locator("[data-ask-yes]").click()
        page.get_by_text("全部撤回").wait_for(timeout=240_000)
        assert _one(owner, people) == before
