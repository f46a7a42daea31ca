"""Kill (断电): web, worker and database are killed at random moments while cases are accepted; then everything is compared."""

import random
import threading
import time
from dataclasses import dataclass, field

from bench.drills import reckoning
from bench.drills.keeper import Keeper
from bench.drills.report import Section
from bench.drills.stage import Stage, stage
from bench.drills.window import Asked, Window, together

# The two groups as a whole, one process of the web server alone (what a machine short of memory does), and the database.
TARGETS = ("web", "worker", "database", "one web process")
ONE = "one web process"
DRAINED_WITHIN = 420.0


@dataclass
class Kills:
    """How a kill drill goes; the random moments repeat with the seed."""

    accepts: int = 500
    windows: int = 6
    each: int = 20
    seed: int = 20261122
    goes_home: float = 0.08
    within: float = 2400.0
    hurry: bool = False
    asked: list[Asked] = field(default_factory=list)

    def answered(self) -> int:
        return sum(one.answered for one in list(self.asked))


def run() -> Section:
    """Five hundred acceptances amid eighty kills."""
    section = Section("kill", "断电：受理 500 件期间随机强制终止网页、后台、数据库进程")
    with stage() as on:
        figures, wrong = drill(on, Kills())
        section.figures |= figures
        section.wrong += wrong
        section.prove(on.product, "verify_trail")
    return section


def drill(on: Stage, plan: Kills) -> tuple[dict[str, object], list[str]]:
    """Accept and kill; answers the figures and what is wrong."""
    with on.product.owner() as owner:
        since = reckoning.marks(owner)
    begun = time.monotonic()
    windows = [
        Window(on.product.url, clerk, dice=random.Random(plan.seed + number))
        for number, clerk in enumerate(on.clerks(plan.windows))
    ]
    with Keeper(on.product) as keeper:
        _work(plan, windows, keeper, until=begun + plan.within)
        worked = time.monotonic() - begun
        drained = _drain(on, hurry=plan.hurry)
    with on.product.owner() as owner:
        found = reckoning.compare(owner, since, plan.asked)
        wrong = list(found.wrong)
    for name in TARGETS:
        if keeper.killed[name] < plan.each:
            wrong.append(f"{name} was killed {keeper.killed[name]} times only")
    if found.answered < plan.accepts:
        wrong.append(f"{found.answered} answers only")
    waits = sorted(one.answered_at - one.sent_at for one in plan.asked if one.answered)
    return {
        "accepted and answered": found.answered,
        "windows": plan.windows,
        "killed": dict(keeper.killed),
        "ended by themselves and started again": dict(keeper.ended_by_itself),
        "sent more than once": sum(one.tries > 1 for one in plan.asked),
        "left without an answer: in, whole / not in at all": f"{found.unanswered_in} / {found.unanswered_out}",
        "cases in the database": found.cases,
        "each case has": list(found.traces),
        **together(windows),
        "longest wait for an answer, s": round(waits[-1], 1) if waits else None,
        "minutes of work": round(worked / 60, 1),
        "seconds until no job waited": round(drained, 1),
    }, wrong


def _work(plan: Kills, windows: list[Window], keeper: Keeper, *, until: float) -> None:
    done = threading.Event()
    threads = [
        threading.Thread(target=_sit, args=(plan, window, done, until), daemon=True) for window in windows
    ]
    for thread in threads:
        thread.start()
    _kill_at_random(plan, keeper, until=until)
    while plan.answered() < plan.accepts and time.monotonic() < until:
        time.sleep(0.1)
    done.set()
    for thread in threads:
        thread.join(120)


def _sit(plan: Kills, window: Window, done: threading.Event, until: float) -> None:
    """One clerk, until the day is over; a page she has sent is still answered."""
    window.sign_in(until=until)
    while not done.is_set() and time.monotonic() < until:
        if (one := window.accept(until=until, goes_home=plan.goes_home)) is not None:
            plan.asked.append(one)


def _kill_at_random(plan: Kills, keeper: Keeper, *, until: float) -> None:
    """The kills are spread over the acceptances, each at a random moment within its share."""
    dice = random.Random(plan.seed)
    order = [name for name in TARGETS for _ in range(plan.each)]
    dice.shuffle(order)
    share = plan.accepts / (len(order) + 1)
    for number, name in enumerate(order):
        at = share * (number + dice.random())
        while plan.answered() < at and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(dice.uniform(0, 0.4))
        if name == ONE:
            _kill_one(keeper, dice, until=until)
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


def _drain(on: Stage, *, hurry: bool) -> float:
    """Wait until no job is due and none is said to be running.

    With ``hurry`` the minute of silence after which a worker counts as dead is taken as over.
    """
    begun = time.monotonic()
    while time.monotonic() < begun + DRAINED_WITHIN:
        with on.product.owner() as owner:
            if not reckoning.waiting(owner):
                break
            if hurry:
                owner.execute(
                    "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '5 minutes'"
                    " WHERE last_heartbeat < now() - interval '12 seconds'"
                )
        time.sleep(1)
    return time.monotonic() - begun
