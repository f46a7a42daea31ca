"""The hands that work on a batch (工位): each has its lane in the queue."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from yimen.foundations.bus.api import defer

JOB = "imports.work"


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles while a portion is worked on (不回收): thousands of rows live until its end anyway, and looking
    at them again and again costs a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def put_to_work(batch: UUID, lane: int) -> None:
    """One more portion of a batch for a lane; those of one lane run one after another."""
    defer(JOB, lock=f"imports:{batch}:{lane}", batch=str(batch), lane=lane)
