"""What every test may use: a real PostgreSQL in which the tests are the app role, and actors of two streets."""

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql
from xdist.scheduler import LoadFileScheduling

from tests.journeys.filled import world_name
from yimen.foundations.audit.gateways import file_of_heads
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import Actor, ActorKind, Hold, system_actor
from yimen.kernel.ids import uuid7

STREET, OTHER_STREET = "330212007", "330212008"
TODAY = date(2026, 11, 20)  # a Friday, an ordinary working day
# One test of these takes as long as a whole file of others. Only one of the first two needs the world of the journeys,
# so that no worker waits for another to make it; the third asks four pages at once while the second waits for its browser.
DEMO = "tests/apps/demo/"
LONG = (
    DEMO,
    "tests/journeys/test_every_page.py",
    "tests/journeys/test_leaks.py",
    "tests/bench/",
    "tests/journeys/",
    "tests/upgrade/",
    # Half a minute and more each: whoever drew one of these last would keep the whole run waiting.
    "tests/architecture/",
    "tests/apps/work/ledger/",
    "tests/apps/work/desk/",
    "tests/apps/services/care/",
    "tests/apps/foundations/ui/",
    "tests/tools/",
)
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
# How long an example takes says how busy the machine is, and nothing of the code.
hypothesis_settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("here")


def _owner(name: str) -> psycopg.Connection:
    owner = connections["owner"].settings_dict
    return psycopg.connect(
        dbname=name,
        user=owner["USER"],
        password=owner["PASSWORD"],
        host=owner["HOST"],
        port=owner["PORT"] or None,
        autocommit=True,
    )


def _drop(server: psycopg.Connection, name: str, *, patience: float) -> bool:
    # Not FORCE: the owner may not end a session of the app role, and a session that was just closed takes a moment.
    until = time.monotonic() + patience
    while True:
        try:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            return True
        except psycopg.errors.ObjectInUse:
            if time.monotonic() > until:
                return False
            time.sleep(0.2)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """Make a database as the owner, migrate it as the owner, and test as the app role."""
    home = settings.DATABASES["owner"]["NAME"]
    name = os.environ.get("YIMEN_TEST_DB", "test_yimen") + os.environ.get("PYTEST_XDIST_WORKER", "")
    with _owner(home) as server:
        assert _drop(server, name, patience=60), f"{name} is in use by somebody else"
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    _go_to(name)
    with django_db_blocker.unblock():
        call_command("migrate", database="owner", verbosity=0, skip_checks=True)
        if "yimen.foundations.definitions" in settings.YIMEN_APPS:
            call_command("sync_definitions", verbosity=0)
            # It is in the trail, too; a test that reads the whole trail shall not depend on who emptied it before.
            _empty()
    yield
    with django_db_blocker.unblock():
        _close()
        _go_to(home)
    with _owner(home) as server:
        # What is left behind on a loaded machine is a throw-away database on a throw-away server.
        _drop(server, name, patience=10)


@pytest.fixture(scope="session")
def other_database(django_db_setup):
    """``with other_database("demo"):`` a copy of the empty database for as long as the block runs; yields its owner."""

    @contextmanager
    def enter(name: str) -> Iterator[psycopg.Connection]:
        home = connections["owner"].settings_dict["NAME"]
        name = f"{home}_{name}"
        _close()
        with _owner(settings.DATABASES["owner"]["NAME"]) as server:
            assert _drop(server, name, patience=60), f"{name} is in use by somebody else"
            copied = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            server.execute(copied.format(*map(sql.Identifier, (name, home))))
            _go_to(name)
            file_of_heads().unlink(missing_ok=True)
            try:
                with _owner(name) as owner:
                    yield owner
            finally:
                _close()
                file_of_heads().unlink(missing_ok=True)
                _go_to(home)
                _drop(server, name, patience=10)

    return enter


def _empty() -> None:
    """As the owner: no row is left but the definitions."""
    with _owner(connections["owner"].settings_dict["NAME"]) as owner:
        rows = owner.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'definitions_%'"
            " AND tablename <> 'django_migrations'"
        )
        has_any = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
        asked = [has_any.format(sql.Literal(name), sql.Identifier(name)) for (name,) in rows]
        # Emptying a table costs the same when nothing is in it, and a test writes a few of some hundred.
        if written := owner.execute(sql.SQL(" UNION ALL ").join(asked)).fetchall():
            tables = sql.SQL(", ").join(sql.Identifier(name) for (name,) in written)
            owner.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(tables))


def _go_to(name: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = name


def _close() -> None:
    for alias in ("default", "owner"):
        connections[alias].close()


class ByFile(LoadFileScheduling):
    """One worker has all tests of a file, and of the whole demo, which is loaded once."""

    def _split_scope(self, nodeid):
        return DEMO if nodeid.startswith(DEMO) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What takes long begins first, so that no worker waits for another at the start or at the end."""
    items.sort(
        key=lambda item: next((n for n, long in enumerate(LONG) if item.nodeid.startswith(long)), len(LONG))
    )


def pytest_collection_finish():
    """What was collected never dies: no collection walks over it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_sessionfinish(session):
    """Whoever started the run forgets the world of its journeys; its workers may still be copying it."""
    if not hasattr(session.config, "workerinput"):
        with _owner(settings.DATABASES["owner"]["NAME"]) as server:
            _drop(server, world_name(), patience=10)


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords():
    """Hundreds of accounts are opened to sign in once: their passwords need not cost what real ones cost."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def _no_heads_of_another_test():
    """What a test seals it rolls back, but its heads outside of the database stay: the next one begins without them."""
    file_of_heads().unlink(missing_ok=True)


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker):
    """A database whose commits are real (several connections, processes); emptied afterwards by the owner."""
    with django_db_blocker.unblock():
        yield
        connections["default"].close()
        _empty()
        file_of_heads().unlink(missing_ok=True)


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def make_actor():
    """``make_actor("people.find", area="330212007001")``: a staff actor with these permissions there."""

    def make(*permissions: str, area: str = STREET, name: str = "测试员") -> Actor:
        account = uuid7()
        return Actor(
            key=f"account:{account}",
            name=name,
            kind=ActorKind.STAFF,
            holds=(Hold(role="test", area=area, permissions=frozenset(permissions)),),
            account=account,
        )

    return make


@pytest.fixture
def system() -> Actor:
    return system_actor("tests")


@pytest.fixture
def acting(db):
    """``with acting(actor):`` one transaction in which this actor's reach is set in the database."""
    return lambda actor, on=TODAY: act_as(actor, on=on)
