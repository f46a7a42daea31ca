"""The demo, loaded once for all tests of this folder by the command itself, and gone afterwards."""

import io
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from yimen.demo.engine.staff import LOGINS, PASSWORD
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import day_of


@pytest.fixture(scope="package")
def told(other_database, django_db_blocker):
    """What ``load_demo`` said; everything it wrote is there until the last of them, and nothing that they write stays.

    In one transaction with its loading, the database would not know how many rows lie where, and search for minutes.
    """
    out = io.StringIO()
    with django_db_blocker.unblock(), other_database("demo") as owner:
        call_command("load_demo", stdout=out)
        owner.execute("ANALYZE")
        with transaction.atomic():
            yield out.getvalue()
            transaction.set_rollback(True)


@pytest.fixture(scope="package")
def now(told):
    return timezone.now()


@pytest.fixture
def everywhere(told, now):
    """Acting as the system, which sees both streets; yields the actor."""

    @contextmanager
    def enter():
        by = system_actor("tests")
        with act_as(by, on=day_of(now)):
            yield by

    return enter


@pytest.fixture(scope="package")
def browsers(told):
    """A signed-in browser for every login of the demo, by login name."""
    found = {}
    for login in LOGINS:
        browser = Client()
        answer = browser.post("/sign-in", {"username": login.username, "password": PASSWORD})
        assert answer.status_code == 302, login.username
        found[login.username] = browser
    return found
