"""The world of the journeys: two streets with people at work; `python -m tests.journeys.world` makes it."""

from tests.journeys.world.streets import FIRST, PASSWORD, SECOND

__all__ = ["FIRST", "PASSWORD", "SECOND"]
