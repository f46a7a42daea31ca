"""Both floors under one roof: the bare pages by our clients, and the accept's statements by pgbench."""

import random
import secrets
from pathlib import Path
from typing import Any

from bench.clients import Client
from bench.floor import pages, statements
from bench.measuring import HOST, Bench
from bench.watching import STATEMENTS
from bench.workloads import Desk, seat, step_of

# Of the signed-in page: its session, who is signed in, and the rows.
ITS_OWN = 3


def bare_pages(bench: Bench, *, clients: tuple[int, ...], most: int | None = None) -> list[dict[str, Any]]:
    """Twenty rows by a bare Django under the same server: for everybody, signed in, and signed in with as many statements as
    a file asks, the others asking for nothing.
    """
    secret, runs = secrets.token_urlsafe(12), []
    asked = bench.queries(["file"])["file"]
    bare = {
        "bare": ("/bare", 1),
        "bare_signed_in": ("/signed-in", ITS_OWN),
        "bare_asking": (f"/signed-in/{asked - ITS_OWN}", asked),
    }
    with pages.bare_site(bench.product, secret) as (web, port):
        for work, (path, statements_asked) in bare.items():
            for count in clients:
                browsers = [Client(HOST, port) for _ in range(count)]
                if work != "bare":
                    for browser in browsers:
                        pages.sign_in(browser, pages.USERNAME, secret)
                steps = [
                    pages.open_page(browser, path, random.Random(number))
                    for number, browser in enumerate(browsers)
                ]
                told = bench.measure(steps, web=web, seconds=bench.seconds, most=most)
                runs.append({"work": work, "clients": count, **told, "queries": statements_asked})
                for browser in browsers:
                    browser.close()
    return runs


def accept_alone(bench: Bench, *, clients: tuple[int, ...]) -> list[dict[str, Any]]:
    """The accept's own statements, without anything that builds or reads a page."""
    accepts = _caught(bench, max(clients))
    file = bench.product.folder / "accept.sql"
    file.write_text(statements.script(accepts), encoding="utf-8")
    runs = []
    for count in clients:
        database = bench.product.server.pid()
        before = bench.used("web")
        told = statements.run(
            bench.product.server.programs,
            bench.product.env["DATABASE_URL"],
            file,
            clients=count,
            seconds=max(1, int(bench.seconds)),
        )
        spent = bench.used("web").since(before)
        done = max(1.0, told["count"])
        runs.append(
            {
                "work": "accept_sql",
                "clients": count,
                **told,
                "cpu_ms": {"database": round(1000 * spent.seconds["database"] / done, 2)} if database else {},
                "queries": len(accepts[0]),
                "wrong": {},
            }
        )
    return runs


def _caught(bench: Bench, clerks: int) -> list[list[dict[str, Any]]]:
    """One accept of each clerk, as the database got it."""
    written = bench.product.folder / f"{STATEMENTS}.jsonl"
    accepts = []
    with bench.watched() as port:
        for desk in seat("accept", bench.hall, port=port, clients=clerks):
            accepts.append(_one_caught(desk, written))
    written.unlink(missing_ok=True)
    return accepts


def _one_caught(desk: Desk, written: Path) -> list[dict[str, Any]]:
    step = step_of("accept", desk)
    try:
        for watched in ("count", "count", "statements"):
            # The first ones let the process read what it keeps.
            written.unlink(missing_ok=True)
            desk.client.headers["X-Watch"] = watched
            if fault := step()[1]:
                raise statements.NoScript(fault)
    finally:
        desk.client.close()
    return statements.caught(written)
