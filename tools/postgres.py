"""Start and stop the PostgreSQL that comes with the project: `python tools/postgres.py start|stop|status|env`.

Only the programs of the installed package are used, never its Python wrapper. The server listens on
127.0.0.1 with a password, keeps its data in var/postgres and runs as an ordinary user even when root
starts it. With DATABASE_URL set, nothing is started: that server is used as it is.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import house
from tools.house import Stop
from tools.postgres_folder import Caller, Folder, free_port
from tools.postgres_outside import external, require_external, require_owner_url
from tools.processes import is_alive, processes_in, processes_of_group

__all__ = [
    "Server",
    "dev_server",
    "external",
    "free_port",
    "is_alive",
    "processes_in",
    "processes_of_group",
    "require_external",
    "require_owner_url",
    "throwaway_server",
]

SYSTEM_15 = Path("/usr/lib/postgresql/15/bin")
PATIENCE = 60.0
ORPHANS_LEAVE_WITHIN = 10.0

SETTINGS = {
    "shared_buffers": "128MB",
    "max_connections": "100",
    "max_wal_size": "512MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
}
# A test database is thrown away; losing it in a power cut costs nothing.
FAST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class Server(Folder):
    """One PostgreSQL with its data folder, its log and the file that says how to reach it."""

    def __init__(
        self,
        name: str = "",
        fast: bool = False,
        programs: Path | None = None,
        folder: Path | None = None,
        settings: dict[str, str] | None = None,
        variables: dict[str, str] | None = None,
    ) -> None:
        """In `folder`, var/ unless told; `settings` stand above those of every server, `variables` in its environment."""
        prefix = f"{name}-" if name else ""
        self.settings = SETTINGS | (FAST_SETTINGS if fast else {}) | (settings or {})
        self.lock = f"{prefix}postgres"
        home, prefix = (folder, "") if folder else (house.VAR, prefix)
        super().__init__(
            home / f"{prefix}postgres",
            home / f"{prefix}postgres.log",
            home / f"{prefix}env",
            fast=fast,
            programs=programs,
        )
        self.variables = variables or {}
        self.child: subprocess.Popen | None = None

    # -- what others ask ------------------------------------------------------------------------

    def start(self) -> bool:
        """Have the server running and reachable; True when this call started it."""
        house.own_var()
        with house.only_one(self.lock):
            values = house.keep_secrets(self.env_file, data_exists=self.data.exists())
            if self.answers(values):
                return False
            caller = self._caller()
            self._clear_the_dead()
            if not self.data.exists():
                values = self._create(caller, values)
            elif not all(key in values for key in house.DATABASE_KEYS):
                values = self._new_passwords(caller, values)
            self._launch(caller, values)
            return True

    def stop(self) -> bool:
        """Stop the server if it runs; open connections are ended and nothing is lost."""
        house.own_var()
        with house.only_one(self.lock):
            pid = self.pid()
            if pid is None and self.child and self.child.poll() is None:
                # It has not written its paper yet.
                pid = self.child.pid
            if pid is None:
                return False
            for sign, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, sign)
                if self._gone(pid, patience):
                    break
            if self.child is not None and self.child.pid == pid:
                self.child.wait()
            self._remove_socket_folder()
            return True

    def kill(self) -> bool:
        """End the server as a power cut would: the postmaster first, so that it starts no more, then all its children."""
        pid = self.pid()
        if pid is None:
            return False
        living = [pid, *processes_in(self.data)]
        while living:
            for one in living:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
            self._gone(pid, 5)
            living = processes_in(self.data)
        return True

    def answers(self, values: dict[str, str] | None = None) -> bool:
        """Does a real connection succeed?"""
        return self._why_silent(values or house.read_env(self.env_file)) is None

    # -- starting and waiting -------------------------------------------------------------------

    def _launch(self, caller: Caller, values: dict[str, str]) -> None:
        """Start the postmaster and wait for a real connection; a port lost in a race is chosen again."""
        for _ in range(3):
            place = self._choose_place(values)
            values = self._moved(values, place)
            shown = self.settings.get("listen_addresses", "127.0.0.1")
            listen = {"listen_addresses": shown, "port": str(place), "unix_socket_directories": ""}
            if isinstance(place, Path):
                if caller.user is not None:
                    os.chown(place, caller.user, caller.user)
                listen = {
                    "listen_addresses": "",
                    "unix_socket_directories": str(place),
                    "unix_socket_permissions": "0700",
                }
            settings = self.settings | listen
            options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
            with self.log.open("ab") as log:
                said_before = log.tell()
                self.child = subprocess.Popen(
                    [*caller.prefix, str(self.programs / "postgres"), "-D", str(self.data), *options],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    env=self._plain_environment() | self.variables,
                    # Ctrl-C in the terminal is for the tool, which then stops the server in order.
                    start_new_session=True,
                    **caller.options(),
                )
            why = self._wait(values)
            if why is None:
                return
            with self.log.open("rb") as log:
                log.seek(said_before)
                text = log.read().decode("utf-8", "replace")
            if "could not bind" not in text and "Address already in use" not in text:
                raise self._why_failed("postgres", text or why)
        raise self._why_failed("postgres", "FATAL: no free port on 127.0.0.1")

    def _wait(self, values: dict[str, str]) -> str | None:
        """Wait while the server starts or recovers; None when it answers, else why it does not."""
        deadline = time.monotonic() + PATIENCE
        why: str | None = "no answer"
        while time.monotonic() < deadline:
            why = self._why_silent(values)
            if why is None or (self.child and self.child.poll() is not None):
                return why
            time.sleep(0.05)
        return why

    @staticmethod
    def _why_silent(values: dict[str, str]) -> str | None:
        """None when a real connection succeeds, else the reason."""
        import psycopg

        url = values.get("DATABASE_OWNER_URL")
        if not url:
            return "no address"
        try:
            with psycopg.connect(url, connect_timeout=3) as connection:
                connection.execute("SELECT 1")
        except psycopg.Error as fault:
            return str(fault)
        return None

    def _clear_the_dead(self) -> None:
        """After a killed postmaster: wait for its orphans to leave, then remove the paper it left behind.

        PostgreSQL itself believes a zombie to be alive and would refuse to start.
        """
        paper = self.data / "postmaster.pid"
        if not paper.exists():
            return
        pid = self.pid()
        # It runs but gave no answer: perhaps it is just stopping.
        if pid is not None and not self._gone(pid, ORPHANS_LEAVE_WITHIN):
            os.kill(pid, signal.SIGQUIT)
            self._gone(pid, ORPHANS_LEAVE_WITHIN)
        deadline = time.monotonic() + ORPHANS_LEAVE_WITHIN
        while (orphans := processes_in(self.data)) and time.monotonic() < deadline:
            time.sleep(0.1)
        for orphan in orphans:
            with contextlib.suppress(ProcessLookupError):
                os.kill(orphan, signal.SIGKILL)
        while processes_in(self.data) and time.monotonic() < deadline + 5:
            time.sleep(0.1)
        if Path("/proc/self/cwd").exists():
            paper.unlink(missing_ok=True)

    def _gone(self, pid: int, patience: float) -> bool:
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self.child is not None and self.child.pid == pid:
                self.child.poll()
            if not is_alive(pid):
                return True
            time.sleep(0.05)
        return False


def dev_server() -> Server:
    """The server of `make run`."""
    return Server()


def throwaway_server(system: bool = False) -> Server:
    """The throw-away server of `make test`; `system` takes Debian's PostgreSQL 15 instead of the package's."""
    if not system:
        return Server("test", fast=True)
    if not (SYSTEM_15 / "postgres").exists():
        raise Stop(
            f"TEST_POSTGRES=system needs PostgreSQL 15 in {SYSTEM_15}: install Debian's postgresql-15 first.",
            f"TEST_POSTGRES=system 需要 {SYSTEM_15} 下的 PostgreSQL 15：请先安装 Debian 的 postgresql-15。",
        )
    return Server("test-system", fast=True, programs=SYSTEM_15)


def lines(values: dict[str, str]) -> Iterator[str]:
    return (f"{key}={value}" for key, value in values.items())


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("verb", choices=["start", "stop", "status", "env"])
    parser.add_argument("--test", action="store_true", help="the throw-away server of the tests")
    chosen = parser.parse_args()
    system = os.environ.get("TEST_POSTGRES") == "system"
    if external():
        require_owner_url()
        if chosen.verb == "env":
            print(*lines({key: os.environ[key] for key in house.DATABASE_KEYS}), sep="\n")
        else:
            print(
                "DATABASE_URL is set: that server is used as it is. 已设置 DATABASE_URL，直接使用该服务器。"
            )
        return 0
    server = throwaway_server(system) if chosen.test else dev_server()
    match chosen.verb:
        case "start":
            print("started 已启动" if server.start() else "already running 已在运行")
        case "stop":
            print("stopped 已停止" if server.stop() else "not running 未在运行")
        case "status":
            answers = server.answers()
            print("running 运行中" if answers else "not running 未在运行")
            return 0 if answers else 3
        case "env":
            print(*lines(server.environment()), sep="\n")
    return 0


if __name__ == "__main__":
    house.into_venv()
    house.run_tool(main)
