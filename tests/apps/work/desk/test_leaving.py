"""A clerk leaves in the middle of the day: who takes over finds her half-done intakes and the papers she had taken."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.foundations.documents import files_as_sent as sent
from tests.apps.work.desk.conftest import matter
from tests.apps.work.desk.test_parking import HALF
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.definitions.api import publish
from yimen.kernel.clock import day_of

PAPERS = [{"key": "bill", "title": "票据", "keep": "copy", "reuse_days": 90}]
TYPED = {"paper-bill": "missing"}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.YIMEN_FILES = tmp_path / "files"


@pytest.fixture
def window(street, acting, system, signed_in):
    """``window("wang")``: a browser of its own in which this clerk is signed in; a matter takes copies of bills."""
    at = timezone.now() - timedelta(days=2)
    with acting(system):
        publish(
            by=system, at=at, effective_on=day_of(at), kind="matter", key="bills", body=matter(papers=PAPERS)
        )

    def enter(name, role="window_clerk"):
        signed_in(name, role)
        browser = Client()
        assert browser.post("/sign-in", {"username": name, "password": "Panhuo-2026-east"}).status_code == 302
        return browser

    return enter


def close(acting, system, leaver, heir=""):
    with acting(system):
        known = {one.username: one.public_id for one in access.accounts(by=system)}
        access.close_account(
            by=system, at=timezone.now(), account=known[leaver], reason="调离", to=known.get(heir)
        )
    run_pending_jobs()


def park(browser, person, key="page-1"):
    told = HALF | TYPED | {"act": "park", "request_key": key}
    assert browser.post(f"/desk/new/bills/?person={person}", told).status_code == 302


def chips(browser):
    page = browser.get("/").content.decode()
    return [html.unescape(link) for link in re.findall(r'class="chip" href="([^"]+)" data-chip', page)]


def take(browser, person):
    told = {"do": "add", "files": [sent.upload(sent.picture(), "1.jpg")]}
    assert browser.post(f"/desk/new/bills/papers/bill/?person={person}", told).status_code == 302


def waiting(browser, person):
    """The addresses of the pages that wait in this browser's form."""
    page = browser.get(f"/desk/new/bills/?person={person}").content.decode()
    return sorted(set(re.findall(r"/desk/pages/[0-9a-f-]{36}/", page)))


def test_the_heir_finds_what_was_parked_and_the_papers_that_wait(window, acting, system, person):
    wang, li = window("wang"), window("li")
    park(wang, person)
    take(wang, person)
    [page] = waiting(wang, person)
    assert chips(li) == waiting(li, person) == []
    close(acting, system, "wang", "li")
    [chip] = chips(li)
    assert "孩子在哭，先等等" in li.get(chip).content.decode()
    assert waiting(li, person) == [page]
    picture = li.get(page)
    assert picture.status_code == 200 and b"".join(picture.streaming_content)
    assert "没办完的受理由您接着办" in li.get("/messages/").content.decode()


def test_papers_the_heir_took_herself_stay_before_her(window, acting, system, person):
    wang, li = window("wang"), window("li")
    take(wang, person)
    take(li, person)
    own = waiting(li, person)
    close(acting, system, "wang", "li")
    assert waiting(li, person) == own


def test_without_an_heir_nobody_finds_them_and_no_colleague_is_told(window, acting, system, person):
    wang, li = window("wang"), window("li")
    park(wang, person)
    take(wang, person)
    close(acting, system, "wang")
    assert chips(li) == waiting(li, person) == []
    assert "没办完的受理" not in li.get("/messages/").content.decode()


def test_an_heir_who_accepts_nothing_is_given_nothing(window, acting, system, person):
    wang = window("wang")
    grid = window("zhao", "grid_worker")
    park(wang, person)
    close(acting, system, "wang", "zhao")
    assert chips(grid) == []
    assert "没办完的受理" not in grid.get("/messages/").content.decode()
