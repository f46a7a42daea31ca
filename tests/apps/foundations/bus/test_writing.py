"""Rows written by kept statements are the rows that the model's own way would have written."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests.conftest import NOW, STREET, TODAY
from yimen.foundations.access.models import Account, Grant
from yimen.foundations.bus.api import Deed, act_as, add_rows, leave_rows, open_deed
from yimen.kernel.ids import uuid7


@pytest.fixture(autouse=True)
def _deed(db, system):
    with act_as(system, on=TODAY), open_deed(Deed(id=uuid7(), verb="tests.rows.written", by=system, at=NOW)):
        yield


def account(name):
    told = {
        "username": name,
        "name": name,
        "kind": "staff",
        "area": STREET,
        "password": "!",
        "opened_by": "tests",
    }
    return Account(**told, password_at=NOW, opened_at=NOW)


def grant(of, role="leader"):
    return Grant(account=of, role=role, area=STREET, since=date(2026, 1, 1), granted_by="tests")


def test_rows_get_their_numbers_in_their_order(django_assert_num_queries):
    rows = [account("anna"), account("berta"), account("clara")]
    with django_assert_num_queries(1):
        add_rows(rows)
    assert [row.pk for row in rows] == sorted(row.pk for row in rows)
    for row in rows:
        kept = Account.objects.get(pk=row.pk)
        assert all(
            getattr(kept, field.attname) == getattr(row, field.attname) for field in Account._meta.fields
        )


def test_rows_of_another_model_point_to_new_ones_in_the_same_statement(django_assert_num_queries):
    anna, berta = account("anna"), account("berta")
    with django_assert_num_queries(1):
        add_rows([anna, berta], [grant(berta), grant(anna), grant(berta, "window_clerk")])
    assert set(Grant.objects.values_list("account__username", "role")) == {
        ("anna", "leader"),
        ("berta", "leader"),
        ("berta", "window_clerk"),
    }


def test_rows_that_point_to_old_ones_are_left_together_with_a_last_statement(django_assert_num_queries):
    anna = account("anna")
    add_rows([anna])
    last = ("UPDATE access_account SET name = %s WHERE id = %s", ["安娜", anna.pk])
    with django_assert_num_queries(1):
        leave_rows([grant(anna)], [account("berta")], last=last)
    assert Grant.objects.get().account.name == "安娜" and Account.objects.filter(username="berta").exists()


def test_nothing_is_asked_where_nothing_is_to_be_written(django_assert_num_queries):
    with django_assert_num_queries(0):
        add_rows([])
        leave_rows([], [])


def test_when_one_row_is_refused_none_is_written():
    anna = account("anna")
    with pytest.raises(IntegrityError), transaction.atomic():
        add_rows([anna], [grant(anna), grant(anna)])
    assert not Account.objects.filter(username="anna").exists()
    assert not connection.needs_rollback
