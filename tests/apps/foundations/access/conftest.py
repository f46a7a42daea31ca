"""Accounts to sign in with, and those who look after them."""

from datetime import timedelta

import pytest

from yimen.foundations.access import api
from yimen.foundations.access.permissions import (
    GRANT_ROLES,
    MANAGE_ACCOUNTS,
    RESET_SECOND_FACTORS,
    VIEW_ACCOUNTS,
    VIEW_SIGN_INS,
)
from yimen.foundations.access.ports import Role
from yimen.foundations.bus.api import act_as

STREET = "330212007"
GOOD = "Panhuo-2026-east"
BETTER = "Xiaying*1998west"

TEST_ROLES = {
    role.key: role
    for role in (
        Role("clerk", "窗口", "", frozenset({"desk.accept_case"})),
        Role("keeper", "系统管理员", "", frozenset({MANAGE_ACCOUNTS, VIEW_ACCOUNTS})),
        Role("granter", "安全管理员", "", frozenset({GRANT_ROLES, VIEW_ACCOUNTS, VIEW_SIGN_INS})),
        Role("auditor", "审计员", "", frozenset({"audit.view_trail", VIEW_SIGN_INS})),
    )
}


@pytest.fixture(autouse=True)
def _own_roles(monkeypatch):
    """Roles of these tests, whatever the product ships."""
    monkeypatch.setattr("yimen.foundations.access.ports._source", lambda *, on: TEST_ROLES)


@pytest.fixture
def keeper(make_actor):
    return make_actor(MANAGE_ACCOUNTS, VIEW_ACCOUNTS, area=STREET)


@pytest.fixture
def granter(make_actor):
    return make_actor(GRANT_ROLES, RESET_SECOND_FACTORS, VIEW_ACCOUNTS, VIEW_SIGN_INS, area=STREET)


@pytest.fixture
def open_account(db, system, today, now):
    """``open_account("wang", "王芳")``: an account with the password GOOD, opened the day before."""

    def make(username="wang.fang", name="王芳", *, area=STREET, must_change=False, at=None, **more):
        with act_as(system, on=today):
            return api.create_account(
                by=system,
                at=at or now - timedelta(days=1),
                username=username,
                name=name,
                password=GOOD,
                area=area,
                must_change=must_change,
                **more,
            )

    return make


@pytest.fixture
def account(open_account):
    return open_account()
