"""Kept queries: worked out once, and yet each answer is the one of its own arguments."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from tests.conftest import NOW, STREET, TODAY
from yimen.foundations.access import api as access
from yimen.foundations.access.models import Account, Grant
from yimen.foundations.bus.api import NotKeepable, act_as, kept


@kept
def grants_of(account, on):
    return Grant.objects.filter(account__public_id=account).in_force(on).order_by("id")


@kept
def usernames(names, *, backwards=False):
    found = Account.objects.filter(username__among=names).order_by("username")
    return (found.reverse() if backwards else found).values_list("username", flat=True)


@kept
def rows_named(name):
    return Account.objects.filter(username=name).values_list("username", "must_change")


@kept
def oddly_named(role, on):
    """Two values that never change, one with a sign that means something to the driver, around one that does."""
    held = Grant.objects.filter(role=role, account=OuterRef("pk"), since__lte=on)
    odd = Q(name__contains="100%s'") | Q(name__endswith="%")
    return Account.objects.filter(odd, Exists(held)).order_by("name").values_list("name", flat=True)


@pytest.fixture
def accounts(db, system):
    with act_as(system, on=TODAY):
        made = [
            access.create_account(
                by=system, at=NOW, username=name, name=name, password="Panhuo-2026-east", area=STREET
            )
            for name in ("anna", "berta")
        ]
        access.grant_role(
            by=system, at=NOW, account=made[0].public_id, role="leader", area=STREET, since=TODAY
        )
        yield made


def test_each_call_is_answered_with_its_own_values(accounts):
    anna, berta = accounts
    for _ in range(3):
        assert [one.role for one in grants_of(anna.public_id, TODAY)] == ["leader"]
        assert grants_of(berta.public_id, TODAY) == []
        assert grants_of(anna.public_id, TODAY - timedelta(days=1)) == []


def test_a_list_of_any_length_is_one_value_and_a_keyword_is_part_of_the_query(accounts):
    assert usernames(["berta", "anna", "nobody"]) == ["anna", "berta"]
    assert usernames(["berta"]) == ["berta"]
    assert usernames([]) == []
    assert usernames(("anna", "berta"), backwards=True) == ["berta", "anna"]
    assert rows_named("anna") == [("anna", True)]


def test_the_second_call_sends_the_same_text_as_the_first(accounts):
    texts = []

    def noted(execute, text, given, *more):
        texts.append(text)
        return execute(text, given, *more)

    with connection.execute_wrapper(noted):
        usernames(["anna", "nobody"])
        usernames(["anna", "berta", "nobody"])
        assert usernames(["anna"]) == ["anna"]
        assert usernames(["berta"]) == ["berta"]
    assert texts[0] is texts[1]
    # For one PostgreSQL has a better plan than for a list, and keeps it.
    assert texts[2] is texts[3] is not texts[0]


def test_what_cannot_be_kept_says_so(db):
    @kept
    def beginning(name):
        return Account.objects.filter(username__startswith=name)

    @kept
    def dictionaries(name):
        return Account.objects.filter(username=name).values("username")

    with pytest.raises(NotKeepable):
        beginning("an")
    with pytest.raises(NotKeepable):
        dictionaries("anna")
    with pytest.raises(NotKeepable):
        rows_named(3.5)


def test_what_a_query_names_itself_stands_in_its_text_and_means_what_it_said(db, system):
    with act_as(system, on=TODAY):
        for username, name in (("anna", "安100%s'娜"), ("berta", "贝100s娜")):
            made = access.create_account(
                by=system, at=NOW, username=username, name=name, password="Panhuo-2026-east", area=STREET
            )
            access.grant_role(
                by=system, at=NOW, account=made.public_id, role="leader", area=STREET, since=TODAY
            )
    told = []
    with connection.execute_wrapper(
        lambda run, text, given, *more: told.append((text, given)) or run(text, given, *more)
    ):
        assert oddly_named("leader", TODAY) == ["安100%s'娜"]
        assert oddly_named("leader", TODAY - timedelta(days=1)) == []
    assert {text for text, _given in told} == {told[0][0]}
    assert "100" in told[0][0]
    assert [list(given) for _text, given in told] == [
        ["leader", TODAY],
        ["leader", TODAY - timedelta(days=1)],
    ]
