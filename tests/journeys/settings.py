"""The product's own settings, and one counter around everything: how many statements a page cost."""

from django.contrib.auth.hashers import Argon2PasswordHasher

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE

MIDDLEWARE = ["tests.journeys.counting.CountingMiddleware", *MIDDLEWARE]
# Every test sits down anew at the same few desks, and nobody signs out when a browser is closed.
YIMEN_SESSION_MAX = 100
# Hundreds sign in, and what a password costs to try is not what is looked at here.
PASSWORD_HASHERS = ["tests.journeys.settings.QuickHasher"]


class QuickHasher(Argon2PasswordHasher):
    """The product's way of keeping passwords, at the least cost that it can have."""

    time_cost, memory_cost, parallelism = 1, 8, 1
