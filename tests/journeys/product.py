"""The product as its users meet it: a database of its own, filled once, a web server and a job worker."""

import contextlib
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tools import postgres, processes
from tools.house import ROOT

FILLED_WITHIN = 300.0
READY_WITHIN = 60.0
SETTINGS = "tests.journeys.settings"


class Product:
    """One running installation; ``url`` is its address and ``world`` what its streets are made of."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self.world: dict[str, Any] = {}
        self.port = postgres.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "DATABASE_URL": self._address("DATABASE_URL"),
            "DATABASE_OWNER_URL": self._address("DATABASE_OWNER_URL"),
            "YIMEN_FILES": str(folder / "files"),
            "PYTHONWARNINGS": "default",
        }
        self.processes = processes.Processes(folder, self.env)

    def start(self) -> None:
        """Make the database, fill it, and start the processes as `make run` does."""
        with self._server() as server:
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(self.name)))
        filled = subprocess.run(
            [sys.executable, "-m", "tests.journeys.world"],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=FILLED_WITHIN,
            check=False,
        )
        assert filled.returncode == 0, f"the world could not be made:\n{filled.stderr[-6000:]}"
        self.world = json.loads(filled.stdout.splitlines()[-1])
        self.processes.start("web", processes.web(self.port))
        self.start_worker()
        self._await_health()

    def stop(self) -> None:
        """End every process that was started, and drop the database."""
        self.processes.end()
        with self._server() as server:
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

    def _address(self, key: str) -> str:
        given = os.environ.get(key) or os.environ["DATABASE_URL"]
        return urlunsplit(urlsplit(given)._replace(path=f"/{self.name}"))

    @contextlib.contextmanager
    def _server(self) -> Iterator[psycopg.Connection]:
        url = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
        with psycopg.connect(url, autocommit=True) as server:
            yield server

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
