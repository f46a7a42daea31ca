"""Bring a street back from its backup (备份恢复演练): the world of the journeys, with its files, lost and found again."""

import base64
import hashlib
import json
import os
import subprocess
import sys

import psycopg
import pytest

from tests.journeys.conftest import store_of_the_world
from tests.journeys.filled import copied_world, environment, owning_server
from tools.backups import database, keeping
from tools.house import ROOT, Stop


@pytest.fixture
def installation(tmp_path, tmp_path_factory):
    """An installation of its own with the world in it, at rest; its environment."""
    name = f"{os.environ.get('YIMEN_TEST_DB', 'test_yimen')}_backup"
    with owning_server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
    copied_world(name, tmp_path, store=store_of_the_world(tmp_path_factory))
    env = environment(name, tmp_path / "files")
    yield env | {"YIMEN_BACKUP_KEY": "drawn-by-lot"}
    with owning_server() as server:
        left = server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'yimen\\_before\\_%'"
        ).fetchall()
        for (each,) in [*left, (name,)]:
            server.execute(f'DROP DATABASE IF EXISTS "{each}" WITH (FORCE)')


def manage(env, *arguments):
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:] or done.stdout[-2000:]
    return done.stdout


def rows(env):
    with psycopg.connect(env["DATABASE_OWNER_URL"]) as connection:
        return database.rows_of(connection)


SEALED_SINCE = """
from django.utils import timezone
from yimen.foundations.audit.api import seal_trail
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
by = system_actor("tests")
with act_as(by, on=timezone.localdate()):
    assert seal_trail(by=by, at=timezone.now())
"""


def lose_everything(env):
    """A hand in the wrong window: every person, every case, every row of the trail."""
    with psycopg.connect(env["DATABASE_OWNER_URL"]) as connection:
        connection.execute("TRUNCATE people_person, desk_case, audit_trailrow CASCADE")


def test_a_street_comes_back_whole_and_its_trail_and_numbers_hold(installation, tmp_path):
    content = b"a scanned household book"
    digest = hashlib.sha256(content).hexdigest()
    paper = tmp_path / "files" / digest[:2] / digest[2:4] / digest
    paper.parent.mkdir(parents=True, exist_ok=True)
    paper.write_bytes(content)
    before = rows(installation)
    made = keeping.make(installation, tmp_path / "kept")
    assert before["people_person"] > 0 and made.sheet.rows == before
    assert keeping.prove(installation, made.path).files == made.files > 0

    manage(installation, "shell", "--no-imports", "-c", SEALED_SINCE)
    heads = keeping.heads_file(tmp_path / "files", database.name_in(installation["DATABASE_OWNER_URL"]))
    assert heads.read_text(encoding="utf-8").count("\n") == 1

    lose_everything(installation)
    paper.unlink()
    back, aside = keeping.bring_back(installation, made.path)

    assert rows(installation) == before == back.sheet.rows
    assert paper.read_bytes() == content
    manage(installation, "migrate", "--database", "owner", "--no-input", "-v0")
    assert "全部相符" in manage(installation, "verify_trail")
    assert "全部相符" in manage(installation, "prove_numbers")
    with psycopg.connect(database.beside(installation["DATABASE_OWNER_URL"], aside)) as former:
        assert database.rows_of(former)["people_person"] == 0
    assert not heads.exists() and keeping.heads_file(tmp_path / "files", aside).exists()
    keeping.forget(installation, aside)
    assert not keeping.heads_file(tmp_path / "files", aside).exists()
    with pytest.raises(Stop, match="not kept"):
        keeping.forget(installation, database.name_in(installation["DATABASE_OWNER_URL"]))


def test_nobody_reads_a_name_in_the_file_and_a_damaged_one_leaves_the_present_as_it_was(
    installation, tmp_path
):
    made = keeping.make(installation, tmp_path / "kept")
    stream = made.path.read_bytes()
    assert "王".encode() not in stream[:64] and b"people_person" not in stream
    middle = len(stream) // 2
    made.path.write_bytes(stream[:middle] + bytes([stream[middle] ^ 1]) + stream[middle + 1 :])
    before = rows(installation)
    with pytest.raises(Stop, match="damaged"):
        keeping.bring_back(installation, made.path)
    assert rows(installation) == before
    with owning_server() as server:
        left = server.execute(
            "SELECT count(*) FROM pg_database WHERE datname ~ '^yimen_(new|proof)_'"
        ).fetchone()
    assert left == (0,)


def test_data_sealed_under_other_keys_are_refused_before_anything_is_touched(installation, tmp_path):
    made = keeping.make(installation, tmp_path / "kept")
    other = json.dumps({"k1": base64.b64encode(b"another key, thirty-two bytes :-)").decode()})
    with pytest.raises(Stop, match="YIMEN_FIELD_KEYS"):
        keeping.bring_back(installation | {"YIMEN_FIELD_KEYS": other}, made.path)


def test_a_database_in_use_is_not_exchanged(installation, tmp_path):
    made = keeping.make(installation, tmp_path / "kept")
    with psycopg.connect(installation["DATABASE_URL"]), pytest.raises(Stop, match="stop the product"):
        keeping.bring_back(installation, made.path)


def test_a_full_disk_leaves_no_half_backup(installation, tmp_path):
    import resource

    script = (
        "import sys, signal; from pathlib import Path; from tools.backups import keeping; import os;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); keeping.make(os.environ, Path(sys.argv[1]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "kept")],
        cwd=ROOT,
        env=installation,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)),
    )
    assert done.returncode != 0
    assert list((tmp_path / "kept").iterdir()) == []


def test_only_the_newest_stay(installation, tmp_path):
    from datetime import UTC, datetime

    for day in (1, 2, 3):
        keeping.make(installation, tmp_path / "kept", now=datetime(2026, 11, day, tzinfo=UTC))
    keeping.prune(tmp_path / "kept", keep=2)
    assert [path.name[6:14] for path in sorted((tmp_path / "kept").iterdir())] == ["20261102", "20261103"]
