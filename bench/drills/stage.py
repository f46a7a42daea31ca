"""Where a drill takes place: an installation of its own with two small streets at work, filled once and used again."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench.product import Product
from tools.house import ROOT, Stop

NAME = "drills"
FIRST, SECOND = "330212007", "330212008"
SMALL = {"shared_buffers": "128MB", "max_wal_size": "512MB"}


@dataclass(frozen=True)
class Clerk:
    """Somebody at a window, and the residents she serves."""

    username: str
    password: str
    people: tuple[str, ...]


@dataclass
class Stage:
    """The installation and who is in it."""

    product: Product
    world: dict[str, Any]

    def clerks(self, count: int) -> list[Clerk]:
        """So many windows; most of them in the community where many live, one in the other street."""
        busy = self._clerk(FIRST, "002")
        seats = [busy, busy, self._clerk(FIRST, "001"), busy, self._clerk(SECOND, "001"), busy, busy]
        return [seats[number % len(seats)] for number in range(count)]

    def account(self, post: str, street: str = FIRST) -> tuple[str, str]:
        """Name and password of whoever holds a post."""
        return self.world["streets"][street]["posts"][post]["username"], self.world["password"]

    def _clerk(self, street: str, community: str) -> Clerk:
        people = self.world["streets"][street]["ids"]["people"][f"{street}{community}"]
        return Clerk(*self.account(f"window_clerk.{community}", street), tuple(people))


@contextlib.contextmanager
def stage(
    name: str = NAME,
    *,
    settings: dict[str, str] | None = None,
    running: bool = True,
    idle: bool = False,
    variables: dict[str, str] | None = None,
    **env: str,
) -> Iterator[Stage]:
    """The stage, its processes running; whatever they are afterwards, they are ended.

    ``idle``: the streets have done nothing yet, which is quicker to make.
    """
    product = Product(name, settings=SMALL | (settings or {}), variables=variables, **env)
    kept = product.folder / "world.json"
    try:
        if kept.exists():
            product.prepare()
        else:
            # What an interrupted drill left half made is no stage.
            product.remove()
            product.folder.mkdir(parents=True)
            product.server.start()
            kept.write_text(_made(product, idle=idle), encoding="utf-8")
        found = Stage(product, json.loads(kept.read_text(encoding="utf-8")))
        if running:
            product.start("web")
            product.start("worker")
            product.await_health()
        yield found
    finally:
        product.stop()


def _made(product: Product, *, idle: bool) -> str:
    """The two streets of the journeys, made by operations; what is to be known of them, as JSON."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.journeys.world", *(["idle"] if idle else [])],
        cwd=ROOT,
        env=product.env,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise Stop(f"The streets could not be made: {made.stderr[-3000:]}", "演练用的街道没有建成。")
    return made.stdout.splitlines()[-1]
