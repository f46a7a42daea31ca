"""How often somebody came for her case, and how much shorter her way was (跑动次数、少跑路程)."""

from collections.abc import Iterable
from datetime import date

Position = tuple[float, float]


def trips_of(*, came_on: date | None, papers_on: Iterable[date], fetched_on: date | None) -> int:
    """On how many days she, or who came for her, stood at a window (跑动次数): to ask, to bring papers that lacked, to fetch
    the result. Each is None or empty where it happened without her: by telephone, online, at her door, by post. What is
    done on one day is one trip.

    >>> monday, friday = date(2026, 11, 16), date(2026, 11, 20)
    >>> trips_of(came_on=monday, papers_on=[friday], fetched_on=friday)
    2
    >>> trips_of(came_on=None, papers_on=[], fetched_on=None)
    0
    """
    return len({day for day in (came_on, *papers_on, fetched_on) if day})


def metres_spared(trips: int, *, to_centre: int | None, to_window: int | None) -> int | None:
    """How many metres of way there and back a case spared (少跑路程), against asking at the street's centre.

    There it would have taken as many trips as here, and one where nobody came at all. Who goes farther of her own choice
    spares nothing. None where a distance is not known; without a trip the way to the window does not matter.

    >>> metres_spared(2, to_centre=1500, to_window=200)
    5200
    >>> metres_spared(0, to_centre=1500, to_window=None)
    3000
    """
    if to_centre is None or (trips and to_window is None):
        return None
    here = trips * to_window if to_window is not None else 0
    return 2 * max(0, max(1, trips) * to_centre - here)
