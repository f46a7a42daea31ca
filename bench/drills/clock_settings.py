"""The product's own settings under a clock that somebody sets: CLOCK_HAND names a file with the seconds it is off."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

from django.utils import timezone

from config.settings import *  # noqa: F403

HAND = Path(os.environ["CLOCK_HAND"])
LOOKED_EVERY = 0.5
_right, _right_ns = time.time, time.time_ns
_seen = {"at": -1.0, "off": 0.0}


def _off() -> float:
    """How many seconds the clock is off now; what a wait is measured by goes on undisturbed."""
    now = time.monotonic()
    if now - _seen["at"] > LOOKED_EVERY:
        _seen["at"], _seen["off"] = now, float(HAND.read_text() or 0)
    return _seen["off"]


time.time = lambda: _right() + _off()
time.time_ns = lambda: _right_ns() + int(_off() * 1e9)
timezone.now = lambda: datetime.fromtimestamp(time.time(), UTC)
