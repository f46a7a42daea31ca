"""Wrong words from one place (猜码限次): how many different ones within some minutes, and when it is enough.

Only what is wrong counts, and the same wrong word once, so that a hall which shares one address is not kept waiting by
whoever mistypes or reloads. It is kept in the memory of the process: words are far too long to be guessed at this rate by any
number of processes, and nobody fills a table by being wrong.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock


class Guesses:
    """Counts wrong words by place; forgets them after their minutes, and the places longest quiet first."""

    def __init__(self, *, most_places: int = 10_000) -> None:
        self._places: OrderedDict[str, OrderedDict[int, datetime]] = OrderedDict()
        self._most = most_places
        self._lock = Lock()

    def too_many(self, place: str, *, at: datetime, limit: int, minutes: int) -> bool:
        """Were so many different words wrong from this place lately (猜得太多)? Never for a place that is not known."""
        with self._lock:
            wrong = self._places.get(place)
            if not place or wrong is None:
                return False
            _forget(wrong, before=at - timedelta(minutes=minutes))
            return len(wrong) >= limit

    def note(self, place: str, told: str, *, at: datetime) -> None:
        """A word from this place was wrong (猜错一次)."""
        if not place:
            return
        with self._lock:
            wrong = self._places.setdefault(place, OrderedDict())
            wrong[hash(told)] = at
            wrong.move_to_end(hash(told))
            self._places.move_to_end(place)
            while len(self._places) > self._most:
                self._places.popitem(last=False)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._places.clear()


def _forget(wrong: OrderedDict[int, datetime], *, before: datetime) -> None:
    while wrong and next(iter(wrong.values())) <= before:
        wrong.popitem(last=False)
