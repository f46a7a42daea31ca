"""`python -m bench`: load the populations, let clients work, and print what came of it (docs/explain/speed.md)."""

import argparse
import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from bench import report
from bench.facts import Loaded, load
from bench.floor.measure import accept_alone, bare_pages
from bench.floor.statements import NoScript
from bench.measuring import Bench
from bench.meters import machine
from bench.product import Product
from bench.profile import profile
from bench.workloads import ALONE, BOTH, MANY
from tools import house
from tools.run import told

SMALL, LARGE = 10_000, 1_000_000
FEW, MANY_CLIENTS = 1, 8
# Seconds beside the measured ones: servers start, clients sign in, and a watched server counts statements.
BESIDE = 60.0


def main() -> int:
    """The command line."""
    chosen = _arguments()
    # However it is ended, what it started must not be left behind.
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, told)
    if chosen.write_docs:
        report.write_page(json.loads(report.RESULT.read_text(encoding="utf-8")))
        return 0
    if chosen.profile:
        with installed(chosen.people[-1]) as (product, facts):
            print(profile(Bench(product, facts, chosen.seconds, chosen.warm), chosen.profile))
        return 0
    result = measure(chosen)
    report.save(result)
    print(f"\n{report.table(result)}")
    return 1 if report.wrong(result) else 0


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    """Everything that was chosen, one population after the other."""
    plan = _plan(chosen.only)
    took = len(chosen.people) * (len(plan) * (chosen.warm + chosen.seconds) + BESIDE)
    _say(f"About {took / 60:.0f} minutes, and what loading takes. 约 {took / 60:.0f} 分钟，另加装载时间。")
    # Said before anything of ours runs: figures of a busy machine are worth little.
    load_before = f"{os.getloadavg()[0]:.1f}"
    result: dict[str, Any] = {"day": f"{datetime.now().astimezone():%Y-%m-%d}", "sizes": {}, "floor": []}
    for people in chosen.people:
        with installed(people) as (product, facts):
            bench = Bench(product, facts, chosen.seconds, chosen.warm)
            result.setdefault("machine", machine(product.env["DATABASE_OWNER_URL"]) | {"load": load_before})
            result["sizes"][str(people)] = one_size(bench, plan)
            if chosen.floor and people == chosen.people[-1]:
                result["floor"] = floors(bench)
    return result


def one_size(bench: Bench, plan: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """All workloads on one population."""
    first = bench.warm_start()
    pairs = bench.look_for_pairs() if any(work in ALONE for work, _ in plan) else None
    before = bench.memory()
    runs = []
    for work, clients in plan:
        run = bench.run(work, clients=clients)
        runs.append(run)
        wrong = sum(run["wrong"].values())
        _say(
            f"  {bench.facts.people:>9,} residents, {clients} clients, {work:<18} {run['per_second']:>8.1f}/s"
            f"  p95 {run['p95']:.0f} ms{f', {wrong} wrong' if wrong else ''}"
        )
        for kind, each in run["kinds"].items() if work in report.BY_KIND else ():
            _say(f"  {'':>31}{kind:<18} p50 {each['p50']:.0f} ms  p95 {each['p95']:.0f} ms")
    after = bench.memory()
    counts = bench.queries(list(dict.fromkeys(work for work, _ in plan)))
    for run in runs:
        run["queries"] = counts[run["work"]]
    return {
        "runs": runs,
        "memory": {"before": before, "after": after},
        "first_answer": round(first, 2),
        "pairs": pairs,
    }


def floors(bench: Bench) -> list[dict[str, Any]]:
    """What the machine does without us."""
    _say("  the floor: a bare Django, and the accept's statements alone")
    runs = bare_pages(bench, clients=(MANY_CLIENTS, FEW))
    try:
        runs += accept_alone(bench, clients=(MANY_CLIENTS, FEW))
    except NoScript as why:
        _say(f"  the accept's statements could not be played back: {why}")
    return runs


@contextlib.contextmanager
def installed(people: int) -> Iterator[tuple[Product, Loaded]]:
    """An installation with so many residents, loaded now if it is not yet."""
    command = [str(house.PYTHON), "-m", "bench.load", "--people", str(people)]
    # A database of the bench's own, whatever is set outside.
    env = {key: text for key, text in os.environ.items() if key not in house.DATABASE_KEYS}
    if subprocess.run(command, cwd=house.ROOT, env=env, check=False).returncode:
        raise house.Stop(f"{people} residents could not be loaded.", f"未能装载 {people} 名居民。")
    facts = load(people)
    assert facts
    with Product(str(people)).up() as product:
        yield product, facts


def _plan(only: Sequence[str]) -> list[tuple[str, int]]:
    every = [(work, clients) for clients in (MANY_CLIENTS, FEW) for work in BOTH]
    every[len(BOTH) : len(BOTH)] = [(work, MANY_CLIENTS) for work in MANY]
    every += [(work, FEW) for work in ALONE]
    return [
        (work, clients)
        for work, clients in every
        if not only or work in only or work.partition(":")[0] in only
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument(
        "--people", type=int, nargs="+", default=[SMALL, LARGE], help="sizes of the population"
    )
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="WORK", help=", ".join((*BOTH, *MANY, *ALONE))
    )
    parser.add_argument("--seconds", type=float, default=10.0, help="of each measured run")
    parser.add_argument("--warm", type=float, default=3.0, help="seconds before it that do not count")
    parser.add_argument("--no-floor", dest="floor", action="store_false", help="leave out the floor")
    parser.add_argument("--profile", metavar="WORK", help="where a workload's time goes, in the web process")
    parser.add_argument(
        "--write-docs", action="store_true", help="put the last table into docs/explain/speed.md"
    )
    chosen = parser.parse_args()
    chosen.people = sorted(set(chosen.people))
    return chosen


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    house.run_tool(main)
