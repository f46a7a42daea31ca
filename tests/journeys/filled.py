"""The world is made once for all workers of a run: the first who wants one makes it, every product gets a copy."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tools.house import ROOT

FILLED_WITHIN = 300.0
SETTINGS = "tests.journeys.settings"


def copied_world(name: str, folder: Path, *, store: Path) -> dict[str, Any]:
    """A new database of this name and, in ``folder``, its files: a copy of the world that lies in ``store``.

    Answers what the tests must know of it.
    """
    store.mkdir(exist_ok=True)
    told = store / "world.json"
    with (store / "lock").open("w") as lock, owning_server() as server:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            _make(server, store, told)
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, world_name())))
        )
    if (store / "files").exists():
        shutil.copytree(store / "files", folder / "files")
    return json.loads(told.read_text(encoding="utf-8"))


def world_name() -> str:
    """The database that is copied; it is gone when the run ends."""
    return f"{os.environ.get('YIMEN_TEST_DB', 'test_yimen')}_world"


def environment(name: str, files: Path) -> dict[str, str]:
    """What a process gets that works in this database and with these files."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATABASE_URL": _address("DATABASE_URL", name),
        "DATABASE_OWNER_URL": _address("DATABASE_OWNER_URL", name),
        "YIMEN_FILES": str(files),
        "PYTHONWARNINGS": "default",
    }


@contextmanager
def owning_server() -> Iterator[psycopg.Connection]:
    """The server as the owner of databases."""
    url = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        yield server


def _make(server: psycopg.Connection, store: Path, told: Path) -> None:
    database = sql.Identifier(world_name())
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(database))
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(database))
    filled = subprocess.run(
        [sys.executable, "-m", "tests.journeys.world"],
        cwd=ROOT,
        env=environment(world_name(), store / "files"),
        capture_output=True,
        text=True,
        timeout=FILLED_WITHIN,
        check=False,
    )
    assert filled.returncode == 0, f"the world could not be made:\n{filled.stderr[-6000:]}"
    with psycopg.connect(_address("DATABASE_OWNER_URL", world_name()), autocommit=True) as owner:
        owner.execute("ANALYZE")  # as a database that was filled long ago, and every copy with it
    told.write_text(filled.stdout.splitlines()[-1], encoding="utf-8")


def _address(key: str, name: str) -> str:
    given = os.environ.get(key) or os.environ["DATABASE_URL"]
    return urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
