"""A running installation of its own: database with the durability of daily use, web server and job worker as `make run`.

It lies in ``var/bench/<name>/`` and stays there, so that a loaded population is loaded once::

    with Product("10000").up() as product:     # database, tables and definitions, web server, worker; stopped at the end
        product.url, product.owner(), product.manage("…"), product.kill("web"), product.start("web")
"""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tools import house, postgres, processes, steps
from tools.house import ROOT, Stop

READY_WITHIN = 120.0
# Said aloud although PostgreSQL has them on: what is measured here is what would survive a power cut.
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
MEGABYTE = 1024 * 1024


def sized_for_this_machine() -> dict[str, str]:
    """What an administrator sets on a machine that serves both web and database: an eighth of the memory to the cache."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // MEGABYTE
    cache = min(4096, max(128, memory // 8))
    return {
        "shared_buffers": f"{cache}MB",
        "effective_cache_size": f"{memory // 2}MB",
        "maintenance_work_mem": f"{cache // 4}MB",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
    }


class Product:
    """One installation; ``url`` is its address, ``env`` what its processes get, ``folder`` where it lies."""

    def __init__(
        self,
        name: str,
        *,
        settings: dict[str, str] | None = None,
        variables: dict[str, str] | None = None,
        **env: str,
    ) -> None:
        """``settings`` of PostgreSQL stand above those for this machine; ``env`` goes to every process of ours.

        ``variables`` are the environment of the database.
        """
        self.folder = house.VAR / "bench" / name
        self.port = postgres.free_port()
        self.server = postgres.Server(
            f"bench-{name}",
            folder=self.folder,
            settings=sized_for_this_machine() | DURABLE | (settings or {}),
            variables=variables,
        )
        self._more = {"YIMEN_FILES": str(self.folder / "files"), **env}
        self.processes = processes.Processes(self.folder)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def also(self, **env: str) -> None:
        """From now on processes of this installation get this, too."""
        self._more |= env

    @property
    def env(self) -> dict[str, str]:
        """What a process of this installation gets."""
        return {
            "YIMEN_SECOND_FACTOR_WAIVED": "true",
            **os.environ,
            **self.server.environment(),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            **self._more,
        }

    # -- as a whole -----------------------------------------------------------------------------

    @contextlib.contextmanager
    def up(self) -> Iterator["Product"]:
        """Everything runs within the block and nothing after it."""
        try:
            self.prepare()
            self.start("web")
            self.start("worker")
            self.await_health()
            yield self
        finally:
            self.stop()

    def prepare(self) -> None:
        """The database alone, with today's tables and definitions: what a bulk load needs."""
        house.own_var()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.server.start()
        steps.tables(self.env)

    def stop(self) -> None:
        """End every process in order; the data stays."""
        self.processes.end()
        self.server.stop()

    def remove(self) -> None:
        """Forget the installation with all its data."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- one process ----------------------------------------------------------------------------

    def start(self, name: str, **more: str) -> None:
        """Start ``web``, ``worker`` or ``database``; ``web`` with a port of its own is ``web:8123``."""
        kind, _, port = name.partition(":")
        if kind == "database":
            before = self.env["DATABASE_URL"]
            self.server.start()
            if self.env["DATABASE_URL"] != before:
                raise Stop(
                    "Another program took the database's port while it was down: run again.",
                    "数据库重启期间端口被占用：请重新运行。",
                )
            return
        self.processes.env = self.env
        command = processes.web(int(port or self.port)) if kind == "web" else processes.worker()
        self.processes.start(name, command, **more)

    def kill(self, name: str) -> None:
        """End a process with all it started as a power cut would, in the middle of whatever it does."""
        if name == "database":
            self.server.kill()
        else:
            self.processes.kill(name)

    def await_health(self, *, within: float = READY_WITHIN) -> None:
        """Wait until web, database and worker are up."""
        status = processes.await_health(self.port, within=within, look=self._look)
        if status != 200:
            raise Stop(
                f"/healthz answers {status} after {within:.0f} s: see {self.folder}.",
                f"{within:.0f} 秒后仍未就绪：请查看 {self.folder}。",
            )

    def pids(self, name: str) -> list[int]:
        """The living processes of ``web``, ``worker`` or ``database``, whose memory and CPU somebody may want to know."""
        if name == "database":
            return postgres.processes_in(self.server.data)
        return postgres.processes_of_group(self.processes.children[name].pid)

    # -- around it ------------------------------------------------------------------------------

    def manage(self, *arguments: str, **more: str) -> str:
        """Run one command of the product, with ``more`` in its environment; answers what it said."""
        done = subprocess.run(
            processes.manage(*arguments),
            cwd=ROOT,
            env=self.env | more,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Stop(
                f"`manage.py {' '.join(arguments)}` failed: {(done.stderr or done.stdout)[-3000:]}",
                f"命令 {arguments[0]} 执行失败。",
            )
        return done.stdout

    @contextlib.contextmanager
    def owner(self) -> Iterator[psycopg.Connection]:
        """The database as its owner sees it, past row-level security."""
        with psycopg.connect(self.env["DATABASE_OWNER_URL"], autocommit=True) as connection:
            yield connection

    def said(self, name: str) -> str:
        """What a process has said so far."""
        path: Path = self.server.log if name == "database" else self.processes.log(name)
        return path.read_text(encoding="utf-8", errors="replace")

    def _look(self) -> None:
        if name := self.processes.ended():
            raise Stop(
                f"The {name} process ended by itself: {self.said(name)[-3000:]}", f"{name} 进程意外退出。"
            )
