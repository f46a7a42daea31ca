"""Pair (两套并行): two web servers and two workers on one database, as when one is to be replaced without a break."""

import json
import threading
import time
from pathlib import Path

from bench.drills import reckoning
from bench.drills.crew import crew
from bench.drills.report import Section
from bench.drills.stage import Stage, stage
from bench.drills.window import TRIAL, Answer, Asked, Window, case_in, key_in, together
from tools import postgres

DOUBLED = 60
WORKED = 150
FORM = """
title = "演练表"
[[questions]]
key = "what"
label = "什么事"
type = "text"
required = true
purpose = "演练"
"""
MATTER = """
title = "{title}"
summary = "演练用的登记。"
says = ["演练"]
way = "notice"
decides = "community"
form = "drill_form"
result = "登记回执"
items = ["drill_item"]
[[basis]]
document = "演练办法"
article = "第一条"
[days]
legal = 1
promised = 0
legal_source = "演练办法"
[archive]
category = "服务"
keep_years = 3
"""
# Each job was begun once; each tick of a periodic job became one job.
STARTED_TWICE = """
    SELECT count(*) FROM (SELECT job_id FROM procrastinate_events WHERE id > %s AND type = 'started'
    GROUP BY job_id HAVING count(*) > 1) twice"""
TICKS = """
    SELECT count(DISTINCT (j.task_name, j.args ->> 'timestamp')), count(*) FROM procrastinate_jobs j
    WHERE j.id > %s AND j.args ? 'timestamp'"""


def run() -> Section:
    """The same page sent to both at once; work at both; a definition changed under both; jobs shared by two workers."""
    section = Section("pair", "两套并行：两个网页服务、两个后台进程共用一个数据库")
    with stage() as on:
        other = _second(on)
        with on.product.owner() as owner:
            since = reckoning.marks(owner)
            event = owner.execute("SELECT coalesce(max(id), 0) FROM procrastinate_events").fetchone()[0]
            job = owner.execute("SELECT coalesce(max(id), 0) FROM procrastinate_jobs").fetchone()[0]
        urls = (on.product.url, other)
        with crew(on, 4, within=600, urls=urls) as people:
            doubled = [_both_at_once(on, urls, number, section) for number in range(DOUBLED)]
            seconds = _redefined(on, urls, section)
            people.await_answers(WORKED)
        # The minute's tick of the periodic jobs is wanted, too.
        time.sleep(65)
        drained = reckoning.drain(on.product)
        with on.product.owner() as owner:
            found = reckoning.compare(owner, since, people.asked + doubled)
            twice = owner.execute(STARTED_TWICE, (event,)).fetchone()[0]
            ticks, jobs = owner.execute(TICKS, (job,)).fetchone()
            workers = owner.execute("SELECT count(*) FROM procrastinate_workers").fetchone()[0]
        section.wrong += found.wrong
        section.must(not twice, f"{twice} jobs were begun twice")
        section.must(ticks == jobs, f"{jobs} jobs for {ticks} ticks of periodic jobs")
        section.must(workers == 2, f"{workers} workers")
        section.figures |= {
            "pages sent to both web servers at once, each one case": DOUBLED,
            "a changed definition was seen by both after, s": seconds,
            "ticks of periodic jobs, each one job": ticks,
            "jobs begun more than once": twice,
            **found.figures(),
            **together(people.windows),
            "seconds until no job waited": round(drained, 1),
        }
    return section


def _second(on: Stage) -> str:
    """Another web server and another worker; answers the address."""
    port = postgres.free_port()
    on.product.start(f"web:{port}")
    on.product.start("worker:2")
    on.product.await_health()
    url = f"http://127.0.0.1:{port}"
    line = Window(url, on.clerks(1)[0])
    line.sign_in(until=time.monotonic() + 60)
    return url


def _both_at_once(on: Stage, urls: tuple[str, str], number: int, section: Section) -> Asked:
    """One page, sent to both servers in the same moment: a proxy that asks again, a double click."""
    clerk = on.clerks(number + 1)[number]
    here = Window(urls[0], clerk)
    here.sign_in(until=time.monotonic() + 60)
    there = Window(urls[1], clerk)
    there.cookies = here.cookies
    person = here.dice.choice(clerk.people)
    path = f"/desk/new/trial/?person={person}"
    key = key_in(here.get(path).text)
    answers: list[Answer] = []
    gate = threading.Barrier(2)

    def send(window: Window) -> None:
        gate.wait()
        answers.append(window.post(path, TRIAL | {"request_key": key}))

    threads = [threading.Thread(target=send, args=(window,)) for window in (here, there)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cases = {case_in(answer.location) for answer in answers}
    section.must(
        [answer.status for answer in answers] == [302, 302] and len(cases) == 1,
        f"sent to both: {[(answer.status, answer.location) for answer in answers]}",
    )
    return Asked(key, person, tries=2, case=cases.pop())


def _redefined(on: Stage, urls: tuple[str, str], section: Section) -> float:
    """A matter of the street's own gets another title; both servers show it without being told."""
    folder = on.product.folder / "site" / "definitions"
    title = f"演练登记{int(time.time())}"
    _write(folder / "item" / "drill_item.toml", 'title = "演练"\nunit = "件"\ndescription = "演练。"\n')
    _write(folder / "form" / "drill_form.toml", FORM)
    _write(folder / "matter" / "drill.toml", MATTER.format(title=title))
    on.product.manage("sync_definitions", YIMEN_SITE=str(folder.parent))
    begun = time.monotonic()
    waiting = set(urls)
    while waiting and time.monotonic() < begun + 30:
        for url in tuple(waiting):
            catalogue = Window(url, on.clerks(1)[0]).get("/api/catalogue.json").text
            if title in json.dumps(json.loads(catalogue), ensure_ascii=False):
                waiting.remove(url)
    section.must(not waiting, "a web server never saw the changed definition")
    return round(time.monotonic() - begun, 1)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
