"""What every tool shares: where things lie, how a tool stops with one sentence, the var/ folder and its secrets."""

import base64
import contextlib
import errno
import fcntl
import io
import json
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

DATABASE_KEYS = ("DATABASE_URL", "DATABASE_OWNER_URL")
SECRET_KEYS = ("YIMEN_SECRET_KEY", "YIMEN_FIELD_KEYS", "YIMEN_INDEX_KEY", "YIMEN_SEAL_KEY")

# Where a shell forbids Python to keep what it compiled, every process of ours would compile a thousand modules anew before
# its first answer: half as long again for a start, and for each of the many starts of a run of the tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


class Stop(Exception):
    """The tool cannot go on; says in one English and one Chinese sentence what to do."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(f"{english} {chinese}")


def stop_for_disk(fault: OSError | str, place: Path | str = VAR) -> Stop:
    """The sentence for a disk that cannot be written to."""
    code = fault.errno if isinstance(fault, OSError) else None
    text = str(fault)
    if code in (errno.ENOSPC, errno.EDQUOT) or "No space left" in text or "ENOSPC" in text:
        return Stop(
            f"The disk is full: free some space for {place} and try again.",
            f"磁盘已满：请为 {place} 腾出空间后重试。",
        )
    if code == errno.EROFS or "Read-only file system" in text or "EROFS" in text:
        return Stop(
            f"The disk is read-only: copy the project to a place where {place} can be written.",
            f"磁盘只读：请把项目复制到可写入 {place} 的位置。",
        )
    return Stop(
        f"{place} cannot be written ({text}): give this user the right to write there, or use a clone of its own.",
        f"无法写入 {place}：请给当前用户写权限，或使用该用户自己的副本。",
    )


def run_tool(main: Callable[[], int | None]) -> NoReturn:
    """Run a tool's main; a Stop, a full disk or Ctrl-C ends it with one sentence and no traceback."""
    # A Chinese sentence must reach a terminal whose locale is C, too.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # not where a caller put something of its own in its place
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = main() or 0
    except Stop as stop:
        print(stop, file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        code = 130
    except OSError as fault:
        if fault.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM):
            raise
        print(stop_for_disk(fault, fault.filename or ROOT), file=sys.stderr)
        code = 1
    sys.exit(code)


def into_venv() -> None:
    """Carry on under the project's own Python when another one started this script."""
    if Path(sys.prefix).resolve() == VENV.resolve() or not PYTHON.exists():
        return
    os.execv(PYTHON, [str(PYTHON), *sys.argv])


def own_var() -> None:
    """Make var/ and see that it is ours; someone else's is never touched."""
    try:
        VAR.mkdir(exist_ok=True)
        if VAR.stat().st_uid == os.geteuid():
            with tempfile.TemporaryFile(dir=VAR) as probe:
                probe.write(b"0" * 4096)
    except OSError as fault:
        raise stop_for_disk(fault) from None
    for folder in (VAR, VENV):
        if folder.exists() and folder.stat().st_uid != os.geteuid():
            raise Stop(
                f"{folder} belongs to another user: run as that user, or use a clone of your own.",
                f"{folder} 属于另一个用户：请以该用户运行，或使用您自己的副本。",
            )


@contextlib.contextmanager
def only_one(name: str, wait: float = 120, else_say: Stop | None = None) -> Iterator[None]:
    """Hold the lock `name`, so that two tools started together take turns; `else_say` ends a wait in vain."""
    path = VAR / f"{name}.lock"
    with path.open("w") as handle:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise else_say or Stop(
                        f"Another tool has held {path} for {wait:.0f} seconds: wait for it or stop it, then try again.",
                        f"另一个程序占用 {path} 已超过 {wait:.0f} 秒：请等待或停止它后重试。",
                    ) from None
                time.sleep(0.1)
        yield


def read_env(path: Path) -> dict[str, str]:
    """The KEY=VALUE lines of a file; none when there is no such file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.partition("=") for line in lines if not line.lstrip().startswith("#"))
    return {key.strip(): value.strip() for key, separator, value in pairs if separator}


def write_env(path: Path, values: dict[str, str]) -> None:
    """Replace the file in one step, readable by its owner only."""
    new = path.with_name(path.name + ".new")
    with os.fdopen(
        os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as handle:
        handle.writelines(f"{key}={value}\n" for key, value in values.items())
        handle.flush()
        os.fsync(handle.fileno())
    new.replace(path)


def new_secrets() -> dict[str, str]:
    """Fresh keys, made by the machine's own random source."""

    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode("ascii")

    return {
        "YIMEN_SECRET_KEY": secrets.token_urlsafe(50),
        "YIMEN_FIELD_KEYS": json.dumps({"k1": key()}),
        "YIMEN_INDEX_KEY": key(),
        "YIMEN_SEAL_KEY": key(),
    }


def keep_secrets(path: Path, data_exists: bool) -> dict[str, str]:
    """Make the keys once. Data whose keys are gone cannot be read, so that is said, never papered over."""
    values = read_env(path)
    missing = [key for key in SECRET_KEYS if key not in values and key not in os.environ]
    if missing and data_exists:
        raise Stop(
            f"{path} no longer holds {', '.join(missing)}, without which the stored data cannot be read: "
            f"put the file back, or remove {path.parent} to start anew.",
            f"{path} 缺少密钥 {'、'.join(missing)}，已存数据无法读取：请恢复该文件，或删除 {path.parent} 重新开始。",
        )
    if missing:
        fresh = new_secrets()
        values |= {key: fresh[key] for key in missing}
        write_env(path, values)
    return values
