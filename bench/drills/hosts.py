"""Hosts (多主机): two web hosts and one for jobs, with one database and one folder of files; reading grows with the hosts."""

import contextlib
import os
import re
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from bench.drills import reckoning
from bench.drills.crew import crew
from bench.drills.disk import TAKEN, upload_page
from bench.drills.network import HOME, NETWORK, Host, hosts
from bench.drills.report import Section
from bench.drills.stage import Stage, stage
from bench.drills.window import Line, Window, together
from tools import processes

PORT = 8000
CORES = 0.15
READERS = 3  # at each host
WARM, MEASURED = 6.0, 20.0
GROWS = 1.8
WORKED = 40
UP_WITHIN = 180.0


def run() -> Section:
    """The same reading at one host and at two; then work at both, files and sessions across, one host taken away."""
    section = Section(
        "hosts",
        "多主机：两台网页主机、一台后台主机（各自的网络命名空间和地址），共用一个数据库和一个文件目录；"
        f"每台网页主机限 {CORES} 个处理器核",
    )
    with hosts(("one", "two", "jobs")) as made, _stage(made) as on:
        one, two, jobs = made
        on.product.processes.start("worker", jobs.run(processes.worker()))
        for host in (one, two):
            on.product.processes.start(f"web {host.name}", host.run(_web(host)))
        urls = [_up(host) for host in (one, two)]
        for host in (one, two):
            host.limit(CORES)
        _read(on, urls, WARM)
        alone = _read(on, urls[:1], MEASURED)
        both = _read(on, urls, MEASURED)
        # A machine that others use, too, is not the same twice: the better of two counts for the one host.
        alone = max(alone, _read(on, urls[:1], MEASURED))
        section.must(both >= GROWS * alone, f"two hosts read {both / alone:.2f} times what one does")
        worked, held = one.held()
        with on.product.owner() as owner:
            since = reckoning.marks(owner)
        with crew(on, 4, within=600, urls=urls) as people:
            people.await_answers(WORKED)
        reckoning.drain(on.product)
        with on.product.owner() as owner:
            found = reckoning.compare(owner, since, people.asked)
        section.wrong += found.wrong
        section.figures |= {
            "pages read in a second at one host, the better of before and after": round(alone, 1),
            "pages read in a second at two": round(both, 1),
            "times": round(both / alone, 2),
            "first host at work in so many tenths of a second, held down in": f"{worked}, {held}",
            "limited": f"each host by the cpu controller to {CORES} of a core; the database and the readers are not",
            **_across(on, urls, section),
            **found.figures(),
            **together(people.windows),
        }
    return section


@contextlib.contextmanager
def _stage(made: Sequence[Host]) -> Iterator[Stage]:
    """The stage with a database that the hosts reach, and nothing else running yet."""
    names = ",".join(("127.0.0.1", HOME, *(host.address for host in made)))
    settings = {"listen_addresses": f"127.0.0.1,{HOME}"}
    with stage(settings=settings, running=False, YIMEN_HOSTS=names) as on:
        server = on.product.server
        rules = server.data / "pg_hba.conf"
        kept = rules.read_text()
        rules.write_text(f"{kept}host all all {NETWORK}.0/24 scram-sha-256\n")
        os.kill(server.pid(), signal.SIGHUP)
        # What a process of a host gets; commands of the drill itself come from home and may go there, too.
        on.product.processes.env = on.product.env | {
            name: on.product.env[name].replace("127.0.0.1", HOME)
            for name in ("DATABASE_URL", "DATABASE_OWNER_URL")
        }
        try:
            yield on
        finally:
            rules.write_text(kept)
            on.product.processes.end()


def _web(host: Host) -> list[str]:
    command = processes.web(PORT)
    return [part.replace(f"127.0.0.1:{PORT}", f"{host.address}:{PORT}") for part in command]


def _up(host: Host) -> str:
    """Wait until the host answers; its address."""
    url = f"http://{host.address}:{PORT}"
    until = time.monotonic() + UP_WITHIN
    line = Line(url)
    while time.monotonic() < until and line.get("/healthz").status != 200:
        time.sleep(0.5)
    return url


def _read(on: Stage, urls: Sequence[str], seconds: float) -> float:
    """So many readers at each host, each on a line of her own; answers pages in a second."""
    clerks = on.clerks(READERS * len(urls))
    windows = [Window(urls[number % len(urls)], clerk) for number, clerk in enumerate(clerks)]
    for window in windows:
        window.sign_in(until=time.monotonic() + 120)
    read = [0] * len(windows)
    until = time.monotonic() + seconds

    def work(number: int) -> None:
        window, turn = windows[number], number
        while time.monotonic() < until:
            person = window.clerk.people[turn % len(window.clerk.people)]
            turn += 1
            answer = window.get((f"/people/{person}/", "/desk/", "/people/?q=wang")[turn % 3])
            read[number] += answer.status == 200 and time.monotonic() < until

    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(len(windows))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 60)
    for window in windows:
        window.close()
    return sum(read) / seconds


def _across(on: Stage, urls: Sequence[str], section: Section) -> dict[str, object]:
    """Signed in at one host, at work at the other; a page handed in here is shown there, also when this host is gone."""
    window = Window(urls[0], on.clerks(1)[0])
    window.sign_in(until=time.monotonic() + 60)
    taken = upload_page(window, on, 0)
    section.must(taken.status in TAKEN, f"an upload at the first host: {taken.status}")
    path = f"/desk/new/temporary_relief/papers/receipts/?person={window.clerk.people[0]}"
    on.product.processes.kill("web one")
    section.must(window.get("/").status == 0, "the host that was taken away still answers")
    window.close()
    window.url = urls[1]
    page = window.get(path)
    pictures = [link for link in re.findall(r'(?:src|href)="(/[^"]+)"', page.text) if "/pages/" in link]
    shown = window.get(urlsplit(pictures[0]).path) if pictures else page
    kind = shown.headers.get("content-type", "")
    section.must(page.status == 200, f"the other host asked for another sign-in: {page.status}")
    section.must(
        kind.startswith(("image/", "application/pdf")), f"the file is not shown there: {kind} {pictures}"
    )
    return {
        "signed in at one host, went on at the other": page.status,
        "a page handed in at one host, shown by the other": kind,
    }
