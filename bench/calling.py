"""`python -m bench.calling`: how long it takes to call whoever is next (docs/explain/speed.md).

An installation of its own in var/bench, durable as in daily use: a hall with a year of mornings behind it and a long line
today. Asked twice: the button of a counter by a signed-in clerk over HTTP, from the post to the redirect, and the operation
alone. It fails when a number was called twice or left out. The installation is removed at the end.
"""

import argparse
import json
import os
import signal
import subprocess
from datetime import datetime
from typing import Any

from bench.counters import WARM
from bench.importing import _commit
from bench.meters import machine, percentile, used
from bench.product import Product
from bench.report import PAGE, put
from tools import house
from tools.run import told

BEGIN, END = "<!-- calling: begin -->", "<!-- calling: end -->"
FACTS = ("behind", "line", "faults")
TITLES = {"page": "press the button: from the post to the redirect", "operation": "the operation alone"}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.calling", description=__doc__)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--days", type=int, default=250, help="mornings that are over, of 200 tickets each")
    parser.add_argument("--beside", default="nothing known", help="what else runs on the machine")
    parser.add_argument("--write-docs", action="store_true", help="put the result into docs/explain/speed.md")
    chosen = parser.parse_args()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, told)
    product = Product("calling")
    product.remove()
    try:
        product.prepare()
        product.start("web")
        product.start("worker")
        product.await_health()
        load = os.getloadavg()[0]
        result = measure(product, chosen.calls, chosen.days)
        result["machine"] = machine(product.env["DATABASE_OWNER_URL"]) | {"load": f"{load:.1f}"}
        result["beside"] = chosen.beside
    finally:
        product.remove()
    text = table(result)
    if chosen.write_docs:
        put(text, page=PAGE, begin=BEGIN, end=END)
    print(text)
    return 1 if result["faults"] else 0


def measure(product: Product, calls: int, days: int) -> dict[str, Any]:
    """Let a clerk press the button, and say how long it took and what it cost; the installation is up."""
    command = [str(house.PYTHON), "-m", "bench.counters", product.url, str(calls), str(days)]
    groups = {"web": product.processes.children["web"].pid, "database": product.server.pid()}
    result: dict[str, Any] = {}
    with subprocess.Popen(
        command, cwd=house.ROOT, env=product.env, stdout=subprocess.PIPE, text=True
    ) as driver:
        assert driver.stdout
        before = used(groups)
        for line in driver.stdout:
            step = json.loads(line)
            spent = used(groups).since(before).seconds
            if step["step"] == "page":
                pressed = calls + WARM
                result["spent"] = {name: 1000 * spent[name] / pressed for name in groups}
            result |= {step["step"]: step.get("times")} | {k: step[k] for k in FACTS if k in step}
            before = used(groups)
    if driver.returncode:
        raise SystemExit(f"the driver ended with {driver.returncode}")
    return result


def table(result: dict[str, Any]) -> str:
    """What came of it, as it stands in the docs."""
    on = result["machine"]
    lines = [
        f"{datetime.now().astimezone():%Y-%m-%d}, commit {_commit()}: {result['behind']:,} tickets of days that are over, "
        f"{result['line']:,} in the line; {on['processor']}, {on['cores']} cores, {on['memory_gib']} GiB; "
        f"Python {on['python']}, PostgreSQL {on['server_version']} on the same machine (fsync on). "
        f"Load of the machine before the start: {on['load']}; beside it ran: {result['beside']}.",
        "",
        "| call whoever is next, one client | times | p50 ms | p95 | p99 |",
        "|---|---|---|---|---|",
    ]
    for key, title in TITLES.items():
        times = result[key]
        spread = " | ".join(f"{1000 * percentile(times, share):.1f}" for share in (0.5, 0.95, 0.99))
        lines.append(f"| {title} | {len(times)} | {spread} |")
    cost = result["spent"]
    lines += [
        "",
        f"Processor time of a press: {cost['web']:.1f} ms of the web, {cost['database']:.1f} ms of the database.",
    ]
    return "\n".join([*lines, *(f"FAULT: {one}" for one in result["faults"])])


if __name__ == "__main__":
    house.run_tool(main)
