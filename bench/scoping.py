"""What row-level security costs: pages of the window with it and without it, in turn, on the same data.

`python -m bench.scoping [--people 1000000] [--rounds 3] [--write-docs]`. Without it the first lock, the reach that every query
names, still holds; only the database's own lock is open, and only on the bench's database, for the time of the run.
"""

import argparse
import contextlib
import json
from collections.abc import Iterator
from datetime import datetime
from statistics import median
from typing import Any

import psycopg
from psycopg import sql

from bench import report
from bench.__main__ import LARGE, installed
from bench.measuring import Bench
from bench.meters import machine
from bench.product import Product
from tools import house

WORKS = ("search", "file", "list", "home", "accept")
CLIENTS = 8
WARM = 6.0
RESULT = house.VAR / "bench" / "scoping.json"
BEGIN, END = "<!-- scoping: begin -->", "<!-- scoping: end -->"
_LOCKED = "SELECT oid::regclass::text FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p') ORDER BY 1"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.scoping", description=__doc__)
    parser.add_argument("--people", type=int, default=LARGE)
    parser.add_argument("--rounds", type=int, default=3, help="with and without, so many times in turn")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument(
        "--write-docs", action="store_true", help="put the last table into docs/explain/speed.md"
    )
    chosen = parser.parse_args()
    if chosen.write_docs:
        report.put(table(json.loads(RESULT.read_text(encoding="utf-8"))), begin=BEGIN, end=END)
        return 0
    with installed(chosen.people) as (product, facts):
        # Switching locks takes every plan away: a while until each connection has its own again.
        bench = Bench(product, facts, chosen.seconds, WARM)
        result = {
            "day": f"{datetime.now().astimezone():%Y-%m-%d}",
            "people": chosen.people,
            "machine": machine(product.env["DATABASE_OWNER_URL"]),
            "works": compare(bench, WORKS, rounds=chosen.rounds),
        }
    report.save(result, RESULT)
    print(table(result))
    return 0


def compare(
    bench: Bench, works: tuple[str, ...], *, rounds: int
) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Every workload ``rounds`` times under both locks and under one, in turn."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {work: {"two": [], "one": []} for work in works}
    for _ in range(rounds):
        for locks in ("two", "one"):
            with unlocked(bench.product) if locks == "one" else contextlib.nullcontext():
                bench.warm_start()
                for work in works:
                    found[work][locks].append(bench.run(work, clients=CLIENTS))
    return found


@contextlib.contextmanager
def unlocked(product: Product) -> Iterator[None]:
    """No row-level security within the block; which tables had it is written down before, should the machine die within."""
    kept = product.folder / "unlocked.json"
    with product.owner() as owner:
        if not kept.exists():
            kept.write_text(json.dumps([name for (name,) in owner.execute(_LOCKED)]), encoding="utf-8")
        tables = json.loads(kept.read_text(encoding="utf-8"))
        _switch(owner, tables, "DISABLE")
    try:
        yield
    finally:
        with product.owner() as owner:
            _switch(owner, tables, "ENABLE")
        kept.unlink()


def _switch(owner: psycopg.Connection, tables: list[str], how: str) -> None:
    with owner.transaction():
        for name in tables:
            owner.execute(
                sql.SQL("ALTER TABLE {} {} ROW LEVEL SECURITY").format(sql.Identifier(name), sql.SQL(how))
            )


def table(result: dict[str, Any]) -> str:
    """The middle of the rounds, as Markdown."""
    told = result["machine"]
    lines = [
        f"{result['day']}: {result['people']:,} residents, {CLIENTS} clients, {told['processor']}, {told['cores']} cores; "
        "the middle of the rounds.",
        "",
        "| work | per second with | without | CPU ms of web and database with | without | costs |",
        "|---|---|---|---|---|---|",
    ]
    for work, found in result["works"].items():
        rate = {locks: median(run["per_second"] for run in runs) for locks, runs in found.items()}
        spent = {
            locks: median(run["cpu_ms"]["web"] + run["cpu_ms"]["database"] for run in runs)
            for locks, runs in found.items()
        }
        lines.append(
            f"| {report.TITLES[work]} | {rate['two']:.0f} | {rate['one']:.0f} | {spent['two']:.1f} | {spent['one']:.1f} "
            f"| {spent['two'] / spent['one'] - 1:+.0%} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    house.run_tool(main)
