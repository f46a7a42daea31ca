"""A community worker, a sender, and residents with their ways."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.foundations.messages.residents import COMMUNITY, RESIDENTS
from yimen.foundations.access.api import create_account, grant_role
from yimen.foundations.audit.api import operation, record
from yimen.foundations.messages.api import tell_person
from yimen.foundations.messages.permissions import READ_INBOX, WORK_CALLS
from yimen.kernel.ids import uuid7

PASSWORD = "Panhuo-2026-east"


@pytest.fixture
def residents():
    yield RESIDENTS
    RESIDENTS.reaches.clear()
    RESIDENTS.phones.clear()


@pytest.fixture
def worker(make_actor):
    return make_actor(WORK_CALLS, READ_INBOX, area=COMMUNITY, name="社工小李")


@operation("tests.case.told")
def _tell(*, by, at, person, title, text, area, link):
    told = tell_person(by=by, at=at, person=person, title=title, text=text, area=area, link=link)
    record(uuid7(), kind="case", area=area)
    return told


@pytest.fixture
def tell_resident(acting, now):
    """``tell_resident(sender, person)``: an app above tells a resident within a deed of its own."""

    def tell(
        by,
        person,
        *,
        at=now,
        title="您的办件有结果了",
        text="请带身份证来取。",
        area=COMMUNITY,
        link="/cases/1/",
    ):
        with acting(by, on=at.date()):
            return _tell(by=by, at=at, person=person, title=title, text=text, area=area, link=link)

    return tell


@pytest.fixture
def sign_in(client, system, acting):
    """``sign_in("community_worker")``: a browser of somebody who holds this role; answers the account."""

    def come_in(role, *, area=COMMUNITY, username="li.min", name="李敏"):
        at = timezone.now()
        with acting(system, at.date()):
            account = create_account(
                by=system,
                at=at,
                username=username,
                name=name,
                password=PASSWORD,
                area=area,
                must_change=False,
            )
            grant_role(
                by=system,
                at=at,
                account=account.public_id,
                role=role,
                area=area,
                since=at.date() - timedelta(days=1),
            )
        answer = client.post("/sign-in", {"username": username, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return account

    return come_in
