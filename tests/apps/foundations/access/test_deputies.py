"""Standing in for a colleague: for her role, some days, with a reason; begun and ended by itself, told to both."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.foundations.access.conftest import GOOD, STREET, TEST_ROLES
from yimen.foundations.access import api
from yimen.foundations.access.models import Grant
from yimen.foundations.audit.models import TrailRow
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound

HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"


@pytest.fixture(autouse=True)
def _roles_with_deputies(monkeypatch):
    clerk = replace(TEST_ROLES["clerk"], deputy_days=10)
    plain = replace(clerk, key="plain", title="内勤", permissions=frozenset({"desk.view_cases"}))
    guest = replace(plain, key="guest", title="讲师", opens=False, deputy_days=0)
    roles = TEST_ROLES | {"clerk": clerk, "plain": plain, "guest": guest}
    monkeypatch.setattr("yimen.foundations.access.ports._source", lambda *, on: roles)


@pytest.fixture
def today():
    """The street's day by the machine's clock: what a page takes for today."""
    return day_of(timezone.now())


@pytest.fixture
def give(acting, system, today):
    def make(account, role="clerk", area=HOME, since=-30, until=None):
        with acting(system):
            return api.grant_role(
                by=system,
                at=timezone.now(),
                account=account.public_id,
                role=role,
                area=area,
                since=today + timedelta(days=since),
                until=None if until is None else today + timedelta(days=until),
            )

    return make


@pytest.fixture
def staff(open_account, give):
    """``staff("wang", "王芳")``: a colleague with a role, signed in; ``.client`` is her browser, ``.grant`` her role."""

    def make(username, name, role="clerk", area=HOME):
        account = open_account(username, name, at=timezone.now())
        account.grant = give(account, role, area)
        account.client = Client()
        assert account.client.post("/sign-in", {"username": username, "password": GOOD}).status_code == 302
        return account

    return make


@pytest.fixture
def wang(staff):
    return staff("wang.fang", "王芳")


@pytest.fixture
def li(staff):
    return staff("li.qiang", "李强", role="plain", area=NEXT_DOOR)


def _typed(wang, deputy, today, *, first=0, last=4, reason="年休假", **more):
    return {
        "grant": str(wang.grant.public_id),
        "deputy": str(deputy.public_id),
        "since": (today + timedelta(days=first)).isoformat(),
        "last": (today + timedelta(days=last)).isoformat(),
        "reason": reason,
    } | more


def _may(account, on):
    return api.actor_of(account.public_id, on=on).can("desk.accept_case", area=HOME)


def test_a_deputy_holds_the_role_for_its_days_and_not_one_more(wang, li, today, acting, system):
    assert not _may(li, today)
    answer = wang.client.post("/my/deputies", _typed(wang, li, today, first=1, last=3))
    assert answer.status_code == 302
    days = [_may(li, today + timedelta(days=day)) for day in range(6)]
    assert days == [False, True, True, True, False, False]
    assert all(_may(wang, today + timedelta(days=day)) for day in range(6))
    # Both see it, and the trail of both tells of it.
    for client in (wang.client, li.client):
        page = client.get("/my/deputies").content.decode()
        assert "李强 代理 王芳" in page and "年休假" in page and "将开始" in page
    with acting(system):
        rows = TrailRow.objects.filter(verb="access.deputy.named").values_list("subject", flat=True)
        assert set(rows) == {wang.public_id, li.public_id}


def test_who_stands_in_is_told_on_every_page_and_the_database_lets_her_see(wang, li, today):
    wang.client.post("/my/deputies", _typed(wang, li, today))
    actor = api.actor_of(li.public_id, on=today)
    assert set(actor.reach) == {HOME, NEXT_DOOR} and actor.home == NEXT_DOOR
    assert [hold.for_whom for hold in actor.holds] == ["", "王芳"]
    told = [
        re.search(
            r'class="shell-today">(.*?)</p>', one.client.get("/my/deputies").content.decode(), re.DOTALL
        )[1]
        for one in (li, wang)
    ]
    assert "代理王芳" in told[0] and "代理" not in told[1]


@pytest.mark.parametrize("ends", ["wang", "li"])
def test_either_of_the_two_may_end_it_at_once(wang, li, today, ends):
    wang.client.post("/my/deputies", _typed(wang, li, today))
    [grant] = Grant.objects.filter(deputises=wang)
    hand = {"wang": wang, "li": li}[ends]
    assert hand.client.post(f"/my/deputies/{grant.public_id}/end").status_code == 302
    assert not _may(li, today)
    assert hand.client.post(f"/my/deputies/{grant.public_id}/end").status_code == 302
    assert "已结束" in wang.client.get("/my/deputies").content.decode()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"last": 10}, "最多代理 10 天，现在是 11 天"),
        ({"first": -1}, "今天或以后"),
        ({"first": 3, "last": 2}, "最后一天不能早于"),
        ({"first": 400, "last": 401}, "最多提前一年"),
        ({"reason": "  "}, "请写明事由"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_granted(wang, li, today, more, said):
    answer = wang.client.post("/my/deputies", _typed(wang, li, today, **more))
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Grant.objects.filter(deputises__isnull=False).exists()


def test_one_deputy_at_a_time_and_none_who_holds_the_role_anyway(wang, li, staff, today):
    zhao, sun = staff("zhao.min", "赵敏", area=HOME), staff("sun.li", "孙丽", role="plain")
    refused = wang.client.post("/my/deputies", _typed(wang, zhao, today))
    assert refused.status_code == 422 and "本来就担任" in refused.content.decode()
    assert wang.client.post("/my/deputies", _typed(wang, li, today)).status_code == 302
    refused = wang.client.post("/my/deputies", _typed(wang, sun, today, first=2, last=6))
    assert refused.status_code == 422 and "已由李强代理" in refused.content.decode()
    assert wang.client.post("/my/deputies", _typed(wang, sun, today, first=5, last=6)).status_code == 302


def test_a_double_click_names_one_deputy(wang, li, today):
    typed = _typed(wang, li, today, request_key="0123456789abcdef0123456789abcdef")
    assert [wang.client.post("/my/deputies", typed).status_code for _ in range(2)] == [302, 302]
    assert Grant.objects.filter(deputises=wang).count() == 1


def test_a_deputy_names_no_deputy_and_a_role_that_says_nothing_has_none(wang, li, staff, today):
    wang.client.post("/my/deputies", _typed(wang, li, today))
    [lent] = Grant.objects.filter(deputises=wang)
    third = staff("sun.li", "孙丽", role="plain")
    by = api.actor_of(li.public_id, on=today)
    with pytest.raises(NotFound):
        api.name_deputy(
            by=by,
            at=timezone.now(),
            grant=lent.public_id,
            deputy=third.public_id,
            since=today,
            last=today,
            reason="忙",
        )
    keeper = staff("yang.xi", "杨系", role="keeper", area=STREET)
    assert "没有可以由本人指定代理的角色" in keeper.client.get("/my/deputies").content.decode()
    mine = api.actor_of(keeper.public_id, on=today)
    with pytest.raises(api.CannotDeputise, match="安全管理员"):
        api.name_deputy(
            by=mine,
            at=timezone.now(),
            grant=keeper.grant.public_id,
            deputy=third.public_id,
            since=today,
            last=today,
            reason="休假",
        )


def test_colleagues_of_another_street_are_neither_shown_nor_taken(wang, li, staff, today):
    far = staff("far.away", "远金丝雀", area=FAR)
    page = wang.client.get("/my/deputies").content.decode()
    assert "李强" in page and "金丝雀" not in page
    answer = wang.client.post("/my/deputies", _typed(wang, far, today))
    assert answer.status_code == 422 and "本街道的同事" in answer.content.decode()
    by = api.actor_of(wang.public_id, on=today)
    with pytest.raises(api.CannotDeputise):
        api.name_deputy(
            by=by,
            at=timezone.now(),
            grant=wang.grant.public_id,
            deputy=far.public_id,
            since=today,
            last=today,
            reason="休假",
        )
    # A lecturer who sees by ties alone and an administrator are no colleagues for this.
    for role, name in (("guest", "讲金丝雀"), ("keeper", "管金丝雀")):
        other = staff(role, name, role=role, area=STREET)
        assert "金丝雀" not in wang.client.get("/my/deputies").content.decode()
        assert wang.client.post("/my/deputies", _typed(wang, other, today)).status_code == 422
    # Nor is somebody else's role hers to lend, nor somebody else's time hers to end.
    wang.client.post("/my/deputies", _typed(wang, li, today))
    [lent] = Grant.objects.filter(deputises=wang)
    assert far.client.post(f"/my/deputies/{lent.public_id}/end").status_code == 404
    theirs = api.actor_of(far.public_id, on=today)
    with pytest.raises(NotFound):
        api.name_deputy(
            by=theirs,
            at=timezone.now(),
            grant=wang.grant.public_id,
            deputy=li.public_id,
            since=today,
            last=today,
            reason="休假",
        )


def test_who_grants_roles_names_one_for_a_sick_colleague_but_never_herself(
    wang, li, staff, give, today, acting
):
    at, later = timezone.now(), today + timedelta(days=2)
    guard = staff("zhao.an", "赵安", role="granter", area=STREET)
    give(guard, "plain")
    by = api.actor_of(guard.public_id, on=today)
    with acting(by), pytest.raises(api.CannotDeputise, match="给自己"):
        api.name_deputy(
            by=by,
            at=at,
            grant=wang.grant.public_id,
            deputy=guard.public_id,
            since=today,
            last=later,
            reason="病假",
        )
    with acting(by):
        made = api.name_deputy(
            by=by,
            at=at,
            grant=wang.grant.public_id,
            deputy=li.public_id,
            since=today,
            last=later,
            reason="病假",
        )
    assert made.granted_by == guard.key and _may(li, later)
    assert "病假" in wang.client.get("/my/deputies").content.decode()


def test_it_ends_with_the_role_it_stands_for(wang, li, today, acting, system, give):
    wang.client.post("/my/deputies", _typed(wang, li, today))
    with acting(system):
        api.revoke_grant(by=system, at=timezone.now(), grant=wang.grant.public_id)
    assert not _may(li, today)


def test_it_ends_when_the_account_is_closed(wang, li, today, acting, system):
    wang.client.post("/my/deputies", _typed(wang, li, today))
    with acting(system):
        api.close_account(by=system, at=timezone.now(), account=wang.public_id, reason="离职")
    assert not _may(li, today)


def test_a_role_that_ends_meanwhile_is_lent_no_longer_than_it_is_held(open_account, li, give, today, staff):
    short = staff("chen.mei", "陈梅", role="plain")
    short.grant = give(short, "clerk", until=3)
    refused = short.client.post("/my/deputies", _typed(short, li, today))
    assert refused.status_code == 422 and "已不再担任" in refused.content.decode()
    assert short.client.post("/my/deputies", _typed(short, li, today, last=2)).status_code == 302
