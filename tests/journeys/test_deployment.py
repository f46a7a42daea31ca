"""`check --deploy` on an installation as the how-to makes it (durable database, two roles, TLS, a backup): nothing is said."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tools import house, postgres
from tools.house import ROOT


@pytest.fixture(scope="module")
def installation() -> Iterator[dict[str, str]]:
    """The environment of an installation of its own with today's tables, as it is before the first resident."""
    # A folder that other users may enter, unlike pytest's own: the server of root runs as another user.
    place = Path(tempfile.mkdtemp(prefix="yimen-test-"))
    place.chmod(0o755)
    server = postgres.Server(folder=place)
    ours = ("YIMEN_", "DATABASE_", "DJANGO_")
    plain = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    try:
        server.start()
        files = place / "files"
        files.mkdir(mode=0o700)
        env = plain | house.new_secrets() | server.environment()
        env |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "YIMEN_TLS": "true",
            "YIMEN_HOSTS": "yimen.panhuo.example,127.0.0.1",
            "YIMEN_PUBLIC_URL": "https://yimen.panhuo.example/",
            "YIMEN_FILES": str(files),
        }
        made = manage(env, "migrate", "--database", "owner", "--no-input", "-v0")
        assert made.returncode == 0, made.stderr[-3000:]
        yield env
    finally:
        server.stop()
        shutil.rmtree(place)


def manage(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(house.PYTHON), "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def checked(env: dict[str, str], **changed: str) -> tuple[int, str]:
    done = manage(env | changed, "check", "--deploy", "--fail-level", "WARNING")
    return done.returncode, done.stdout + done.stderr


def test_an_installation_that_follows_the_how_to_is_clean_and_what_is_missing_fails_the_check(installation):
    failed, said = checked(installation)
    assert failed and "yimen.W009" in said and said.count("(yimen.") == 2
    made = ("--made-at", datetime.now(UTC).isoformat(), "--rows", "1", "--files", "0", "--size", "9")
    assert manage(installation, "note_backup", "a.yimen", *made, "--spoilt", "0", "--proven").returncode == 0
    failed, said = checked(installation)
    assert not failed, said
    # Which algorithms are in use is always said; nothing else is, neither of ours nor of the framework's.
    assert "WARNINGS" not in said and "ERRORS" not in said and said.count("HINT") == 1
    assert "yimen.I012" in said and "2 silenced" in said
    failed, said = checked(installation, YIMEN_PUBLIC_URL="https://yimen.panhuo.example/my?x=1")
    assert failed and "YIMEN_PUBLIC_URL is https://" in said
    failed, said = checked(installation, YIMEN_TLS="false", YIMEN_DEBUG="true")
    assert failed and "yimen.E001" in said and "security.W018" in said
