"""The starter of the embedded server, driven as a user drives it, on a data folder of its own."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tools import house, postgres, postgres_folder


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that other users may enter, unlike pytest's own: the server of root runs as another user."""
    folder = Path(tempfile.mkdtemp(prefix="yimen-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def var(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A var/ folder of its own, and an environment that names no server."""
    folder = place / "一门 var"
    monkeypatch.setattr(house, "VAR", folder)
    for key in (*house.DATABASE_KEYS, *house.SECRET_KEYS):
        monkeypatch.delenv(key, raising=False)
    return folder


@pytest.fixture
def server(var: Path) -> Iterator[postgres.Server]:
    server = postgres.Server(fast=True)
    yield server
    server.stop()


def urls(server: postgres.Server) -> tuple[str, str]:
    values = server.environment()
    return values["DATABASE_OWNER_URL"], values["DATABASE_URL"]


def test_data_survives_a_stop_and_a_start(server: postgres.Server) -> None:
    assert server.start() is True
    assert server.start() is False
    owner, _ = urls(server)
    with psycopg.connect(owner) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('一门')")
    assert server.stop() is True
    assert not server.answers()
    server.start()
    assert urls(server)[0] == owner
    with psycopg.connect(owner) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("一门",)


def test_the_app_role_owns_nothing_and_creates_nothing(server: postgres.Server) -> None:
    server.start()
    owner, app = urls(server)
    with psycopg.connect(owner) as connection:
        roles = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles "
            "WHERE rolname IN ('yimen_owner', 'yimen_app') ORDER BY rolname"
        ).fetchall()
        owned_by = connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
    assert roles == [("yimen_app", False, False, False, False), ("yimen_owner", False, False, True, False)]
    assert owned_by == ("yimen_owner",)
    with psycopg.connect(app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("CREATE TABLE mine (id int)")


@pytest.mark.parametrize("login", ["postgres", "yimen_app"])
def test_nobody_comes_in_without_the_password(server: postgres.Server, login: str) -> None:
    server.start()
    port = psycopg.conninfo.conninfo_to_dict(urls(server)[1])["port"]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host="127.0.0.1", port=port, user=login, dbname="yimen", password="wrong")


def test_secrets_are_made_once_and_for_their_owner_only(server: postgres.Server) -> None:
    server.start()
    before = server.env_file.read_text()
    assert server.env_file.stat().st_mode & 0o777 == 0o600
    assert set(server.environment()) == {*house.SECRET_KEYS, *house.DATABASE_KEYS}
    server.stop()
    server.start()
    assert server.env_file.read_text() == before


def test_lost_keys_are_said_and_not_made_anew(server: postgres.Server) -> None:
    server.start()
    server.stop()
    server.env_file.unlink()
    with pytest.raises(house.Stop, match="YIMEN_FIELD_KEYS"):
        server.start()


def test_lost_addresses_are_made_anew(server: postgres.Server) -> None:
    server.start()
    server.stop()
    keys = {key: value for key, value in server.environment().items() if key in house.SECRET_KEYS}
    house.write_env(server.env_file, keys)
    assert server.start() is True
    assert server.answers()


def test_a_killed_server_starts_again_with_its_data(var: Path) -> None:
    server = postgres.Server()
    server.start()
    owner, _ = urls(server)
    with psycopg.connect(owner) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    pid = server.pid()
    assert pid
    # Not reaped on purpose: the dead postmaster stays a zombie, as in a container without an init.
    os.kill(pid, signal.SIGKILL)
    while postgres.is_alive(pid):
        time.sleep(0.01)
    assert server.pid() is None
    second = postgres.Server()
    assert second.start() is True
    with psycopg.connect(owner) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)
    second.stop()
    assert server.child
    server.child.wait()


def test_a_stale_paper_naming_another_process_does_not_hinder_a_start(server: postgres.Server) -> None:
    server.start()
    server.stop()
    paper = server.data / "postmaster.pid"
    paper.write_text(f"{os.getpid()}\n{server.data}\n1\n1\n\n127.0.0.1\n\nstopping\n")
    paper.chmod(0o644)
    assert server.pid() is None
    assert server.start() is True


def test_a_taken_port_is_chosen_anew(server: postgres.Server) -> None:
    server.start()
    server.stop()
    port = int(psycopg.conninfo.conninfo_to_dict(urls(server)[1])["port"])
    with socket.create_server(("127.0.0.1", port)):
        server.start()
        assert server.answers()
        assert int(psycopg.conninfo.conninfo_to_dict(urls(server)[1])["port"]) != port


def test_a_socket_in_a_short_folder_serves_where_tcp_is_impossible(
    server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_tcp(*_: object) -> int:
        raise OSError("Cannot assign requested address")

    monkeypatch.setattr(postgres_folder, "free_port", no_tcp)
    server.start()
    folder = Path(str(psycopg.conninfo.conninfo_to_dict(urls(server)[1])["host"]))
    assert server.answers()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert len(str(folder)) < 60
    server.stop()
    assert not folder.exists()


def test_two_starts_at_once_make_one_server(server: postgres.Server) -> None:
    started: list[bool] = []
    rivals = [postgres.Server(fast=True) for _ in range(3)]
    threads = [threading.Thread(target=lambda rival=rival: started.append(rival.start())) for rival in rivals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(started) == [False, False, True]
    server.stop()
    for rival in rivals:
        if rival.child:
            rival.child.wait()


def test_a_server_named_from_outside_is_left_alone(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app@db/yimen")
    with pytest.raises(house.Stop, match="DATABASE_OWNER_URL"):
        postgres.require_owner_url()
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner@db/yimen")
    postgres.require_owner_url()
    assert not var.exists()


def test_a_server_named_from_outside_that_does_not_answer_is_one_sentence(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in house.DATABASE_KEYS:
        monkeypatch.setenv(key, f"postgres://app@127.0.0.1:{postgres.free_port()}/yimen")
    with pytest.raises(house.Stop, match="DATABASE_URL does not let us in") as stop:
        postgres.require_external()
    assert "\n" not in str(stop.value)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
def test_root_starts_it_below_a_folder_closed_to_others(
    place: Path, monkeypatch: pytest.MonkeyPatch, server: postgres.Server
) -> None:
    if subprocess.run(["unshare", "--user", "true"], capture_output=True).returncode:
        pytest.skip("unshare is not allowed here")
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(house, "VAR", closed / "var")
    hidden = postgres.Server(fast=True)
    hidden.start()
    assert hidden.answers()
    assert closed.stat().st_mode & 0o777 == 0o700
    hidden.stop()
    # Opened again, the same data goes on under the other way of running.
    closed.chmod(0o755)
    hidden.start()
    assert hidden.data.stat().st_uid == postgres_folder.NOBODY
    hidden.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
def test_without_any_way_to_drop_rights_one_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, server: postgres.Server
) -> None:
    monkeypatch.setattr(postgres.Server, "_reachable", lambda *_: False)
    monkeypatch.setattr(postgres_folder.shutil, "which", lambda _: None)
    with pytest.raises(house.Stop, match="DATABASE_URL") as stop:
        server.start()
    assert "\n" not in str(stop.value)


def test_a_var_of_another_owner_is_one_sentence(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    var.mkdir()
    monkeypatch.setattr(house.os, "geteuid", lambda: 4242)
    with pytest.raises(house.Stop, match="another user"):
        house.own_var()
    assert list(var.iterdir()) == []
