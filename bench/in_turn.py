"""A million against ten thousand, in turn: what size costs on a machine whose own speed swings from minute to minute.

`python -m bench.in_turn [--rounds 5] [--only search file] [--write-docs]`. `make bench` measures one population after the
other, minutes apart; here both installations stand beside each other and every workload is asked of one and of the other
within seconds, so that what else happens to the machine happens to both.
"""

import argparse
import contextlib
import json
from collections.abc import Sequence
from datetime import datetime
from statistics import median
from typing import Any

from bench import report
from bench.__main__ import LARGE, SMALL, installed
from bench.measuring import Bench
from bench.meters import machine
from tools import house

WORKS = ("search", "file", "register", "accept", "list", "plan")
CLIENTS = 8
WARM = 2.0
RESULT = house.VAR / "bench" / "in_turn.json"
BEGIN, END = "<!-- in turn: begin -->", "<!-- in turn: end -->"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.in_turn", description=__doc__)
    parser.add_argument("--people", type=int, nargs=2, default=[SMALL, LARGE], metavar=("SMALL", "LARGE"))
    parser.add_argument("--only", nargs="+", default=WORKS, choices=WORKS, metavar="WORK")
    parser.add_argument("--rounds", type=int, default=5, help="small and large, so many times in turn")
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument(
        "--write-docs", action="store_true", help="put the last table into docs/explain/speed.md"
    )
    chosen = parser.parse_args()
    if chosen.write_docs:
        report.put(table(json.loads(RESULT.read_text(encoding="utf-8"))), begin=BEGIN, end=END)
        return 0
    with contextlib.ExitStack() as both:
        benches = [
            Bench(*both.enter_context(installed(people)), chosen.seconds, WARM) for people in chosen.people
        ]
        result = {
            "day": f"{datetime.now().astimezone():%Y-%m-%d}",
            "people": chosen.people,
            "rounds": chosen.rounds,
            "seconds": chosen.seconds,
            "machine": machine(benches[-1].product.env["DATABASE_OWNER_URL"]),
            "works": compare(benches, chosen.only, rounds=chosen.rounds, seconds=chosen.seconds),
        }
    report.save(result, RESULT)
    print(table(result))
    return (
        1 if any(run["wrong"] for rounds in result["works"].values() for two in rounds for run in two) else 0
    )


def compare(
    benches: Sequence[Bench], works: Sequence[str], *, rounds: int, seconds: float
) -> dict[str, list[list[dict[str, Any]]]]:
    """Of every workload so many rounds, each a run of every installation after the other."""
    return {
        work: [
            [bench.run(work, clients=CLIENTS, seconds=seconds) for bench in benches] for _ in range(rounds)
        ]
        for work in works
    }


def table(result: dict[str, Any]) -> str:
    """The middle of the rounds and their extremes, as Markdown; a ratio is of two runs that followed each other."""
    told, (small, large) = result["machine"], result["people"]
    lines = [
        f"{result['day']}: {told['processor']}, {told['cores']} cores; {CLIENTS} clients, {result['rounds']} rounds of "
        f"{result['seconds']:g} seconds each in turn.",
        "",
        f"| work | per second: {small:,} | {large:,} | times slower | from … to | CPU ms of web and database: {small:,} "
        f"| {large:,} | times dearer |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for work, rounds in result["works"].items():
        rates = [[run["per_second"] for run in two] for two in rounds]
        spent = [[run["cpu_ms"]["web"] + run["cpu_ms"]["database"] for run in two] for two in rounds]
        slower = sorted(one / other for one, other in rates)
        dearer = median(other / one for one, other in spent)
        lines.append(
            f"| {report.TITLES[work]} | {_middle(rates, 0):.0f} | {_middle(rates, 1):.0f} | {median(slower):.2f} "
            f"| {slower[0]:.2f} … {slower[-1]:.2f} | {_middle(spent, 0):.1f} | {_middle(spent, 1):.1f} | {dearer:.2f} |"
        )
    return "\n".join(lines)


def _middle(pairs: list[list[float]], column: int) -> float:
    return median(pair[column] for pair in pairs)


if __name__ == "__main__":
    house.run_tool(main)
