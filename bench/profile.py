"""Where the time of a page goes: the web process looked at while one client works."""

import io
import pstats

from bench.measuring import Bench
from bench.watching import PROFILE
from bench.workloads import seat, step_of

WARM, WATCHED = 10, 100
LINES = 45


def profile(bench: Bench, work: str, *, watched: int = WATCHED) -> str:
    """The costliest functions by own time and by all their time, as pstats prints them."""
    with bench.watched() as port:
        desk = seat(work, bench.hall, port=port, clients=1)[0]
        step = step_of(work, desk)
        for number in range(WARM + watched):
            desk.client.headers["X-Watch"] = "profile" if number >= WARM else "count"
            step()
        desk.client.close()
    told = io.StringIO()
    found = pstats.Stats(str(bench.product.folder / PROFILE), stream=told)
    for order in ("tottime", "cumulative"):
        found.strip_dirs().sort_stats(order).print_stats(LINES)
    return told.getvalue()
