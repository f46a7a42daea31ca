"""`python -m bench.workbook`: how long a department's forty columns take for 5,000 residents (docs/explain/speed.md).

An installation of its own in var/bench, durable as in daily use, with one job worker as `make run`. It is removed at the end.
"""

import argparse
import json
import os
import signal
import subprocess
from datetime import datetime
from typing import Any

from bench.books import HEADS
from bench.importing import _commit
from bench.meters import machine, used
from bench.product import Product
from bench.report import PAGE, VAR
from tools import house
from tools.run import told

RESULT = VAR / "bench" / "workbook.json"
WORKER = "worker"
BEGIN, END = "<!-- workbook: begin -->", "<!-- workbook: end -->"
STEPS = {
    "upload": "upload: read, find whom the rows mean by job",
    "fill": "fill every cell, with progress",
    "edition": "keep an edition",
    "take": "write the workbook and hand it out",
}
TARGET = 20.0


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.workbook", description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--beside", default="", help="what else ran on the machine, for the docs")
    parser.add_argument(
        "--write-docs", action="store_true", help="put the last result into docs/explain/speed.md"
    )
    chosen = parser.parse_args()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, told)
    if chosen.write_docs:
        write_page(json.loads(RESULT.read_text(encoding="utf-8")))
        return 0
    product = Product(f"workbook-{chosen.rows}")
    product.remove()
    try:
        product.prepare()
        result = measure(product, chosen.rows) | {"beside": chosen.beside}
    finally:
        product.remove()
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    print(table(result))
    return 1 if result["faults"] else 0


def measure(product: Product, rows: int) -> dict[str, Any]:
    """Let a workbook be filled, and say how long each step took at what cost; the database is up and empty."""
    product.start(WORKER)
    load = os.getloadavg()[0]
    command = [str(house.PYTHON), "-m", "bench.books", str(rows), str(product.folder)]
    steps: list[dict[str, Any]] = []
    size = 0
    with subprocess.Popen(
        command, cwd=house.ROOT, env=product.env, stdout=subprocess.PIPE, text=True
    ) as driver:
        assert driver.stdout
        before = _used(product)
        for line in driver.stdout:
            step = json.loads(line)
            after = _used(product)
            if step["step"] == "book":
                size = step["bytes"]
            else:
                spent = after.since(before).seconds
                step |= {
                    "python": round(spent.get(WORKER, 0.0), 1),
                    "database": round(spent.get("database", 0.0), 1),
                }
                steps.append(step)
            before = _used(product)
    faults = _faults(rows, steps)
    if driver.returncode:
        faults.append(f"the driver ended with {driver.returncode}")
    return {
        "day": f"{datetime.now().astimezone():%Y-%m-%d}",
        "commit": _commit(),
        "machine": machine(product.env["DATABASE_OWNER_URL"]) | {"load": f"{load:.1f}"},
        "rows": rows,
        "kilobytes": round(size / 1024),
        "steps": steps,
        "faults": faults,
    }


def seconds_to_fill(result: dict[str, Any]) -> float:
    """From the upload until every cell is filled: what somebody waits for."""
    return sum(step["seconds"] for step in result["steps"] if step["step"] in ("upload", "fill"))


def table(result: dict[str, Any]) -> str:
    """What came of it, as it stands in the docs."""
    told = result["machine"]
    lines = [
        f"{result['day']}, commit {result['commit']}: {result['rows']:,} residents, {len(HEADS)} columns "
        f"({result['kilobytes']:,} KiB of xlsx), one job worker; {told['processor']}, {told['cores']} cores, "
        f"{told['memory_gib']} GiB; Python {told['python']}, PostgreSQL {told['server_version']} on the same machine "
        f"(fsync on). Load of the machine before the start: {told['load']}."
        + (f" {result['beside']}" if result.get("beside") else ""),
        "",
        "| step | seconds | CPU s: python (worker) | database |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {STEPS[step['step']]} | {step['seconds']:.1f} | {step['python']:,} | {step['database']:,} |"
        for step in result["steps"]
    ]
    fill = next((step for step in result["steps"] if step["step"] == "fill"), {})
    lines += [
        "",
        f"**From the upload until all is filled: {seconds_to_fill(result):.1f} s** (the aim is {TARGET:.0f}); "
        f"{fill.get('filled', 0):,} of {fill.get('cells', 0):,} cells filled by themselves, and who looked five times a "
        f"second saw {fill.get('progress', 0)} different states.",
    ]
    return "\n".join([*lines, *(f"FAULT: {one}" for one in result["faults"])])


def write_page(result: dict[str, Any]) -> None:
    """Put a result into the page, in place of the one before."""
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n\n{table(result)}\n\n{END}{tail}", encoding="utf-8")


def _faults(rows: int, steps: list[dict[str, Any]]) -> list[str]:
    """What must have come of a workbook of which every line means a resident."""
    done = {step["step"]: step for step in steps}
    if missing := [name for name in STEPS if name not in done]:
        return [f"steps {missing} did not end"]
    faults = []
    if (done["fill"]["rows"], done["fill"]["nobody"]) != (rows, 0):
        faults.append(f"{done['fill']['nobody']} of {done['fill']['rows']} lines mean nobody")
    if done["take"]["rows"] != rows:
        faults.append(f"{done['take']['rows']} lines left filled instead of {rows}")
    return faults


def _used(product: Product) -> Any:
    return used({WORKER: product.processes.children[WORKER].pid, "database": product.server.pid()})


if __name__ == "__main__":
    house.run_tool(main)
