"""Hour (一小时): the mixed work of a window hall at a moderate pace, and the memory of every process each minute."""

import contextlib
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from bench.drills import reckoning
from bench.drills.crew import SEED
from bench.drills.report import Section
from bench.drills.stage import FIRST, Clerk, Stage, stage
from bench.drills.window import Asked, Window, key_in
from bench.product import Product

MINUTES = 60
WARM_AFTER = 10
CLERKS = 5
THINKS = (0.4, 2.0)
# Out of a hundred deeds. What people do at a window all day: look somebody up, open the file, take something in.
MIX = {"search": 28, "open": 25, "accept": 20, "list": 15, "register": 8, "plan": 4}
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "安柏辰丹恩芳歌和佳康兰明宁平晴蓉诗婷文欣"
LISTS = ("/desk/", "/desk/lists/running/", "/desk/lists/late/", "/people/papers-missing/", "/")
PROCESSES = ("web", "worker", "database")
MOST_GROWTH = 0.10


@dataclass
class Hour:
    """What all did, and how much memory everything took."""

    on: Stage
    until: float
    done: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    memory: list[dict[str, float]] = field(default_factory=list)

    def work(self, number: int, clerk: Clerk) -> None:
        """One clerk, with the pauses of somebody who reads and types."""
        window = Window(self.on.product.url, clerk, dice=random.Random(SEED + number))
        window.sign_in(until=self.until)
        leader = Window(self.on.product.url, Clerk(*self.on.account("leader"), ()), dice=window.dice)
        deeds = list(MIX)
        while time.monotonic() < self.until:
            deed = window.dice.choices(deeds, MIX.values())[0]
            begun = time.monotonic()
            try:
                self._do(deed, window, leader)
            except (OSError, ValueError, KeyError) as fault:
                self.odd[f"{deed}: {fault!r}"[:120]] += 1
            self.done[deed] += 1
            self.seconds.setdefault(deed, []).append(time.monotonic() - begun)
            time.sleep(window.dice.uniform(*THINKS))

    def _do(self, deed: str, window: Window, leader: Window) -> None:
        dice, clerk = window.dice, window.clerk
        if deed == "accept":
            if (one := window.accept(until=self.until + 60)) is not None:
                self.asked.append(one)
            return
        if deed == "register":
            form = self._page(window, "/people/new")
            told = {
                "name": dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, 2)),
                "phone": f"139{dice.randrange(10**8):08d}",
                "community": FIRST + "001" if clerk.username.endswith("001") else FIRST + "002",
                "request_key": key_in(form),
            }
            answer = window.post("/people/new", told)
            if answer.status not in (302, 422):
                self.odd[f"register: {answer.status}"] += 1
            return
        if deed == "search":
            name = dice.choice(SURNAMES) + dice.choice(["", dice.choice(GIVEN)])
            self._page(window, f"/people/?q={name}")
        elif deed == "open":
            self._page(window, f"/people/{dice.choice(clerk.people)}/")
        elif deed == "list":
            self._page(window, dice.choice(LISTS))
        else:
            plan = self.on.world["streets"][FIRST]["ids"]["plan"]
            self._page(leader, f"/plans/{plan}/")

    def _page(self, window: Window, path: str) -> str:
        path = quote(path, safe="/?=&")
        answer = window.get(path)
        if answer.location.startswith("/sign-in"):
            window.sign_in(until=self.until)
            answer = window.get(path)
        if answer.status != 200:
            self.odd[f"{path.split('?')[0][:24]}: {answer.status}"] += 1
        return answer.text

    def sample(self) -> None:
        """The memory of each kind of process, once a minute until it is over."""
        begun = time.monotonic()
        while time.monotonic() < self.until:
            time.sleep(max(0.0, min(60 - (time.monotonic() - begun) % 60, self.until - time.monotonic())))
            self.memory.append({name: own_memory(self.on.product, name) for name in PROCESSES})


def run(minutes: int = MINUTES) -> Section:
    """An hour of it."""
    section = Section(
        "hour", f"连续 {minutes} 分钟混合负载：找人、开档案、受理、看清单、建档、看计划；每分钟记一次内存"
    )
    with stage() as on:
        with on.product.owner() as owner:
            since = reckoning.marks(owner)
        hour = Hour(on, time.monotonic() + minutes * 60)
        threads = [
            threading.Thread(target=hour.work, args=(number, clerk), daemon=True)
            for number, clerk in enumerate(on.clerks(CLERKS))
        ]
        for thread in threads:
            thread.start()
        hour.sample()
        for thread in threads:
            thread.join(120)
        reckoning.drain(on.product)
        with on.product.owner() as owner:
            found = reckoning.compare(owner, since, hour.asked)
    section.wrong += found.wrong
    section.must(not hour.odd, f"odd answers: {dict(hour.odd)}")
    for name in PROCESSES:
        growth = _growth([one[name] for one in hour.memory])
        section.must(growth <= MOST_GROWTH, f"{name} grew by {growth:.0%}")
        section.say(
            f"{name}: growth from the first to the last third after {WARM_AFTER} minutes", f"{growth:+.1%}"
        )
    for name in PROCESSES:
        section.say(
            f"{name}: MiB every five minutes", " ".join(f"{one[name]:.0f}" for one in hour.memory[4::5])
        )
    section.figures |= {
        "done": dict(sorted(hour.done.items())),
        "median and longest s": {deed: _two(took) for deed, took in sorted(hour.seconds.items())},
        **found.figures(),
    }
    return section


def own_memory(product: Product, name: str) -> float:
    """MiB that all processes of a kind have taken for themselves, what a fork still shares counted once (Pss_Anon).

    Not in it: program files, and PostgreSQL's cache of fixed size, which fills in the course of the hour.
    """
    total = 0
    for pid in product.pids(name):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss_Anon:"):
                    total += int(line.split()[1])
    return total / 1024


def _growth(values: list[float]) -> float:
    """How much more it is in the last third than in the first, once warm."""
    warm = values[WARM_AFTER:] or values
    third = max(1, len(warm) // 3)
    first, last = warm[:third], warm[-third:]
    return (sum(last) / len(last)) / (sum(first) / len(first)) - 1


def _two(took: list[float]) -> list[float]:
    return [round(sorted(took)[len(took) // 2], 2), round(max(took), 2)]
