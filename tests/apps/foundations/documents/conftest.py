"""A clerk of one community, a case, and a file store that is thrown away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.foundations.documents.files_as_sent import COMMUNITY
from yimen.foundations.access.api import create_account, grant_role
from yimen.foundations.documents.api import IssuingUnit
from yimen.foundations.documents.permissions import ISSUE_LETTER, OPEN, STORE
from yimen.kernel.ids import uuid7

PASSWORD = "Panhuo-2026-east"


@pytest.fixture(autouse=True)
def file_store(settings, tmp_path):
    """A file store of the test's own."""
    settings.YIMEN_FILES = tmp_path / "files"
    return settings.YIMEN_FILES


@pytest.fixture
def clerk(make_actor):
    return make_actor(STORE, OPEN, ISSUE_LETTER, area=COMMUNITY)


@pytest.fixture
def case():
    return uuid7()


@pytest.fixture
def unit():
    return IssuingUnit(area="330212007", name="潘火街道办事处", mark="潘街")


@pytest.fixture
def sign_in(client, system, acting):
    """``sign_in("window_clerk")``: a browser of somebody who holds this role; answers the account."""

    def come_in(role, *, area=COMMUNITY, username="wang.min", name="王敏"):
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
