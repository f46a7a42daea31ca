from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.apps.work.desk.conftest import FAR, HOME, OTHER_STREET, STREET, street
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as, run_pending_jobs
from yimen.kernel.clock import day_of

__all__ = ["street"]
WORD = "Panhuo-2026-east"
STAFF = (
    ("head", "community_head", HOME),
    ("window", "window_clerk", STREET),
    ("worker", "community_worker", HOME),
    ("admin", "administrator", STREET),
    ("farhead", "community_head", FAR),
    ("farwindow", "window_clerk", OTHER_STREET),
)


@pytest.fixture
def enter(street, acting, system, client):
    at = timezone.now() - timedelta(hours=1)
    with acting(system, on=day_of(at)):
        for username, role, area in STAFF:
            account = access.create_account(
                by=system,
                at=at,
                username=username,
                name=f"{username}员",
                password=WORD,
                area=area,
                must_change=False,
            )
            access.grant_role(
                by=system, at=at, account=account.public_id, role=role, area=area, since=day_of(at)
            )

    def sign_in(username="head"):
        with act_as(access.DOORKEEPER, on=day_of(timezone.now())):
            assert client.post("/sign-in", {"username": username, "password": WORD}).status_code == 302
        return client

    return sign_in


class Desk:
    """Somebody at the pages of imports."""

    def __init__(self, browser):
        self.browser = browser

    def send(self, data, *, name="名册.xlsx", kind="people.residents", area=HOME):
        told = {"importer": kind, "area": area, "request_key": str(uuid4())}
        return self.browser.post("/imports/new/", told | {"file": SimpleUploadedFile(name, data)})

    def post(self, page, **told):
        return self.browser.post(page, {"request_key": str(uuid4()), **told})

    def batch(self, data, **how):
        """Upload, take the columns as proposed, and have it checked: the page of the batch."""
        answer = self.send(data, **how)
        assert answer.status_code == 302, answer.content.decode()
        return self.check(answer.url)

    def check(self, columns, **changed):
        page = self.browser.get(columns)
        form = page.context["page"]["form"]
        told = {name: form.initial.get(name, "") for name in form.fields} | changed
        answer = self.post(columns, **told)
        assert answer.status_code == 302, answer.content.decode()
        run_pending_jobs()
        return answer.url

    def write(self, page, way="all"):
        answer = self.post(f"{page}write/", way=way)
        run_pending_jobs()
        return answer

    def text(self, page):
        return self.browser.get(page).content.decode()


@pytest.fixture
def desk(enter):
    return lambda username="head": Desk(enter(username))


@pytest.fixture
def make_administrator(desk):
    return desk("admin")
