"""`python -m bench.load --people N`: an invented county in a database of its own, loaded once and kept (装载).

Ground, residents and a few weeks of work go through the operations of the product; the rest of the deeds is copied from the
real ones (`cloning`). With DATABASE_URL set that database is filled; otherwise one of the bench's own in var/bench/N.
"""

import argparse
import gc
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import datetime, timedelta
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.facts import ROOT, Loaded, load, path_of
from bench.population import COUNTY, OF_A_COMMUNITY, SEED, Community, communities

PROCESSES = 2
WEEKS = 104  # of the past
SAMPLE = 5000
OF_THE_FIRST = 600  # of the community in which the real work is done
# What is loaded depends on these. Tables do not count: what is kept gets today's by migration, as any installation does.
PARTS = ("population", "names", "ground", "settling", "deeds", "patterns", "cloning", "figures", "copies")
ADDRESS = "DATABASE_URL"


def stamp_of(people: int) -> str:
    """What a loaded database depends on: this code and the number."""
    digest = hashlib.sha256(f"{people}".encode())
    for part in PARTS:
        digest.update((ROOT / "bench" / f"{part}.py").read_bytes())
    return digest.hexdigest()[:16]


class Progress:
    """Says how far it is and how fast."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say, self.began, self.rates = say, time.perf_counter(), {}

    def phase(self, name: str, rounds: Iterable[int], *, whole: int) -> None:
        """Run one phase whose rounds answer how many they did."""
        start, done, said = time.perf_counter(), 0, 0.0
        for number in rounds:
            done += number
            spent = time.perf_counter() - start
            if spent - said > 5 or done >= whole:
                said = spent
                self.say(f"  {name} {done:,}/{whole:,}  {done / spent:,.0f}/s  {spent:,.0f} s")
        self.rates[name] = round(done / max(time.perf_counter() - start, 0.001), 1)


def fill(
    people: int, *, say: Callable[[str], None], processes: int = PROCESSES, path: Path | None = None
) -> Loaded:
    """Fill the database of the environment, in which no area stands yet; Django is set up."""
    from django.utils import timezone

    from bench.copies import copy_deeds, real_work
    from bench.facts import Known
    from bench.figures import close_the_books
    from bench.ground import BY, PLAN, lay_ground
    from yimen.foundations.bus.api import act_as
    from yimen.kernel.clock import day_of

    now, progress = timezone.now(), Progress(say)
    begin = first_day(now)
    filled = communities(people)
    with act_as(BY, on=day_of(begin)):
        accounts, ids = lay_ground(filled, begin=begin, now=now)
    say(f"  ground: {len(filled)} communities, {len(accounts)} accounts")
    persons: list[Known] = []
    progress.phase("residents", _settled(filled, begin, persons, processes), whole=people)
    mine = [one for one in persons if one.community == filled[0].code]
    patterns = real_work(mine, ids, now=now)
    say(f"  real work: {len(patterns)} deeds")
    kept = _spread(persons, people)
    counts = copy_deeds(
        patterns,
        filled,
        accounts,
        ids,
        kept,
        today=day_of(now),
        progress=progress,
        processes=processes,
    )
    took = close_the_books(now=now)
    _count_persons()
    say(f"  books closed: {took}")
    counts |= tidy(say)
    street = filled[0].street
    loaded = Loaded(
        people=people,
        seed=SEED,
        stamp=stamp_of(people),
        today=day_of(now).isoformat(),
        county=COUNTY,
        streets=sorted({one.street for one in filled}),
        communities=[one.code for one in filled],
        accounts=accounts,
        persons=kept,
        list_actor=f"section-officer-{street[6:]}-1",
        cases_in_reach=counts.pop("cases_in_reach"),
        leader=f"leader-{street[6:]}-1",
        plan=PLAN,
        months=counts.pop("months"),
        matters=counts.pop("matters"),
        open_cases=counts.pop("open_cases"),
        counts=counts,
        rates=progress.rates | {"seconds": round(time.perf_counter() - progress.began, 1)},
    )
    loaded.save(path)
    return loaded


def first_day(now: datetime) -> datetime:
    """When everybody was put on file: two years ago."""
    return (now - timedelta(weeks=WEEKS + 4)).replace(hour=1, minute=0, second=0, microsecond=0)


def _count_persons() -> None:
    """Copied deeds are not recorded one by one: their numbers of persons are counted at once, as the upgrade counts them."""
    from bench.copies import owner_connection

    fill = import_module("yimen.work.ledger.migrations.0006_kept_numbers_of_persons").FILL
    with owner_connection() as owner, owner.transaction():
        owner.execute("DELETE FROM ledger_areatally")
        owner.execute(fill)


def tidy(say: Callable[[str], None]) -> dict[str, Any]:
    """VACUUM and ANALYZE, as a server does by itself within the first hours; and how much there is of everything."""
    from bench.copies import owner_connection

    began = time.perf_counter()
    with owner_connection() as owner:
        owner.execute("VACUUM (ANALYZE)")
        say(f"  vacuum analyze {time.perf_counter() - began:,.0f} s")
        found = {
            table: owner.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # nosec B608 - our own names
            for table in ("people_person", "desk_case", "ledger_entry", "ledger_tally", "audit_trailrow")
        }
        return found | {
            "megabytes": owner.execute("SELECT pg_database_size(current_database()) >> 20").fetchone()[0]
        }


def _settled(filled: list[Community], begin: datetime, persons: list, processes: int) -> Iterable[int]:
    share = _share(sum(one.people for one in filled))
    wanted = [(one, begin, OF_THE_FIRST if one.index == 0 else share) for one in filled]
    for one, known in in_processes(_settle, wanted, processes):
        persons += known
        yield one[0].people


def _settle(community: Community, begin: datetime, sample: int) -> list:
    from bench.settling import settle

    return settle(community, at=begin, sample=sample)


def _share(people: int) -> int:
    """How many of each community are in the sample: of a small county a third, so that the others have deeds."""
    return min(SAMPLE, people // 3) // -(-people // OF_A_COMMUNITY)


def _spread(persons: list, people: int) -> list:
    """The sample, the first community no fuller in it than the others."""
    share, seen, kept = _share(people), {}, []
    for one in sorted(persons, key=lambda each: (each.community, each.id_number[-4:])):
        seen[one.community] = seen.get(one.community, 0) + 1
        if seen[one.community] <= share:
            kept.append(one)
    return kept


def in_processes(task: Callable, wanted: list[tuple], processes: int) -> Iterable[tuple[tuple, Any]]:
    """Do each of these in a pool that knows Django, or here when there is only one; answers as they are done."""
    if processes == 1:
        yield from ((one, task(*one)) for one in wanted)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_set_up) as pool:
        under_way = {pool.submit(task, *one): one for one in wanted}
        for future in as_completed(under_way):
            yield under_way[future], future.result()


def _set_up() -> None:
    import django

    # Hundreds of thousands of rows are alive at once and none of them is waste.
    gc.set_threshold(200_000, 50, 50)
    django.setup()


def is_kept(people: int, *, path: Path | None = None) -> Loaded | None:
    """What was loaded before, when it is of today's shape and still in the database of the environment."""
    from bench.copies import owner_connection

    loaded = load(people, path)
    if loaded is None or loaded.stamp != stamp_of(people):
        return None
    with owner_connection() as owner:
        known = owner.execute(
            "SELECT 1 FROM people_person WHERE public_id = %s", [loaded.persons[0].public_id]
        )
        return loaded if known.fetchone() else None


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--people", type=int, default=10_000)
    people = parser.parse_args().people
    if not os.environ.get(ADDRESS):
        return _in_its_own_database(people)
    _set_up()
    if kept := is_kept(people):
        print(f"{kept.people:,} residents are loaded already: {path_of(people)}")
        return 0
    loaded = fill(people, say=lambda words: print(words, flush=True))
    print(f"{people:,} residents in {loaded.rates['seconds']:,.0f} s: {loaded.counts}")
    return 0


def _in_its_own_database(people: int) -> int:
    """Start the bench's own server, make it anew unless it holds what is wanted, and stop it again."""
    from bench.product import Product

    product = Product(str(people))
    kept = load(people)
    if kept is None or kept.stamp != stamp_of(people):
        product.remove()
    try:
        product.prepare()
        command = [sys.executable, "-m", "bench.load", "--people", str(people)]
        return subprocess.run(command, cwd=ROOT, env=product.env, check=False).returncode
    finally:
        product.stop()


if __name__ == "__main__":
    from tools import house

    house.run_tool(main)
