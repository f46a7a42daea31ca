"""The first accounts come from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from yimen.foundations.access import api
from yimen.foundations.access.models import Account
from yimen.foundations.access.ports import Role
from yimen.foundations.bus.api import act_as
from yimen.kernel.clock import day_of


@pytest.fixture(autouse=True)
def _administrator_role(monkeypatch):
    role = Role("administrator", "系统管理员", "", frozenset({"access.manage_accounts"}))
    monkeypatch.setattr("yimen.foundations.access.ports._source", lambda *, on: {role.key: role})


def _create(**more):
    out = StringIO()
    call_command("create_administrator", "admin", name="赵敏", area="330212007", stdout=out, **more)
    return out.getvalue()


def test_the_printed_password_opens_the_door_once_and_must_be_changed(db):
    printed = _create()
    password = printed.split("首次口令：")[1].split("\n")[0]
    at = timezone.now()
    with act_as(api.DOORKEEPER, on=day_of(at)):
        answer = api.sign_in(by=api.DOORKEEPER, at=at, username="admin", password=password)
    assert answer.ok
    assert answer.must_change
    actor = api.actor_of(Account.objects.get().public_id, on=day_of(at))
    assert actor.areas_for("access.manage_accounts") == ("330212007",)


def test_a_second_one_of_the_same_name_is_refused_in_words(db):
    _create()
    with pytest.raises(CommandError, match="已被使用"):
        _create()


def test_an_unknown_role_leaves_no_account_behind(db):
    with pytest.raises(CommandError, match="没有名为"):
        _create(role="auditor")
    assert not Account.objects.exists()
