"""Several deeds in one operation, of which some may refuse."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from yimen.foundations.bus.api import current_deed
from yimen.kernel.refusals import Refused


@contextmanager
def attempt() -> Iterator[None]:
    """Try a nested operation (尝试): if it refuses, nothing of it stays, neither rows nor trail nor what it told.

    The refusal is raised on, for the caller to keep as the result of this one.
    """
    deed = current_deed()
    if deed is None:
        raise RuntimeError("an attempt is part of an operation")
    left, told = len(deed.trail), len(deed.told)
    try:
        with transaction.atomic():
            yield
    except Refused:
        del deed.trail[left:], deed.told[told:]
        raise
