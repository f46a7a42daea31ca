"""Clock (时钟拨回): the clock of the whole machine, web, worker and database, is set back in the middle of the work.

The database runs under libfaketime (Debian's package of that name), ours with settings that read the clock through the same file.
"""

import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import psycopg

from bench.drills import reckoning
from bench.drills.crew import Crew, crew
from bench.drills.report import Section
from bench.drills.stage import stage
from bench.drills.window import together
from tools import house
from tools.house import Stop

LIBRARIES = ("libfaketimeMT.so.1", "libfaketime.so.1")
HOUR = 3600
# How many seconds the clock is off, and how many cases are accepted meanwhile.
HANDS = ((0, 15), (-2 * HOUR, 20), (-26 * HOUR, 20), (0, 15))
TICK = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'bus.free_stalled' AND status = 'succeeded'"
TICKS_WITHIN = 200.0
# The database measures its time limits by the same clock, so a statement that waits for another while the clock jumps may
# be cancelled: its page says so, once a jump at most for each clerk, and the next try is the same deed.
BUSY = "503 系统繁忙"
DAYS = """
    SELECT (received_at AT TIME ZONE 'Asia/Shanghai')::date, received_on, count(*), count(DISTINCT due_on)
    FROM desk_case WHERE id > %(desk_case)s GROUP BY 1, 2 ORDER BY 1"""
ASIDE = """
    SELECT count(*) FROM desk_case WHERE id > %(desk_case)s
    AND (received_at AT TIME ZONE 'Asia/Shanghai')::date <> accepted_on"""


def run() -> Section:
    """Two hours back, a day further back, and on to where it belongs."""
    section = Section(
        "clock", f"时钟拨回：受理期间整机时钟依次为 {'、'.join(_in_words(off) for off, _ in HANDS)}"
    )
    hand = house.VAR / "bench" / "clock_hand"
    hand.parent.mkdir(parents=True, exist_ok=True)
    _set(hand, 0)
    ours = {"DJANGO_SETTINGS_MODULE": "bench.drills.clock_settings", "CLOCK_HAND": str(hand)}
    with stage(variables=_faked(hand), **ours) as on:
        with on.product.owner() as owner:
            since = reckoning.marks(owner)
        phases = []
        with crew(on, 4, within=1500) as people, on.product.owner() as owner:
            people.await_answers(3)
            for off, many in HANDS:
                _set(hand, off)
                phases.append(_phase(_in_words(off), many, people, owner, section))
        drained = reckoning.drain(on.product)
        with on.product.owner() as owner:
            found = reckoning.compare(owner, since, people.asked)
            days = [
                f"received {day}: {many} cases dated {dated}, {dues} different days due"
                for day, dated, many, dues in owner.execute(DAYS, since)
            ]
            section.must(
                not reckoning.one(owner, ASIDE, since),
                "a case was accepted on another day than its clock said",
            )
        section.wrong += found.wrong
        told = sum((window.told for window in people.windows), Counter())
        section.must(not told.keys() - {BUSY}, f"pages of trouble: {sorted(told)}")
        section.must(told[BUSY] <= len(people.windows) * (len(HANDS) - 1), f"too often told: {BUSY}")
        section.must(not sum(window.seen[0] for window in people.windows), "somebody got no answer at all")
        section.prove(on.product, "verify_trail", "prove_numbers")
        section.figures |= {
            "by the clock": phases,
            "days": days,
            "sign-ins": sum(window.signed_in for window in people.windows),
            **found.figures(),
            **together(people.windows),
            "seconds until no job waited": round(drained, 1),
        }
    return section


def _phase(where: str, many: int, people: Crew, owner: psycopg.Connection, section: Section) -> str:
    """Work with the clock so; answers what became of cases and of the job that runs each minute."""
    time.sleep(3)
    ticks = reckoning.one(owner, TICK)
    seconds = people.await_more(many)
    begun = time.monotonic()
    while reckoning.one(owner, TICK) == ticks and time.monotonic() < begun + TICKS_WITHIN:
        time.sleep(1)
    ran = reckoning.one(owner, TICK) - ticks
    section.must(ran, f"{where}: the job of each minute did not run within {TICKS_WITHIN:.0f} s")
    now = owner.execute("SELECT to_char(clock_timestamp(), 'MM-DD HH24:MI')").fetchone()
    said = now[0] if now else ""
    return f"{where}: {many} more accepted in {seconds} s, the job of each minute ran {ran} ×, the database says {said}"


def _set(hand: Path, off: int) -> None:
    new = hand.with_suffix(".new")
    new.write_text(f"{off:+d}\n", encoding="ascii")
    new.chmod(0o644)
    new.replace(hand)


def _in_words(off: int) -> str:
    return f"{off // HOUR:+d} h" if off else "right"


def _faked(hand: Path) -> dict[str, str]:
    """What makes the database read its clock from the file."""
    return {
        "LD_PRELOAD": str(_library(Path("/usr/lib").glob("*/faketime/*.so.1"))),
        "FAKETIME_TIMESTAMP_FILE": str(hand),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }


def _library(among: Iterable[Path]) -> Path:
    found = {path.name: path for path in among}
    for name in LIBRARIES:
        if name in found:
            return found[name]
    raise Stop(
        "libfaketime is missing: install Debian's libfaketime.",
        "缺少 libfaketime：请安装 Debian 的 libfaketime。",
    )
