"""`python -m bench.importing --rows N`: how long a sheet of N residents takes to come in (docs/explain/speed.md).

An installation of its own in var/bench, durable as in daily use, with as many job workers as a batch has hands. It is removed at
the end.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bench.meters import machine, used
from bench.product import Product
from bench.report import PAGE, ROOT, VAR
from tools import house
from tools.run import told

RESULT = VAR / "bench" / "importing.json"
HANDS = ("worker", "worker:2")
BEGIN, END = "<!-- importing: begin -->", "<!-- importing: end -->"
TITLES = {
    "read": "read the file into portions",
    "check": "check every row",
    "write": "write the good rows",
    "undo": "take all back",
}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.importing", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--undo", action="store_true", help="take the batch back as well")
    parser.add_argument(
        "--write-docs", action="store_true", help="put the last result into docs/explain/speed.md"
    )
    chosen = parser.parse_args()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, told)
    if chosen.write_docs:
        write_page(json.loads(RESULT.read_text(encoding="utf-8")))
        return 0
    product = Product(f"importing-{chosen.rows}")
    product.remove()
    try:
        product.prepare()
        result = measure(product, chosen.rows, undo=chosen.undo)
    finally:
        product.remove()
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    print(table(result))
    return 1 if result["faults"] else 0


def measure(product: Product, rows: int, *, undo: bool) -> dict[str, Any]:
    """Let a sheet come in, and say how long each step took at what cost; the database is up and empty."""
    for name in HANDS:
        product.start(name)
    load = os.getloadavg()[0]
    command = [
        str(house.PYTHON),
        "-m",
        "bench.sheets",
        str(rows),
        str(product.folder),
        *(["undo"] if undo else []),
    ]
    steps: list[dict[str, Any]] = []
    sheet: dict[str, Any] = {}
    with subprocess.Popen(
        command, cwd=house.ROOT, env=product.env, stdout=subprocess.PIPE, text=True
    ) as driver:
        assert driver.stdout
        before, began = _used(product), time.perf_counter()
        for line in driver.stdout:
            step = json.loads(line)
            after, now = _used(product), time.perf_counter()
            if step["step"] == "sheet":
                sheet = step
            else:
                spent = after.since(before).seconds
                step |= {
                    "seconds": round(now - began, 1),
                    "python": round(sum(spent.get(name, 0.0) for name in HANDS), 1),
                    "database": round(spent.get("database", 0.0), 1),
                    "memory": round(max(_most(product.processes.children[name].pid) for name in HANDS)),
                }
                print(f"  {step['step']}: {step['seconds']} s", file=sys.stderr, flush=True)
                steps.append(step)
            before, began = _used(product), time.perf_counter()
    faults = _faults(rows, sheet, steps, undo=undo)
    if driver.returncode:
        faults.append(f"the driver ended with {driver.returncode}")
    return {
        "day": f"{datetime.now().astimezone():%Y-%m-%d}",
        "commit": _commit(),
        "machine": machine(product.env["DATABASE_OWNER_URL"]) | {"load": f"{load:.1f}"},
        "rows": rows,
        "megabytes": round(sheet.get("bytes", 0) / 1048576, 1),
        "hands": len(HANDS),
        "steps": steps,
        "faults": faults,
    }


def table(result: dict[str, Any]) -> str:
    """What came of it, as it stands in the docs."""
    told = result["machine"]
    lines = [
        f"{result['day']}, commit {result['commit']}: {result['rows']:,} rows of twelve columns ({result['megabytes']} MiB of "
        f"csv), {result['hands']} job workers; {told['processor']}, {told['cores']} cores, {told['memory_gib']} GiB; "
        f"Python {told['python']}, PostgreSQL {told['server_version']} on the same machine (fsync on). "
        f"Load of the machine before the start: {told['load']}.",
        "",
        "| step | seconds | rows a second | CPU s: python | database | most memory of a worker, MiB |",
        "|---|---|---|---|---|---|",
    ]
    for step in result["steps"]:
        rate = result["rows"] / step["seconds"] if step["seconds"] else 0
        lines.append(
            f"| {TITLES[step['step']]} | {step['seconds']:,} | {rate:,.0f} | {step['python']:,} | {step['database']:,} "
            f"| {step['memory']:,} |"
        )
    first = [step["seconds"] for step in result["steps"] if step["step"] != "undo"]
    lines += [
        "",
        f"From the upload to the last row: {sum(first):,.0f} seconds, without what people take to look at it.",
    ]
    return "\n".join([*lines, *(f"FAULT: {one}" for one in result["faults"])])


def write_page(result: dict[str, Any]) -> None:
    """Put a result into the page, in place of the one before."""
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n\n{table(result)}\n\n{END}{tail}", encoding="utf-8")


def _faults(rows: int, sheet: dict[str, Any], steps: Sequence[dict[str, Any]], *, undo: bool) -> list[str]:
    """What must have come of a sheet of which we know how many rows are wrong."""
    done = {step["step"]: step for step in steps}
    wanted = {"read", "check", "write"} | ({"undo"} if undo else set())
    if set(done) != wanted:
        return [f"steps {sorted(wanted - set(done))} did not end"]
    wrong, faults = sheet["wrong"], []
    if (done["check"]["rows"], done["check"]["bad"]) != (rows, wrong):
        faults.append(
            f"{done['check']['bad']} of {done['check']['rows']} rows were refused, and {wrong} are wrong"
        )
    if done["write"]["written"] != rows - wrong:
        faults.append(f"{done['write']['written']} rows were written instead of {rows - wrong}")
    if undo and done["undo"]["left"]:
        faults.append(f"{done['undo']['left']} were left by the undo")
    return faults


def _used(product: Product) -> Any:
    groups: dict[str, int | None] = {name: product.processes.children[name].pid for name in HANDS}
    return used(groups | {"database": product.server.pid()})


def _most(pid: int) -> float:
    """The most memory this process ever held, MiB."""
    with open(f"/proc/{pid}/status", encoding="ascii") as said:
        return next((int(line.split()[1]) / 1024 for line in said if line.startswith("VmHWM")), 0.0)


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "?"


if __name__ == "__main__":
    house.run_tool(main)
