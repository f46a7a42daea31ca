"""Who is given what, where and for how long."""

from datetime import timedelta

import pytest

from yimen.foundations.access import api
from yimen.foundations.access.models import Grant, Tie
from yimen.foundations.audit.api import NotInner, operation
from yimen.foundations.audit.models import TrailRow
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import NotAllowed, NotFound, NotPossible

STREET = "330212007"
COMMUNITY = "330212007001"
GOOD = "Panhuo-2026-east"


@pytest.fixture
def give(granter, acting, now, today):
    def grant(account, role, *, area=COMMUNITY, since=today, until=None, by=granter):
        with acting(by):
            return api.grant_role(
                by=by, at=now, account=account.public_id, role=role, area=area, since=since, until=until
            )

    return grant


def test_an_account_is_opened_in_the_area_of_who_opens_it(keeper, acting, now):
    with acting(keeper):
        made = api.create_account(by=keeper, at=now, username="li.qiang", name="李强", password=GOOD)
        assert (made.area, made.must_change, made.opened_by) == (STREET, True, keeper.key)
        assert TrailRow.objects.get(subject=made.public_id).verb == "access.account.created"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"username": "wang.fang"}, api.UsernameTaken),
        ({"username": "li qiang"}, api.BadUsername),
        ({"username": " "}, api.BadUsername),
        ({"password": "Short-1a"}, api.WeakPassword),
        ({"password": "onlysmallletters"}, api.WeakPassword),
        ({"password": "Li.qiang-2026-x"}, api.WeakPassword),
        ({"password": "李强Aa-20261120"}, api.WeakPassword),
        ({"password": "Aa1111111111"}, api.WeakPassword),
        ({"area": "330212008"}, NotAllowed),
        ({"area": "330212"}, NotAllowed),
    ],
)
def test_an_account_is_not_opened_with(account, keeper, acting, now, given, refusal):
    wanted = {"username": "li.qiang", "name": "李强", "password": GOOD, **given}
    with acting(keeper), pytest.raises(refusal):
        api.create_account(by=keeper, at=now, **wanted)


def test_who_has_no_permission_opens_no_account(make_actor, acting, now):
    clerk = make_actor("desk.accept_case")
    with acting(clerk), pytest.raises(NotAllowed):
        api.create_account(by=clerk, at=now, username="li.qiang", name="李强", password=GOOD)


def test_a_grant_gives_permissions_in_its_area_for_its_period(account, give, today):
    give(account, "clerk", since=today, until=today + timedelta(10))
    for days, held in ((-1, False), (0, True), (9, True), (10, False)):
        actor = api.actor_of(account.public_id, on=today + timedelta(days))
        assert actor.can("desk.accept_case", area=COMMUNITY) is held
        assert not actor.can("desk.accept_case", area="330212007002")


def test_granting_the_same_twice_gives_it_once(account, give):
    assert give(account, "clerk") == give(account, "clerk")
    assert Grant.objects.count() == 1


def test_a_role_is_taken_back_from_a_day_on(account, give, granter, acting, now, today):
    grant = give(account, "clerk", since=today - timedelta(5))
    with acting(granter):
        api.revoke_grant(by=granter, at=now, grant=grant.public_id)
    assert api.actor_of(account.public_id, on=today - timedelta(1)).reach == (COMMUNITY,)
    assert api.actor_of(account.public_id, on=today).reach == ()


def test_a_grant_that_has_not_begun_is_taken_back_entirely(account, give, granter, acting, now, today):
    grant = give(account, "clerk", since=today + timedelta(5))
    with acting(granter):
        api.revoke_grant(by=granter, at=now, grant=grant.public_id)
    assert api.actor_of(account.public_id, on=today + timedelta(6)).holds == ()


def test_nobody_grants_beyond_ones_area_or_to_oneself_or_what_does_not_exist(
    account, give, granter, acting, now, today
):
    with pytest.raises(NotAllowed):
        give(account, "clerk", area="330212")
    with pytest.raises(api.CannotGrant, match="没有名为"):
        give(account, "wizard")
    with pytest.raises(api.CannotGrant, match="止日"):
        give(account, "clerk", until=today)
    give(account, "granter", area=STREET)
    myself = api.actor_of(account.public_id, on=today)
    with pytest.raises(api.CannotGrant, match="给自己"):
        give(account, "clerk", by=myself)


@pytest.mark.parametrize(
    ("first", "second"), [("keeper", "granter"), ("granter", "auditor"), ("auditor", "keeper")]
)
def test_system_security_and_audit_are_never_in_one_hand(account, give, first, second):
    give(account, first)
    with pytest.raises(api.CannotGrant, match="三权分立"):
        give(account, second)


def test_a_role_that_is_no_longer_defined_gives_no_reach(account, give, today, monkeypatch):
    give(account, "clerk")
    monkeypatch.setattr("yimen.foundations.access.ports._source", lambda *, on: {})
    assert api.actor_of(account.public_id, on=today).reach == ()


def test_a_closed_account_is_no_actor(account, keeper, acting, now, today):
    with acting(keeper):
        api.close_account(by=keeper, at=now, account=account.public_id, reason="调离")
    with pytest.raises(NotFound):
        api.actor_of(account.public_id, on=today)


def test_an_administrator_does_not_touch_his_own_account(open_account, give, acting, now, today):
    mine = open_account("admin", "赵敏")
    give(mine, "keeper", area=STREET)
    me = api.actor_of(mine.public_id, on=today)
    with acting(me), pytest.raises(api.OwnAccount):
        api.reset_password(by=me, at=now, account=mine.public_id, password="Other-2026-pass")
    with acting(me), pytest.raises(api.OwnAccount):
        api.close_account(by=me, at=now, account=mine.public_id, reason="试试")


def test_accounts_of_another_street_are_not_seen_and_not_touched(open_account, keeper, acting, now):
    far = open_account("far.away", "孙丽", area="330212008")
    with acting(keeper):
        assert list(api.accounts(by=keeper)) == []
        with pytest.raises(NotFound):
            api.account(far.public_id, by=keeper)
        with pytest.raises(NotAllowed):
            api.reset_password(by=keeper, at=now, account=far.public_id, password="Other-2026-pass")


@operation("tests.tie.wanted")
def _let_see(*, by, at, **given):
    return api.tie(by=by, at=at, **given).public_id


@operation("tests.tie.unwanted")
def _stop_seeing(*, by, at, **given):
    return api.untie(by=by, at=at, **given)


def test_a_tie_is_made_and_ended_only_within_another_operation(account, system, acting, now, today):
    wanted = {"account": account.public_id, "kind": "case", "subject": uuid7(), "reason": "受理"}
    with acting(system):
        with pytest.raises(NotInner):
            api.tie(by=system, at=now, **wanted)
        assert _let_see(by=system, at=now, **wanted) == _let_see(by=system, at=now, **wanted)
        assert [tie.subject for tie in api.ties_of(account.public_id, on=today)] == [wanted["subject"]]
        assert (
            _stop_seeing(
                by=system, at=now, account=account.public_id, subject=wanted["subject"], reason="受理"
            )
            == 1
        )
        assert not api.ties_of(account.public_id, on=today)
    assert Tie.objects.count() == 1


def test_a_tie_needs_a_reason_and_a_period_that_ends_after_it_begins(account, system, acting, now, today):
    wanted = {"account": account.public_id, "kind": "case", "subject": uuid7()}
    with acting(system):
        for more in ({"reason": ""}, {"reason": "受理", "until": today}):
            with pytest.raises(NotPossible):
                _let_see(by=system, at=now, **wanted, **more)


def test_actor_keys_are_turned_into_names_in_one_query(account, system, django_assert_num_queries):
    with django_assert_num_queries(1):
        names = api.names_of({account.key, "system:seal"})
    assert names == {account.key: "王芳", "system:seal": "系统·seal"}
