"""Where one is signed in: seen, ended by oneself, by an administrator, by a wrong hand at the screen, by leaving."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.foundations.access.conftest import GOOD, STREET
from yimen.foundations.access import api
from yimen.foundations.access.models import Session
from yimen.foundations.access.operations.sessions import end_sessions_of_leavers
from yimen.foundations.audit.models import TrailRow
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36 MicroMessenger/8"
)


@pytest.fixture
def account(open_account):
    return open_account(at=timezone.now())


def _enter(agent=FIREFOX, username="wang.fang"):
    client = Client(headers={"user-agent": agent})
    assert client.post("/sign-in", {"username": username, "password": GOOD}).status_code == 302
    return client


def _is_in(client):
    return client.get("/my/sessions").status_code == 200


def test_all_others_end_at_once_and_this_one_stays(account, acting, system):
    here, phone, tablet = _enter(), _enter(PHONE), _enter(PHONE)
    page = here.get("/my/sessions").content.decode()
    assert "Windows · Firefox" in page and "安卓 · 微信" in page and "结束其他所有登录" in page
    assert here.post("/my/sessions/end-others").status_code == 302
    assert _is_in(here) and not _is_in(phone) and not _is_in(tablet)
    assert "结束其他所有登录" not in here.get("/my/sessions").content.decode()
    assert here.post("/my/sessions/end-others").status_code == 302
    with acting(system):
        assert TrailRow.objects.filter(verb="access.sessions.others_ended").count() == 1


def test_an_administrator_ends_one_session_and_leaves_the_other(account, keeper, acting, open_account):
    here, phone = _enter(), _enter(PHONE)
    lost = Session.objects.get(agent=PHONE)
    at = timezone.now()
    with acting(keeper):
        api.end_sessions(
            by=keeper, at=at, account=account.public_id, session=lost.public_id, reason="手机遗失"
        )
    assert _is_in(here) and not _is_in(phone)
    stranger = open_account("li.qiang", "李强", at=at)
    with acting(keeper), pytest.raises(NotFound):
        # A session of somebody else is none of this account.
        api.end_sessions(by=keeper, at=at, account=stranger.public_id, session=lost.public_id, reason="误")


def test_guessing_the_password_at_an_open_screen_ends_the_session(account, settings):
    settings.YIMEN_SIGN_IN_FAILURES = 3
    left_open, elsewhere = _enter(), _enter(PHONE)
    for _ in range(3):
        assert _is_in(left_open)
        left_open.post("/password", {"old": "Wrong-1", "new": "Xiaying*1998", "again": "Xiaying*1998"})
    assert not _is_in(left_open) and not _is_in(elsewhere)
    assert set(Session.objects.values_list("ended_why", flat=True)) == {"locked"}


def test_guessing_at_the_door_puts_nobody_out_of_her_work(account, settings):
    settings.YIMEN_SIGN_IN_FAILURES = 3
    working = _enter()
    for _ in range(4):
        Client().post("/sign-in", {"username": "wang.fang", "password": "Wrong-password-1"})
    assert _is_in(working)


def _grant(account, acting, system, *, role="clerk", since=-30, until=None):
    today = day_of(timezone.now())
    with acting(system):
        return api.grant_role(
            by=system,
            at=timezone.now(),
            account=account.public_id,
            role=role,
            area=STREET,
            since=today + timedelta(days=since),
            until=None if until is None else today + timedelta(days=until),
        )


def _sweep(acting, system, *, days=0):
    with acting(system):
        return end_sessions_of_leavers(by=system, at=timezone.now() + timedelta(days=days))


def test_who_lost_the_last_role_is_signed_out_by_the_next_minute(account, acting, system):
    grant, other = _grant(account, acting, system), _grant(account, acting, system, role="granter")
    working = _enter()
    for taken, signed_out in ((other, 0), (grant, 1)):
        with acting(system):
            api.revoke_grant(by=system, at=timezone.now(), grant=taken.public_id)
        assert _sweep(acting, system) == signed_out
    assert not _is_in(working)
    assert _sweep(acting, system) == 0
    with acting(system):
        assert TrailRow.objects.filter(verb="access.sessions.of_leavers_ended").count() == 1


def test_whose_post_runs_out_is_signed_out_on_that_day(account, acting, system, settings):
    settings.YIMEN_SESSION_IDLE_MINUTES = 60 * 24 * 7
    _grant(account, acting, system, until=1)
    working = _enter()
    assert _sweep(acting, system) == 0 and _is_in(working)
    assert _sweep(acting, system, days=1) == 1 and not _is_in(working)


def test_somebody_new_without_a_role_stays_and_so_does_a_resident(account, acting, system, open_account):
    new = _enter()
    resident = open_account("wang.xiu", "王秀", at=timezone.now(), kind="resident")
    grant = _grant(resident, acting, system)
    at_home = _enter(username="wang.xiu")
    with acting(system):
        api.revoke_grant(by=system, at=timezone.now(), grant=grant.public_id)
    assert _sweep(acting, system) == 0
    assert _is_in(new) and _is_in(at_home)
