"""One installation under load: the clients' watches and the machine's meters read together."""

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import uuid4

from bench import meters, report
from bench.clients import Client, Run, Step, Unsound, drive
from bench.facts import Loaded
from bench.product import Product
from bench.watching import FOLDER
from bench.workloads import Desk, Hall, look_again, put_back, seat, step_of
from tools import postgres

HOST = "127.0.0.1"
FIRST_ANSWER_WITHIN = 60.0
PAIRS_WITHIN = 900.0
SAMPLED = 7
_FILES_OF = "SELECT count(*) FROM people_person WHERE starts_with(area, %s) AND merged_into_id IS NULL"
_COMPARING = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'people.compare' AND status IN ('todo', 'doing')"


@dataclass
class Bench:
    """Measures a product with what was loaded into it."""

    product: Product
    facts: Loaded
    seconds: float
    warm: float

    @cached_property
    def hall(self) -> Hall:
        return Hall(HOST, self.facts, self.product.owner)

    def run(
        self, work: str, *, clients: int, seconds: float = 0.0, most: int | None = None
    ) -> dict[str, Any]:
        """One workload: warmed up, then measured."""
        desks = seat(work, self.hall, port=self.product.port, clients=clients)
        steps = [step_of(work, desk) for desk in desks]
        try:
            told = self.measure(steps, web="web", seconds=seconds or self.seconds, most=most)
            for fault in (fault for desk in desks for fault in look_again(desk)):
                told["wrong"][fault] = told["wrong"].get(fault, 0) + 1
            for fault in filter(None, map(put_back, desks)):
                told["wrong"][fault] = told["wrong"].get(fault, 0) + 1
        finally:
            for desk in desks:
                desk.client.close()
        return {"work": work, "clients": clients, **told}

    def look_for_pairs(self) -> dict[str, float]:
        """How long the job takes that compares all files of a street with everybody on file (查找疑似重复)."""
        chief = self.facts.of("section_chief")[0]
        client = self.hall.client(chief, 0, self.product.port)
        begun = time.perf_counter()
        answer = client.post("/people/doubles/begin", {"request_key": str(uuid4())})
        client.close()
        if answer.status != 302:
            raise Unsound(f"nobody looks for pairs: {answer.status}")
        with self.product.owner() as owner:
            files = owner.execute(_FILES_OF, [chief.area]).fetchone()
            while owner.execute(_COMPARING).fetchone() != (0,):
                if time.perf_counter() - begun > PAIRS_WITHIN:
                    raise Unsound(f"no pairs were found within {PAIRS_WITHIN:.0f} s")
                time.sleep(0.1)
        assert files
        return {"files": files[0], "seconds": round(time.perf_counter() - begun, 1)}

    def measure(
        self, steps: Sequence[Step], *, web: str, seconds: float, most: int | None = None
    ) -> dict[str, Any]:
        """Let the steps be done, and say how fast, at what cost, and what was wrong."""
        warmed = drive(steps, seconds=self.warm, most=most)
        before = self.used(web)
        run = drive(steps, seconds=seconds, most=most)
        spent = self.used(web).since(before)
        wrong = {
            said: warmed.wrong.get(said, 0) + run.wrong.get(said, 0) for said in {*warmed.wrong, *run.wrong}
        }
        return _told(run, spent, wrong)

    def queries(self, works: Sequence[str]) -> dict[str, int]:
        """How many statements a deed of each workload takes, told by a watched server of its own."""
        with self.watched() as port:
            counts = {}
            for work in works:
                desk = seat(work, self.hall, port=port, clients=1)[0]
                desk.client.headers["X-Watch"] = "count"
                counts[work] = _sampled(desk, work)
                put_back(desk)
                desk.client.close()
        return counts

    @contextlib.contextmanager
    def watched(self) -> Iterator[int]:
        """A second web server whose pages can be looked into; what it writes lies in the product's folder."""
        port = postgres.free_port()
        name = f"web:{port}"
        self.product.start(
            name,
            DJANGO_SETTINGS_MODULE="bench.watched",
            # One process and one thread: what it saw is seen again.
            GUNICORN_CMD_ARGS="--workers=1 --threads=1",
            **{FOLDER: str(self.product.folder)},
        )
        try:
            self.first_answer(port)
            yield port
        finally:
            self.product.processes.end(name)

    def first_answer(self, port: int) -> float:
        """Seconds until a server that was just started has given a page."""
        begun = time.perf_counter()
        while time.perf_counter() - begun < FIRST_ANSWER_WITHIN:
            client = Client(HOST, port)
            with contextlib.suppress(OSError, Unsound):
                if client.get("/sign-in").status == 200:
                    client.close()
                    return time.perf_counter() - begun
            client.close()
            time.sleep(0.02)
        raise Unsound(f"no answer within {FIRST_ANSWER_WITHIN:.0f} s")

    def warm_start(self) -> float:
        """Seconds from starting the web server anew to its first page."""
        self.product.processes.end("web")
        self.product.start("web")
        return self.first_answer(self.product.port)

    def memory(self) -> dict[str, float]:
        """MiB of each process of the web server."""
        return {str(pid): round(size, 1) for pid, size in meters.memory(self.product.pids("web")).items()}

    def used(self, web: str) -> meters.Used:
        """Processor seconds so far, with this web server's."""
        groups = {
            "web": self.product.processes.children[web].pid,
            "database": self.product.server.pid(),
            "worker": self._worker(),
        }
        return meters.used(groups)

    def _worker(self) -> int | None:
        child = self.product.processes.children.get("worker")
        return child.pid if child else None


def _sampled(desk: Desk, work: str) -> int:
    counts = []
    step = step_of(work, desk)
    for _ in range(SAMPLED):
        desk.client.queries = 0
        step()
        counts.append(desk.client.queries)
    # A process that has just started reads definitions once; the middle one is a warm one.
    return sorted(counts)[SAMPLED // 2]


def _told(run: Run, spent: meters.Used, wrong: Mapping[str, int]) -> dict[str, Any]:
    times = run.all_times
    done = max(1, len(times))
    shares = sorted(spent.workers.values())
    return {
        **report.measured(times, run.seconds),
        "seconds": round(run.seconds, 2),
        "cpu_ms": {name: round(1000 * used / done, 2) for name, used in spent.seconds.items()},
        "cpu_share": {name: round(used / run.seconds, 3) for name, used in spent.seconds.items()},
        "busiest": round(shares[-1] / sum(shares), 3) if shares and sum(shares) else None,
        "kinds": {kind: report.measured(mine, run.seconds) for kind, mine in sorted(run.times.items())},
        "wrong": dict(wrong),
    }
