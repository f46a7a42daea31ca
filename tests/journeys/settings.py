"""The product's own settings, and one counter around everything: how many statements a page cost."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE

MIDDLEWARE = ["tests.journeys.counting.CountingMiddleware", *MIDDLEWARE]
