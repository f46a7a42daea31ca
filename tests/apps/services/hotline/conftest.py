"""The street of the desk, its posts signed in, and a roster."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, STREET
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as
from yimen.kernel.clock import day_of
from yimen.services.hotline.models import Shift

WORD = "Panhuo-2026-east"


@pytest.fixture
def signed_in(street, system):
    """``signed_in("li", "window_clerk", area=…)``: a browser of its own in which such an account is signed in."""

    def enter(username, role, *, area=HOME):
        on = timezone.now() - timedelta(hours=1)  # pages read the clock
        with act_as(system, on=day_of(on)):
            account = access.create_account(
                by=system, at=on, username=username, name=f"{username}同事", password=WORD, area=area,
                must_change=False,
            )  # fmt: skip
            access.grant_role(
                by=system, at=on, account=account.public_id, role=role, area=area, since=day_of(on)
            )
        browser = Client()
        assert browser.post("/sign-in", {"username": username, "password": WORD}).status_code == 302
        return browser

    return enter


@pytest.fixture
def clerk(signed_in, street):
    return signed_in("li", "window_clerk")


@pytest.fixture
def officer(signed_in, street):
    return signed_in("zhao", "section_officer", area=STREET)


@pytest.fixture
def stands(system, street):
    """``stands("li", hours=(-9, -1))``: a shift of that account around now, as a roster made long ago would have it."""

    def put(username, *, hours, area=HOME):
        now = timezone.now()
        with act_as(system, on=day_of(now)):
            account = next(one for one in access.accounts(by=system) if one.username == username)
            return _shift(
                by=system,
                at=now,
                area=area,
                account=account,
                hours=hours,
                on=day_of(now + timedelta(hours=hours[0])),
            )

    return put


def _shift(*, by, at, area, account, hours, on):
    from yimen.foundations.audit.api import operation, record

    @operation("tests.shift.put")
    def put(*, by, at):
        """A shift (班) that has begun already, which no page makes."""
        shift = Shift.objects.create(
            area=area, street=area[:9], on=on, part=f"p{hours[0]}"[:20], title="夜班",
            starts=at + timedelta(hours=hours[0]), ends=at + timedelta(hours=hours[1]),
            account=account.public_id, account_name=account.name, made_by=by.key, made_at=at,
        )  # fmt: skip
        record(shift, kind="shift", area=area)
        return shift

    return put(by=by, at=at)
