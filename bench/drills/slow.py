"""Slow (数据库变慢): a lock that is held, and a statement that takes for ever; who waits is told so, the others go on."""

import contextlib
import threading
import time
from collections.abc import Iterator

from bench.drills import reckoning
from bench.drills.crew import crew
from bench.drills.report import Section
from bench.drills.stage import Stage, stage
from bench.drills.window import Line, Window, together

SPEAKS = {"503 系统繁忙"}
HELD = 25.0
PAGES = ("/people/", "/desk/", "/")
SLEEPY = """
CREATE FUNCTION drill_sleep() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$;
CREATE TRIGGER drill_sleep BEFORE INSERT ON desk_case FOR EACH ROW EXECUTE FUNCTION drill_sleep();
"""
AWAKE = "DROP FUNCTION IF EXISTS drill_sleep CASCADE"


def run() -> Section:
    """Everybody waits for one lock; then every acceptance sleeps longer than a statement may."""
    section = Section("slow", "数据库变慢：长时间占用锁、语句超时；受理要等，其他页面照常")
    with stage() as on:
        with on.product.owner() as owner:
            since = reckoning.marks(owner)
            owner.execute(AWAKE)
        asked = []
        for what, hindrance in (("a lock held", _locked), ("a statement that sleeps", _sleeping)):
            with crew(on, 8, within=240) as people:
                people.await_answers(10)
                with hindrance(on), _reader(on) as reader:
                    time.sleep(HELD)
                back = people.await_more(5)
            asked += people.asked
            told = set().union(*(window.told for window in people.windows))
            section.must(told <= SPEAKS, f"{what}: pages said something else: {sorted(told - SPEAKS)}")
            section.must(told, f"{what}: nobody was told anything")
            section.figures |= {
                f"{what}: {HELD:.0f} s, eight windows": together(people.windows),
                f"{what}: another clerk's pages meanwhile": reader,
                f"{what}: seconds until five more were accepted": back,
            }
        reckoning.drain(on.product)
        with on.product.owner() as owner:
            found = reckoning.compare(owner, since, asked)
        section.wrong += found.wrong
        section.figures |= found.figures()
    return section


@contextlib.contextmanager
def _locked(on: Stage) -> Iterator[None]:
    """Nobody else gets a number for a letter."""
    with on.product.owner() as owner, owner.transaction():
        owner.execute("LOCK TABLE documents_lettercounter IN ACCESS EXCLUSIVE MODE")
        yield


@contextlib.contextmanager
def _sleeping(on: Stage) -> Iterator[None]:
    """Every new case sleeps a minute."""
    with on.product.owner() as owner:
        owner.execute(SLEEPY)
        try:
            yield
        finally:
            owner.execute(AWAKE)


@contextlib.contextmanager
def _reader(on: Stage) -> Iterator[dict[str, object]]:
    """A clerk who only reads, a page each second; the dictionary is filled at the end."""
    clerk = on.clerks(5)[4]
    line, over = Window(on.product.url, clerk), threading.Event()
    line.sign_in(until=time.monotonic() + 60)
    seconds: list[float] = []
    found: dict[str, object] = {}

    def read(line: Line = line) -> None:
        while not over.wait(1.0):
            for page in PAGES:
                answer = line.get(page)
                seconds.append(answer.seconds if answer.status == 200 else -1)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        thread.join(60)
        good = sorted(one for one in seconds if one >= 0)
        found |= {
            "pages": len(seconds),
            "not shown": len(seconds) - len(good),
            "median s": round(good[len(good) // 2], 2) if good else None,
            "longest s": round(good[-1], 2) if good else None,
        }
