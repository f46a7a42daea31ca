"""The product as its users meet it: a database of its own, filled once, a web server and a job worker."""

import contextlib
import http.client
import json
import os
import secrets
import signal
import socket
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

ROOT = Path(__file__).resolve().parent.parent.parent
FILLED_WITHIN = 300.0
READY_WITHIN = 60.0
STOP_WITHIN = 10.0
SETTINGS = "tests.journeys.settings"


class Product:
    """One running installation; ``url`` is its address and ``world`` what its streets are made of."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self.world: dict[str, Any] = {}
        self.children: dict[str, subprocess.Popen] = {}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "DATABASE_URL": self._address("DATABASE_URL"),
            "DATABASE_OWNER_URL": self._address("DATABASE_OWNER_URL"),
            "YIMEN_FILES": str(folder / "files"),
            "PYTHONWARNINGS": "default",
        }

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
        self._spawn(
            "web",
            *("gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread"),
            *("--workers", "2", "--threads", "4", "--no-control-socket"),
        )
        self.start_worker()
        self._await_health()

    def stop(self) -> None:
        """End every process that was started, and drop the database."""
        for child in self.children.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_WITHIN
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
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
        """End a process as a power cut would: at once, in the middle of whatever it does."""
        child = self.children.pop(name)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def start_worker(self) -> None:
        """Start the process that works off the jobs."""
        self._spawn("worker", "django", "procrastinate", "worker")

    def manage(self, *arguments: str) -> None:
        """Run one command of the product."""
        subprocess.run(
            [sys.executable, "-m", "django", *arguments],
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
        return (self.folder / f"{process}.log").read_text(encoding="utf-8", errors="replace")

    def _address(self, key: str) -> str:
        given = os.environ.get(key) or os.environ["DATABASE_URL"]
        return urlunsplit(urlsplit(given)._replace(path=f"/{self.name}"))

    @contextlib.contextmanager
    def _server(self) -> Iterator[psycopg.Connection]:
        url = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
        with psycopg.connect(url, autocommit=True) as server:
            yield server

    def _spawn(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.children[name] = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # A group of its own, so that stopping reaches all that it started and nothing else.
                start_new_session=True,
            )

    def _await_health(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        status = None
        while time.monotonic() < deadline:
            for name, child in self.children.items():
                assert child.poll() is None, f"{name} ended by itself:\n{self.log(name)[-6000:]}"
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(line):
                line.request("GET", "/healthz")
                status = line.getresponse().status
                if status == 200:
                    return
            time.sleep(0.2)
        raise AssertionError(f"/healthz answers {status} after {READY_WITHIN:.0f} s:\n{self.log()[-6000:]}")


def fresh_name() -> str:
    """A database name of this run, this worker and nobody else."""
    home = os.environ.get("YIMEN_TEST_DB", "test_yimen")
    return f"{home}_journeys{os.environ.get('PYTEST_XDIST_WORKER', '')}_{secrets.token_hex(2)}"
