"""The web server and the job worker of one installation: started, watched and ended, each in a group of its own."""

import contextlib
import http.client
import os
import signal
import ssl
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tools import house
from tools.house import ROOT

if TYPE_CHECKING:  # it needs a package, and this file is read before any is installed
    from tools.certificates import Papers

STOP_WITHIN = 12.0


def manage(*arguments: str) -> list[str]:
    """One command of the project."""
    return [str(house.PYTHON), "manage.py", *arguments]


def web(port: int, tls: "Papers | None" = None) -> list[str]:
    """The web server as it is run everywhere: gunicorn with two processes of four threads.

    Without papers it answers this machine only; with them everybody in the building, under TLS.
    """
    shown = ["--certfile", str(tls.certificate), "--keyfile", str(tls.key)] if tls else []
    where = "0.0.0.0" if tls else "127.0.0.1"  # nosec B104 - the whole building, and only with papers
    return [
        str(house.PYTHON), "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi",
        "--bind", f"{where}:{port}", *shown,
    ]  # fmt: skip


def worker() -> list[str]:
    """The process that works off the jobs."""
    return manage("procrastinate", "worker")


class Processes:
    """Some processes of one installation by name; what each says goes into a file of its name."""

    def __init__(self, folder: Path, env: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.env: dict[str, str] = env or {}
        self.children: dict[str, subprocess.Popen] = {}

    def start(self, name: str, command: list[str], **more: str) -> None:
        """Start a process under this name; ``more`` goes into its environment."""
        with self.log(name).open("ab") as log:
            self.children[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.env | more,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # A group of its own: Ctrl-C reaches only us, and stopping reaches all that it started.
                start_new_session=True,
            )

    def end(self, *names: str, within: float = STOP_WITHIN) -> None:
        """End processes, all of them when none is named, with all they started: asked first, then made to."""
        ending = [self.children.pop(name) for name in names or tuple(self.children) if name in self.children]
        for child in ending:
            _tell_group(child, signal.SIGTERM)
        deadline = time.monotonic() + within
        for child in ending:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
        for child in ending:
            _tell_group(child, signal.SIGKILL)
            child.wait()

    def kill(self, name: str) -> None:
        """End a process as a power cut would: at once, with all it started, in the middle of whatever it does."""
        child = self.children.pop(name)
        _tell_group(child, signal.SIGKILL)
        child.wait()

    def ended(self) -> str | None:
        """The name of a process that ended by itself."""
        return next((name for name, child in self.children.items() if child.poll() is not None), None)

    def log(self, name: str) -> Path:
        """Where a process writes what it says."""
        return self.folder / f"{name}.log"


def _tell_group(child: subprocess.Popen, sign: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, sign)


def health(port: int, tls: "Papers | None" = None) -> int | None:
    """What /healthz answers, None when nobody does."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    if tls:
        trusting = ssl.create_default_context(cafile=tls.authority)
        line = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=trusting)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(line):
        line.request("GET", "/healthz")
        return line.getresponse().status
    return None


def await_health(
    port: int, *, within: float, look: Callable[[], None], tls: "Papers | None" = None
) -> int | None:
    """Wait until /healthz answers 200 (web, database and worker are up); the last answer when it never does.

    ``look`` is called again and again meanwhile and may end the wait by raising.
    """
    deadline = time.monotonic() + within
    status = None
    while time.monotonic() < deadline:
        look()
        status = health(port, tls)
        if status == 200:
            break
        time.sleep(0.2)
    return status


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
