"""The resident side: a process on the internet serves residents and knows nothing of the staff."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.apps.doors.portal.test_looks import PASSWORD, make, street
from yimen.foundations.ui.api import access_of

__all__ = ["make", "street"]
pytestmark = pytest.mark.django_db
BEGINNINGS = {"<uuid:": str(UUID(int=7)), "<int:": "7", "<date:": "2026-01-01"}


@pytest.fixture
def resident_side(settings):
    settings.YIMEN_SIDE = "resident"


def _addresses():
    def walk(patterns, before):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, before + str(pattern.pattern))
            else:
                yield before + str(pattern.pattern), access_of(pattern.callback)

    return list(walk(get_resolver().url_patterns, "/"))


def _filled(address: str) -> str:
    parts = []
    for part in address.split("/"):
        kind = next((kind for kind in BEGINNINGS if part.startswith(kind)), "")
        parts.append(BEGINNINGS.get(kind, "x" if part.startswith("<") else part))
    return "/".join(parts)


def test_no_page_of_the_staff_is_there(resident_side, make):
    make("xiuying", "王秀英", kind="resident")
    resident = Client()
    assert resident.post("/sign-in", {"username": "xiuying", "password": PASSWORD}).status_code == 302
    staff_pages = [_filled(address) for address, access in _addresses() if access.permission]
    assert len(staff_pages) > 150
    for client in (Client(), resident):
        told = {page: client.get(page).status_code for page in staff_pages}
        assert {page: status for page, status in told.items() if status != 404} == {}


def test_staff_are_as_unknown_there_as_nobody(resident_side, make):
    make("clerk", "窗口小李", role="window_clerk")
    known = Client().post("/sign-in", {"username": "clerk", "password": PASSWORD})
    unknown = Client().post("/sign-in", {"username": "nobody", "password": PASSWORD})
    assert known.status_code == unknown.status_code == 422
    assert known.content.count("错误".encode()) == unknown.content.count("错误".encode())


def test_a_session_of_the_staff_side_opens_nothing_there(settings, make):
    make("clerk", "窗口小李", role="window_clerk")
    client = Client()
    assert client.post("/sign-in", {"username": "clerk", "password": PASSWORD}).status_code == 302
    settings.YIMEN_SIDE = "resident"
    there = Client()
    there.cookies = client.cookies
    assert "没有打开过您的档案" in there.get("/my/looks").content.decode()
    assert there.get("/people/").status_code == 404
    settings.YIMEN_SIDE = ""
    client = Client()
    client.cookies = there.cookies
    assert client.get("/people/").status_code == 200


def test_a_resident_reads_the_guide_and_her_own(resident_side, make):
    make("xiuying", "王秀英", kind="resident")
    client = Client()
    assert client.get("/").headers["Location"] == reverse("portal:catalogue")
    assert client.get(reverse("portal:catalogue")).status_code == 200
    assert client.post("/sign-in", {"username": "xiuying", "password": PASSWORD}).status_code == 302
    assert client.get("/my/looks").status_code == 200
