"""The service manager of a drill (守护): whatever ends is started again at once, and counted."""

import contextlib
import os
import signal
import threading
import time
from collections import Counter

from bench.product import Product
from tools.house import Stop


class Keeper:
    """Watches the processes of an installation in a thread of its own."""

    def __init__(self, product: Product, *, database: bool = False) -> None:
        """The ``database``, too, if told so: most drills take it down themselves."""
        self.product = product
        self.database = database
        self.killed: Counter[str] = Counter()
        self.ended_by_itself: Counter[str] = Counter()
        self._turn = threading.RLock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="keeper", daemon=True)

    def __enter__(self) -> "Keeper":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def kill(self, name: str) -> None:
        """Kill a process and start it again at once."""
        with self._turn:
            self.product.kill(name)
            self.killed[name] += 1
            self.product.start(name)

    def kill_one_of(self, name: str, pid: int) -> None:
        """Kill one process of a group; its parent, if it still lives, replaces it."""
        os.kill(pid, signal.SIGKILL)
        self.killed[name] += 1

    def _watch(self) -> None:
        while not self._over.is_set():
            with self._turn:
                if self.database and self.product.server.pid() is None:
                    self._start_database()
                while name := self.product.processes.ended():
                    self.ended_by_itself[name] += 1
                    self.product.processes.end(name, within=1)
                    self.product.start(name)
            time.sleep(0.2)

    def _start_database(self) -> None:
        self.ended_by_itself["database"] += 1
        # Its disk may be full, so that it cannot; then the next round tries again.
        with contextlib.suppress(Stop):
            self.product.start("database")
        time.sleep(1)
