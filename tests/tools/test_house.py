"""What the tools say when they cannot go on."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import house, install, no_hosts, run


@pytest.mark.parametrize(
    ("code", "says"),
    [(errno.ENOSPC, "full"), (errno.EROFS, "read-only"), (errno.EACCES, "cannot be written")],
)
def test_a_disk_fault_ends_a_tool_with_one_bilingual_sentence(
    code: int, says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "reconfigure", lambda **_: None, raising=False)
    monkeypatch.setattr(sys.stderr, "reconfigure", lambda **_: None, raising=False)

    def main() -> None:
        raise OSError(code, "told by the system", "somewhere")

    with pytest.raises(SystemExit) as exit_:
        house.run_tool(main)
    said = capsys.readouterr().err
    assert exit_.value.code == 1
    assert says in said
    assert said.count("\n") == 1
    assert any("一" <= letter <= "鿿" for letter in said)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o555)
    monkeypatch.setattr(house, "VAR", tmp_path / "var")
    with pytest.raises(house.Stop, match="cannot be written"):
        house.own_var()


@pytest.mark.parametrize("port", ["0", "70000", "八千", "-1"])
def test_a_port_that_is_none_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(house.Stop, match="PORT="):
        run.chosen_port()


def test_a_taken_port_names_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(house.Stop, match="taken"):
            run.chosen_port()


def test_a_missing_venv_module_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "VENV", tmp_path / "venv")
    monkeypatch.setattr(install.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(house.Stop, match="venv module"):
        install._make_venv()


def test_a_lock_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(house.Stop, match="cannot be read"):
        install.digest([tmp_path / "runtime.txt"])


def test_an_address_set_outside_is_never_paired_with_one_from_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import manage

    monkeypatch.setenv("DATABASE_URL", "postgres://app@db/x")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    (tmp_path / "env").write_text("DATABASE_OWNER_URL=postgres://file\n# a remark\nYIMEN_PROBE=a=b\n")
    manage.load_env(tmp_path / "env")
    assert "DATABASE_OWNER_URL" not in os.environ
    assert os.environ.pop("YIMEN_PROBE") == "a=b"


def test_no_lock_names_a_host() -> None:
    assert no_hosts.main() == 0


@pytest.mark.parametrize(
    "line",
    [
        "--index-url somewhere",
        "six @ git",
        '"resolved": "x"',
        "pip install /home/me/six.whl",
        '"url": "https://example.org"',
    ],
)
def test_a_host_in_a_lock_is_found(line: str, tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "runtime.txt").write_text(f"six==1.0\n{line}\n")
    assert no_hosts.main(tmp_path) == 1


def test_the_makefile_says_what_to_do_without_a_new_python(tmp_path: Path) -> None:
    import shutil

    make = shutil.which("make")
    assert make
    (tmp_path / "bin").mkdir()
    for name in ("sh", "echo"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name) or "")
    done = subprocess.run(
        [make, "run", f"DISTRIBUTION={tmp_path}"],
        cwd=house.ROOT,
        env={"PATH": str(tmp_path / "bin")},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "Python 3.11 or newer was not found" in done.stderr


def _without_make() -> dict[str, str]:
    """The environment less what a make above us (`make test`) hands down."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}


def test_the_makefile_takes_the_distributions_python_before_another_on_the_path(tmp_path: Path) -> None:
    for folder in ("distribution", "path"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "python3.12").symlink_to(sys.executable)
    said = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "check", f"DISTRIBUTION={tmp_path / 'distribution'}"],
        cwd=house.ROOT,
        env={**_without_make(), "PATH": f"{tmp_path / 'path'}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split()[0] == str(tmp_path / "distribution" / "python3.12")


def test_processes_of_ours_keep_what_python_compiled_whatever_the_shell_says() -> None:
    told = "import os, sys; from tools import house; print(sys.dont_write_bytecode, 'PYTHONDONTWRITEBYTECODE' in os.environ)"
    said = subprocess.run(
        [sys.executable, "-c", told],
        cwd=house.ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == ["False", "False"]
