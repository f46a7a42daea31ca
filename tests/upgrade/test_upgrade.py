"""A database of the first version takes today's tables: nothing is lost, every number is right, people are found (升级)."""

import os
import subprocess
from collections.abc import Iterator

import psycopg
import pytest

from tests.upgrade.older import NUMBERS, OTHER, PHONE, STREET
from tools import house
from tools.house import ROOT

KEPT = {
    "access_account": 1,
    "access_grant": 1,
    "desk_case": 6,
    "desk_casestep": 12,
    "ledger_entry": 6,
    "organisations_agreement": 1,
    "organisations_credential": 1,
    "people_alias": 1,
    "people_household": 1,
    "people_membership": 3,
    "people_person": 3,
    "people_persondocument": 2,
    "people_residence": 4,
    "places_area": 6,
}
ASK = """
from datetime import date
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import Actor, ActorKind, Hold, system_actor
from yimen.registers.people import api as people
def names(by, typed):
    with act_as(by, on=date(2026, 11, 20)):
        return [card.name for card in people.find_people(typed, by=by, on=date(2026, 11, 20), limit=5)]
everyone = system_actor("upgrade")
there = Actor("account:x", "x", ActorKind.STAFF, (Hold("window_clerk", "{other}", frozenset({{"people.find"}})),))
print(names(everyone, "{number}"), sorted(names(everyone, "{phone}")), names(there, "{phone}"))
"""
# A family and a merge of then go on: who belongs to it, who is registered elsewhere, and two files that are two again.
GO_ON = """
from datetime import UTC, date, datetime
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.registers.people import api as people
by, at, on = system_actor("upgrade"), datetime(2026, 11, 20, 2, tzinfo=UTC), date(2026, 11, 20)
with act_as(by, on=on):
    her = people.find_people("{number}", by=by, on=on)[0]
    file = people.get_file(her.public_id, by=by, on=on)
    house = people.get_household(file.household, by=by)
    print([(one.name, one.role) for one in house.present], [one.name for one in house.former])
    print([(one.name, one.area) for one in people.tied_residents(by=by)])
    [merged] = people.merges_of(her.public_id, by=by)
    people.undo_merge(by=by, at=at, alias=merged.alias, reason="不是同一人")
    print(len(people.find_people("王秀兰", by=by, on=on)), len(people.merges_of(her.public_id, by=by)))
"""


@pytest.fixture
def older(worker_database: str) -> Iterator[dict[str, str]]:
    """The environment of a database of the first version; it is gone afterwards."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": _address("DATABASE_URL", worker_database),
        "DATABASE_OWNER_URL": _address("DATABASE_OWNER_URL", worker_database),
    }
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {worker_database}")
        server.execute(f"CREATE DATABASE {worker_database} TEMPLATE template0")
        run(env, "-m", "tests.upgrade.older")
        yield env
        server.execute(f"DROP DATABASE IF EXISTS {worker_database}")


@pytest.fixture
def worker_database() -> str:
    return f"{os.environ.get('YIMEN_TEST_DB', 'test_yimen')}{os.environ.get('PYTEST_XDIST_WORKER', '')}_older"


def _address(name: str, database: str) -> str:
    head, _, after = os.environ[name].partition("?")
    return f"{head.rpartition('/')[0]}/{database}{'?' + after if after else ''}"


def run(env: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [str(house.PYTHON), *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-3000:]
    return done.stdout


def counts(env: dict[str, str]) -> dict[str, int]:
    with psycopg.connect(env["DATABASE_OWNER_URL"]) as line:
        return {table: line.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in KEPT}


def test_a_database_of_the_first_version_is_brought_to_today_with_all_that_is_in_it(older: dict[str, str]):
    assert counts(older) == KEPT
    run(older, "manage.py", "migrate", "--database", "owner", "--no-input", "-v", "0")
    run(older, "manage.py", "sync_definitions")
    assert counts(older) == KEPT
    assert "没有" not in run(older, "manage.py", "migrate", "--database", "owner", "--check")
    assert "全部相符" in run(older, "manage.py", "prove_numbers")
    assert "全部相符" in run(older, "manage.py", "verify_trail")
    asked = ASK.format(number=NUMBERS[0], phone=PHONE, other=OTHER)
    told = run(older, "manage.py", "shell", "--no-imports", "-c", asked).splitlines()[-1]
    assert told == "['王秀兰'] ['王秀兰', '陈建国'] []"
    # Figures of before, of two files as of one person, and what waited then are counted in the tables that came later.
    with psycopg.connect(older["DATABASE_OWNER_URL"]) as line:
        heads = line.execute(
            "SELECT sum(year_heads), sum(street_year_heads) FROM ("
            "SELECT street, year_heads, street_year_heads FROM ledger_areatally"
            " UNION ALL SELECT street, year_heads, street_year_heads FROM ledger_delta) AS figure WHERE street = %s",
            [STREET],
        ).fetchone()
        waiting = line.execute(
            "SELECT count(*) FROM audit_unsealed w JOIN audit_trailrow r ON r.id = w.row_id WHERE r.verb = 'desk.case.accepted'"
        ).fetchone()[0]
        parts_again = line.execute(
            "SELECT state -> 'plugs' -> 'ledger' ->> 'keep' FROM people_alias"
        ).fetchone()[0]
        # What is on file of an organisation says whose it is.
        known = line.execute(
            "SELECT count(*) FROM organisations_organisation o JOIN organisations_credential c ON c.unit = o.public_id"
            " JOIN organisations_agreement a ON a.unit = o.public_id"
        ).fetchone()[0]
        guarded = line.execute(
            "SELECT count(*) FROM pg_class WHERE relname = ANY (%s) AND NOT relrowsecurity",
            [["desk_case", "ledger_areatally", "people_person"]],
        ).fetchone()[0]
    assert parts_again
    assert known == 1
    assert (heads, waiting, guarded) == ((2, 2), KEPT["desk_case"], 0)
    went_on = run(older, "manage.py", "shell", "--no-imports", "-c", GO_ON.format(number=NUMBERS[0]))
    assert went_on.splitlines()[-3:] == [
        "[('王秀兰', '02'), ('陈建国', '10')] ['陈建国']",
        "[('陈建国', '330212008001')]",
        "2 0",
    ]
    assert "全部相符" in run(older, "manage.py", "prove_numbers")
