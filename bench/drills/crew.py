"""Several windows at work at once (众窗口), until the drill has seen enough."""

import contextlib
import random
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.drills.stage import Stage
from bench.drills.window import Asked, Window

SEED = 20261122


@dataclass
class Crew:
    """The windows, and every page they have sent."""

    windows: list[Window]
    until: float
    goes_home: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def answered(self) -> int:
        return sum(one.answered for one in list(self.asked))

    def await_answers(self, many: float) -> None:
        """Wait until so many acceptances were answered, or the time is over."""
        while self.answered() < many and time.monotonic() < self.until:
            time.sleep(0.02)

    def await_more(self, many: int) -> float:
        """Wait until so many more were answered; answers after how many seconds that was."""
        begun = time.monotonic()
        self.await_answers(self.answered() + many)
        return round(time.monotonic() - begun, 1)

    def work(self, window: Window) -> None:
        """One clerk, until the day is over; a page she has sent is still answered."""
        window.sign_in(until=self.until)
        while not self._over.is_set() and time.monotonic() < self.until:
            if (one := window.accept(until=self.until, goes_home=self.goes_home)) is not None:
                self.asked.append(one)

    def go_home(self) -> None:
        self._over.set()


@contextlib.contextmanager
def crew(
    on: Stage, count: int, *, within: float, goes_home: float = 0.0, urls: Sequence[str] = ()
) -> Iterator[Crew]:
    """So many windows work while the block runs, spread over ``urls``; at its end each finishes the page it has sent."""
    urls = urls or (on.product.url,)
    windows = [
        Window(urls[number % len(urls)], clerk, dice=random.Random(SEED + number))
        for number, clerk in enumerate(on.clerks(count))
    ]
    found = Crew(windows, time.monotonic() + within, goes_home)
    threads = [threading.Thread(target=found.work, args=(window,), daemon=True) for window in windows]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        found.go_home()
        for thread in threads:
            thread.join(120)
        for window in windows:
            window.close()
