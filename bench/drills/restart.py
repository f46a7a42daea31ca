"""Restart (数据库重启): the database goes away in the middle of the work, shortly and for longer, and comes back."""

import time

from bench.drills import reckoning
from bench.drills.crew import Crew, crew
from bench.drills.keeper import Keeper
from bench.drills.report import Section
from bench.drills.stage import stage
from bench.drills.window import together
from bench.product import Product

# How long it is away each time; the worker's own patience with its line is half a minute.
AWAY = (0.0, 4.0, 4.0, 45.0)
BETWEEN = 8.0
SPEAKS = {"503 数据库正在恢复"}


def run() -> Section:
    """Four restarts, the last with three quarters of a minute in between."""
    section = Section("restart", f"数据库重启：受理期间数据库正常停止 {len(AWAY)} 次，停 {AWAY} 秒后再启动")
    with stage() as on, Keeper(on.product) as keeper:
        with on.product.owner() as owner:
            since = reckoning.marks(owner)
        before = set(on.product.pids("web"))
        with crew(on, 6, within=600) as people:
            people.await_answers(5)
            back = [_restart(on.product, people, away) for away in AWAY]
        after = set(on.product.pids("web"))
        drained = reckoning.drain(on.product)
        with on.product.owner() as owner:
            found = reckoning.compare(owner, since, people.asked)
        seen = together(people.windows)
        section.wrong += found.wrong
        section.must(before == after, "the web server was not the same afterwards")
        others = set().union(*(window.told for window in people.windows)) - SPEAKS
        section.must(not others, f"pages said something else: {sorted(others)}")
        section.must(not sum(window.seen[0] for window in people.windows), "somebody got no answer at all")
        section.figures |= {
            "seconds from its return to the next acceptance": back,
            **found.figures(),
            **seen,
            "worker ended by itself and was started again": keeper.ended_by_itself["worker"],
            "seconds until no job waited": round(drained, 1),
        }
    return section


def _restart(product: Product, people: Crew, away: float) -> float:
    """Stop it, wait, start it; answers after how many seconds the next case was accepted."""
    product.server.stop()
    time.sleep(away)
    product.start("database")
    seconds = people.await_more(1)
    time.sleep(BETWEEN)
    return seconds
