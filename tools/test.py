"""`make test`: install, start the throw-away database server and run pytest; arguments go to pytest.

Several of these may run at once: they share one server, each with a test database of its own, and the
last one to end stops it.
"""

import contextlib
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import house, install, postgres, steps
from tools.house import ROOT, VAR


@contextlib.contextmanager
def held_server() -> Iterator[dict[str, str]]:
    """The test server for as long as the block runs; yields the environment that leads to it."""
    house.own_var()
    server = postgres.throwaway_server(os.environ.get("TEST_POSTGRES") == "system")
    if postgres.external():
        postgres.require_external()
        yield steps.environment(server)
        return
    with (VAR / f"{server.lock}.users").open("w") as users:
        # Shared by all who use the server; whoever gets it alone at the end is the last one.
        fcntl.flock(users, fcntl.LOCK_SH)
        server.start()
        try:
            yield steps.environment(server)
        finally:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                server.stop()


def main() -> int:
    """The command line."""
    install.install(*install.needed("test", "dev"))
    house.into_venv()
    arguments = sys.argv[1:] or ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    with held_server() as env:
        env.setdefault("YIMEN_TEST_DB", f"test_yimen_{os.getpid()}")
        env.setdefault("PYTHONHASHSEED", "0")
        process = subprocess.Popen([str(house.PYTHON), "-m", "pytest", *arguments], cwd=ROOT, env=env)
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                # pytest got it too and is cleaning up.
                continue


if __name__ == "__main__":
    house.run_tool(main)
