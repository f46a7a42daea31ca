"""The product's own settings, and somebody who looks over its shoulder; never under the clock."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE

MIDDLEWARE = [
    "tests.journeys.counting.CountingMiddleware",
    "bench.watching.WatchingMiddleware",
    *MIDDLEWARE,
]
