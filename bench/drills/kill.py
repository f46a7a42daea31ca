"""Kill (断电): web, worker and database are killed at random moments while cases are accepted; then everything is compared."""

import random
import time
from dataclasses import dataclass

from bench.drills import reckoning
from bench.drills.crew import SEED, Crew, crew
from bench.drills.keeper import Keeper
from bench.drills.report import Section
from bench.drills.stage import Stage, stage
from bench.drills.window import together

# The two groups as a whole, one process of the web server alone (what a machine short of memory does), and the database.
ONE = "one web process"
TARGETS = ("web", "worker", "database", ONE)


@dataclass(frozen=True)
class Kills:
    """How a kill drill goes; the order of the random moments repeats."""

    accepts: int = 500
    windows: int = 6
    each: int = 20
    goes_home: float = 0.08
    within: float = 2400.0
    hurry: bool = False


def run() -> Section:
    """Five hundred acceptances amid eighty kills."""
    section = Section(
        "kill", "断电：受理 500 件期间，随机强制终止网页、后台、数据库各 20 次，网页单个进程 20 次"
    )
    with stage() as on:
        drill(on, Kills(), section)
        section.prove(on.product, "verify_trail", "prove_numbers")
    return section


def drill(on: Stage, plan: Kills, section: Section) -> None:
    """Accept and kill; the figures and what is wrong go into the section."""
    with on.product.owner() as owner:
        since = reckoning.marks(owner)
    begun = time.monotonic()
    with Keeper(on.product) as keeper:
        with crew(on, plan.windows, within=plan.within, goes_home=plan.goes_home) as people:
            _kill_at_random(plan, keeper, people)
            people.await_answers(plan.accepts)
        worked = time.monotonic() - begun
        drained = reckoning.drain(on.product, hurry=plan.hurry)
    with on.product.owner() as owner:
        found = reckoning.compare(owner, since, people.asked)
    section.wrong += found.wrong
    for name in TARGETS:
        section.must(keeper.killed[name] >= plan.each, f"{name} was killed {keeper.killed[name]} times only")
    section.must(found.answered >= plan.accepts, f"{found.answered} answers only")
    waits = sorted(one.answered_at - one.sent_at for one in people.asked if one.answered)
    section.figures |= {
        "windows": plan.windows,
        "killed": dict(sorted(keeper.killed.items())),
        "ended by themselves and started again": dict(keeper.ended_by_itself),
        **found.figures(),
        "sent more than once": sum(one.tries > 1 for one in people.asked),
        **together(people.windows),
        "longest wait for an acceptance, s": round(waits[-1], 1) if waits else None,
        "minutes of work": round(worked / 60, 1),
        "seconds until no job waited": round(drained, 1),
    }


def _kill_at_random(plan: Kills, keeper: Keeper, people: Crew) -> None:
    """The kills are spread over the acceptances, each at a random moment within its share."""
    dice = random.Random(SEED)
    order = [name for name in TARGETS for _ in range(plan.each)]
    dice.shuffle(order)
    share = plan.accepts / (len(order) + 1)
    for number, name in enumerate(order):
        people.await_answers(share * (number + dice.random()))
        time.sleep(dice.uniform(0, 0.4))
        if name == ONE:
            _kill_one(keeper, dice, until=people.until)
        else:
            keeper.kill(name)


def _kill_one(keeper: Keeper, dice: random.Random, *, until: float) -> None:
    """One of the processes that serve pages, not the one that minds them."""
    while time.monotonic() < until:
        minder = keeper.product.processes.children["web"].pid
        serving = [pid for pid in keeper.product.pids("web") if pid != minder]
        if serving:
            keeper.kill_one_of(ONE, dice.choice(serving))
            return
        time.sleep(0.1)
