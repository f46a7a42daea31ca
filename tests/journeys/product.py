"""The product as its users meet it: a database of its own, a copy of the world, a web server and a job worker."""

import contextlib
import os
import secrets
import subprocess
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.journeys.filled import copied_world, environment, owning_server
from tools import postgres, processes
from tools.house import ROOT

READY_WITHIN = 120.0


class Product:
    """One running installation; ``url`` is its address and ``world`` what its streets are made of."""

    def __init__(self, name: str, folder: Path, *, store: Path) -> None:
        """``store`` is where the world lies that all products of this run are copies of."""
        self.name = name
        self.folder = folder
        self.store = store
        self.world: dict[str, Any] = {}
        self.port = postgres.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = environment(name, folder / "files")
        self.processes = processes.Processes(folder, self.env)

    def start(self) -> None:
        """Copy the world, and start the processes as `make run` does."""
        self.world = copied_world(self.name, self.folder, store=self.store)
        self.processes.start("web", processes.web(self.port))
        self.start_worker()
        self._await_health()

    def stop(self) -> None:
        """End every process that was started, and drop the database."""
        self.processes.end()
        with owning_server() as server:
            for patience in range(50):
                try:
                    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(self.name)))
                    return
                except psycopg.errors.ObjectInUse:
                    if patience == 49:
                        raise
                    time.sleep(0.2)

    def kill(self, name: str) -> None:
        """End a process as a power cut would."""
        self.processes.kill(name)

    def start_worker(self) -> None:
        """Start the process that works off the jobs, unless it runs."""
        if "worker" not in self.processes.children:
            self.processes.start("worker", processes.worker())

    def manage(self, *arguments: str) -> None:
        """Run one command of the product."""
        subprocess.run(
            processes.manage(*arguments),
            cwd=ROOT,
            env=self.env,
            check=True,
            capture_output=True,
        )

    def free_stalled(self) -> None:
        """Take back the jobs of workers thought dead now, unless the tick of this very minute waits to do it already."""
        with self.owner() as owner:
            owner.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args, queueing_lock)"
                " VALUES ('default', 'bus.free_stalled', '{\"timestamp\": 0}', 'bus.free_stalled') ON CONFLICT DO NOTHING"
            )

    @contextlib.contextmanager
    def owner(self) -> Iterator[psycopg.Connection]:
        """The database as its owner sees it."""
        with psycopg.connect(self.env["DATABASE_OWNER_URL"], autocommit=True) as connection:
            yield connection

    @property
    def today(self) -> date:
        """The day on which the world was made."""
        return date.fromisoformat(self.world["today"])

    def log(self, process: str = "web") -> str:
        """What a process has said so far."""
        return self.processes.log(process).read_text(encoding="utf-8", errors="replace")

    def _await_health(self) -> None:
        status = processes.await_health(self.port, within=READY_WITHIN, look=self._look)
        assert status == 200, f"/healthz answers {status} after {READY_WITHIN:.0f} s:\n{self.log()[-6000:]}"

    def _look(self) -> None:
        name = self.processes.ended()
        assert name is None, f"{name} ended by itself:\n{self.log(name)[-6000:]}"


def fresh_name() -> str:
    """A database name of this run, this worker and nobody else."""
    home = os.environ.get("YIMEN_TEST_DB", "test_yimen")
    return f"{home}_journeys{os.environ.get('PYTEST_XDIST_WORKER', '')}_{secrets.token_hex(2)}"
