"""The whole way of the bench at a few residents: every answer is right and every table is written; nothing is timed."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from bench import in_turn, report, scoping
from bench.facts import load
from bench.floor import statements
from bench.floor.measure import accept_alone, bare_pages
from bench.measuring import Bench
from bench.meters import machine
from bench.product import Product
from bench.profile import profile
from bench.workloads import ALONE, BOTH, MANY
from tests.journeys.product import fresh_name
from tools import house, postgres, steps

PEOPLE = 2_000
TIMES = 3
_FILL = (
    "import sys, pathlib, django; django.setup(); from bench.load import fill; "
    "fill(int(sys.argv[1]), say=lambda _: None, processes=1, path=pathlib.Path(sys.argv[2]))"
)


class Installation(Product):
    """The bench's product on the throw-away server of the tests, in a database of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder.name)
        self.server = postgres.throwaway_server(os.environ.get("TEST_POSTGRES") == "system")
        self.database = fresh_name()
        self.folder = self.processes.folder = folder
        addresses = {
            key: urlunsplit(urlsplit(os.environ[key])._replace(path=f"/{self.database}"))
            for key in house.DATABASE_KEYS
        }
        self._more = {"YIMEN_FILES": str(folder / "files"), **addresses}

    @property
    def env(self) -> dict[str, str]:
        return {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **self._more}

    def prepare(self) -> None:
        self._say("CREATE DATABASE {} TEMPLATE template0")
        steps.tables(self.env)

    def stop(self) -> None:
        self.processes.end()
        self._say("DROP DATABASE IF EXISTS {}")

    def _say(self, statement: str) -> None:
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as server:
            server.execute(sql.SQL(statement).format(sql.Identifier(self.database)))


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("bench")
    product, told = Installation(folder), folder / "loaded.json"
    try:
        product.prepare()
        command = [str(house.PYTHON), "-c", _FILL, str(PEOPLE), str(told)]
        subprocess.run(command, cwd=house.ROOT, env=product.env, check=True)
        facts = load(PEOPLE, told)
        assert facts
        for name in ("web", "worker"):
            product.start(name)
        product.await_health()
        yield Bench(product, facts, seconds=60.0, warm=0.0)
    finally:
        product.stop()


@pytest.fixture(scope="module")
def runs(bench) -> list[dict]:
    """Every workload once, before the statements of an accept are played again: these leave cases with no valid number."""
    many = [bench.run(work, clients=2, most=TIMES) for work in (*BOTH, *MANY)]
    return many + [bench.run(work, clients=1, most=TIMES) for work in ALONE]


def test_every_answer_of_every_workload_is_right(bench, runs):
    assert [run["work"] for run in runs if run["wrong"] or run["count"] != run["clients"] * TIMES] == [], runs
    counts = bench.queries([run["work"] for run in runs])
    for run in runs:
        run["queries"] = counts[run["work"]]
        assert 0 < run["queries"] < 100
    one_size = {
        "runs": runs,
        "memory": {"before": bench.memory(), "after": bench.memory()},
        "first_answer": 1.0,
        "pairs": bench.look_for_pairs(),
    }
    facts = machine(bench.product.env["DATABASE_OWNER_URL"]) | {"load": "0.0"}
    result = {
        "day": "2026-11-22",
        "machine": facts,
        "sizes": {"2000": one_size, "4000": one_size},
        "floor": [],
    }
    assert report.wrong(result) == 0
    table = report.table(result)
    assert all(title in table for key, title in report.TITLES.items() if key in counts)
    assert "| 1.00 |" in table


def test_pages_are_asked_with_and_without_the_databases_lock_and_it_is_shut_again(bench, runs):
    def locked() -> int:
        with bench.product.owner() as owner:
            return owner.execute("SELECT count(*) FROM pg_class WHERE relrowsecurity").fetchone()[0]

    before = locked()
    found = scoping.compare(replace(bench, seconds=0.5), ("search",), rounds=1)
    assert locked() == before > 50
    with scoping.unlocked(bench.product):
        assert locked() == 0
    assert locked() == before
    told = {"day": "2026-11-22", "people": PEOPLE, "works": found}
    table = scoping.table(told | {"machine": machine(bench.product.env["DATABASE_OWNER_URL"])})
    assert "find a resident" in table and not any(
        run["wrong"] for runs in found["search"].values() for run in runs
    )


@pytest.mark.usefixtures("runs")
def test_two_populations_are_asked_in_turn_and_compared_turn_by_turn(bench):
    found = in_turn.compare([bench, bench], ("plan",), rounds=2, seconds=0.3)
    assert [len(two) for two in found["plan"]] == [2, 2]
    assert not any(run["wrong"] for two in found["plan"] for run in two)
    # What is told is the middle of the turns' own ratios: one turn in which the machine was slow weighs no more than another.
    run = found["plan"][0][0]
    turns = [
        [run | {"per_second": small}, run | {"per_second": large}]
        for small, large in ((100, 80), (20, 20), (90, 30))
    ]
    told = {"day": "2026-11-23", "people": [10, 1000], "rounds": 3, "seconds": 0.3, "works": {"plan": turns}}
    table = in_turn.table(told | {"machine": machine(bench.product.env["DATABASE_OWNER_URL"])})
    assert "| 90 | 30 | 1.25 | 1.00 … 3.00 |" in table


@pytest.mark.usefixtures("runs")
def test_the_floor_answers_and_the_statements_of_an_accept_can_be_played_again(bench):
    floor = bare_pages(bench, clients=(1,), most=TIMES)
    floor += accept_alone(replace(bench, seconds=1.0), clients=(2, 1))
    assert [run["work"] for run in floor] == [
        "bare",
        "bare_signed_in",
        "bare_asking",
        "accept_sql",
        "accept_sql",
    ]
    assert all(run["count"] and not run["wrong"] for run in floor), floor


def test_an_id_that_equals_the_hour_leaves_the_moment_of_a_statement_alone():
    written = {"statement": "INSERT INTO a (n) VALUES (1)", "columns": ["id"], "rows": [["16"]]}
    later = {
        "statement": "UPDATE a SET at = '2026-11-22 16:40:16+00:00', n = '{\"pk\": 16}' WHERE id = 16",
        "columns": [],
        "rows": [],
    }
    played = statements.script([[written, later]]).splitlines()[4]
    assert played == "UPDATE a SET at = '2026-11-22 16:40:16+00:00', n = '{\"pk\": :s0_1}' WHERE id = :s0_1;"


def test_a_page_can_be_profiled(bench):
    assert "middleware.py" in profile(bench, "plan", watched=TIMES)
