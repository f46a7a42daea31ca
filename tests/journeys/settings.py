"""The product's own settings, and one counter around everything: how many statements a page cost."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE

MIDDLEWARE = ["tests.journeys.counting.CountingMiddleware", *MIDDLEWARE]
# Every test sits down anew at the same few desks, and nobody signs out when a browser is closed.
YIMEN_SESSION_MAX = 100
