"""Addresses of pages (网址): what ``reverse`` answers, worked out once for a name and not once for every row."""

from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.urls import reverse


def address(name: str, *given: Any) -> str:
    """As ``reverse(name, args=given)``; with UUIDs alone the places of a known address are filled."""
    if all(isinstance(one, UUID) for one in given):
        return _pattern(name, len(given)).format(*given)
    return _found(name, *given)


# Keys of definitions for the most part, of which there are a few hundred.
@lru_cache(maxsize=2048, typed=True)
def _found(name: str, *given: Any) -> str:
    return reverse(name, args=given)


@cache
def _pattern(name: str, places: int) -> str:
    standins = [UUID(int=number) for number in range(places)]
    pattern = reverse(name, args=standins)
    for number, standin in enumerate(standins):
        pattern = pattern.replace(str(standin), f"{{{number}}}")
    return pattern
