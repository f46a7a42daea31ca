"""The database of a backup: a dump of one moment, how many rows it has, and a database of its own to prove it in."""

import contextlib
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tools.house import Stop
from tools.postgres_folder import wheel_programs

PIECE = 1024 * 1024
LEAVE_WITHIN = 5.0
_TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname
"""


class Moment:
    """One moment of a database (快照): everything that is read through it belongs together."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection = psycopg.connect(url)
        self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        self.snapshot = self._one("SELECT pg_export_snapshot()")

    def __enter__(self) -> "Moment":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        return rows_of(self._connection)

    def migrations(self) -> list[str]:
        """The migrations that made the tables, in the order in which they ran."""
        found = self._connection.execute("SELECT app, name FROM django_migrations ORDER BY id")
        return [f"{app}.{name}" for app, name in found]

    @property
    def server_version(self) -> int:
        return self._connection.info.server_version

    def dump(self) -> Iterator[bytes]:
        """The dump in pieces. Rights are left out: `migrate` gives them anew to the role of the place."""
        command = [
            program("pg_dump", self.server_version), "--format=custom", "--compress=3", "--no-owner", "--no-privileges",
            f"--snapshot={self.snapshot}", "--dbname", self._url,
        ]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as dumping:
            said = _heard(dumping.stderr)
            assert dumping.stdout is not None
            try:
                while piece := dumping.stdout.read(PIECE):
                    yield piece
            except GeneratorExit:
                dumping.kill()
                raise
        if dumping.returncode:
            raise Stop(
                f"pg_dump failed ({_last(said)}): see the server's log.",
                "pg_dump 执行失败：请查看数据库日志。",
            )

    def _one(self, query: str) -> str:
        found = self._connection.execute(query).fetchone()
        assert found is not None
        return str(found[0])


def rows_of(connection: psycopg.Connection) -> dict[str, int]:
    """How many rows each table of a database has."""
    counted = {}
    for (name,) in connection.execute(_TABLES).fetchall():
        found = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        counted[name] = found[0] if found else 0
    return counted


def holds_something(url: str) -> bool:
    """Is there a table in it?"""
    with psycopg.connect(url) as connection:
        return connection.execute(_TABLES).fetchone() is not None


def fill(url: str, dump: BinaryIO) -> None:
    """Put a dump into an empty database; all or nothing."""
    with psycopg.connect(url) as connection:
        version = connection.info.server_version
    command = [
        program("pg_restore", version), "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
        "--dbname", url,
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as restoring:
        said = _heard(restoring.stderr)
        assert restoring.stdin is not None
        # When it ends early it says why; that is told below, not that its pipe broke.
        with contextlib.suppress(BrokenPipeError):
            try:
                while piece := dump.read(PIECE):
                    restoring.stdin.write(piece)
            except Stop:
                restoring.kill()
                raise
            restoring.stdin.close()
    if restoring.returncode:
        raise Stop(
            f"The database could not be restored ({_last(said)}).",
            "数据库恢复失败：请确认数据库版本不低于制作备份时的版本，且磁盘空间足够。",
        )


@contextlib.contextmanager
def scratch(url: str, name: str) -> Iterator[str]:
    """An empty database beside the one of ``url``, gone afterwards; answers its address."""
    make(url, name)
    try:
        yield beside(url, name)
    finally:
        drop(url, name)


def make(url: str, name: str) -> None:
    """Make an empty database with the order and letters of the one of ``url``, closed to everybody but its roles."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
        assert found is not None
        encoding, collate, ctype = found
        try:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}").format(
                    sql.Identifier(name), encoding, collate, ctype
                )
            )
        except psycopg.errors.InsufficientPrivilege:
            raise Stop(
                "The owner of the database may not create databases: run `ALTER ROLE … CREATEDB` for it.",
                "数据库所有者没有新建数据库的权限：请执行 ALTER ROLE … CREATEDB。",
            ) from None
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))


def drop(url: str, name: str) -> None:
    """Remove a database."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def let_in(url: str, app_url: str) -> None:
    """Let the product's role connect to the database of ``url``."""
    role = psycopg.conninfo.conninfo_to_dict(app_url)["user"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                sql.Identifier(name_in(url)), sql.Identifier(str(role))
            )
        )


def others_in(url: str) -> int:
    """How many connections others hold to this database; one that was just closed takes a moment to leave."""
    until = time.monotonic() + LEAVE_WITHIN
    while (found := _sessions_in(url)) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def _sessions_in(url: str) -> int:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            # The database's own helpers have no user; of other people's sessions nothing else can be seen.
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename IS NOT NULL"
        ).fetchone()
    return found[0] if found else 0


def swap(url: str, *, new: str, aside: str) -> None:
    """Give the database ``new`` the name of the one of ``url``, which is kept as ``aside``; both or neither."""
    present = name_in(url)
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with psycopg.connect(beside(url, "postgres")) as connection:
        try:
            connection.execute(rename.format(sql.Identifier(present), sql.Identifier(aside)))
            connection.execute(rename.format(sql.Identifier(new), sql.Identifier(present)))
        except psycopg.errors.ObjectInUse:
            raise in_use() from None


def in_use() -> Stop:
    """Somebody still works in the database."""
    return Stop("The database is in use: stop the product first.", "数据库正在使用：请先停止系统。")


def name_in(url: str) -> str:
    """The database an address names."""
    return urlsplit(url).path.strip("/")


def beside(url: str, name: str) -> str:
    """The same server and role, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def program(name: str, server_version: int) -> str:
    """The program of the server's own version when it is installed, else the package's, which is newer."""
    of_version = Path(f"/usr/lib/postgresql/{server_version // 10000}/bin") / name
    return str(of_version if of_version.exists() else wheel_programs() / name)


def _heard(stream: BinaryIO | None) -> list[str]:
    """What a program says, collected beside, so that its pipe never fills."""
    said: list[str] = []

    def listen() -> None:
        assert stream is not None
        said.extend(line.decode("utf-8", "replace") for line in stream)

    threading.Thread(target=listen, daemon=True).start()
    return said


def _last(said: list[str]) -> str:
    text = next((line.strip() for line in reversed(said) if line.strip()), "no message")
    return re.sub(r"password=\S+|:[^:@/]+@", ":…@", text)
