"""The search in one statement: each look-up is a range of one b-tree in each street, and only so many rows are read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from yimen.kernel.areas import Level, level, street_of
from yimen.registers.people.engine.hashes import bounds_of
from yimen.registers.people.rules.search import Ask, Search
from yimen.registers.places.api import areas_under

# Under row-level security only comparisons that cannot leak reach the index: =, >=, < in C collation.
_RANGES = """
SELECT found.person_id, found.key, slice.rank
FROM (VALUES {slices}) AS slice (street, low, high, from_key, to_key, rank)
CROSS JOIN LATERAL (
    SELECT hit.person_id, hit.key FROM people_searchkey AS hit
    WHERE hit.street = slice.street AND hit.key >= slice.from_key AND hit.key < slice.to_key
      AND hit.area >= slice.low AND hit.area < slice.high {narrower}
    ORDER BY hit.key, hit.person_id LIMIT {limit}
) AS found
"""
_ALSO = """
AND EXISTS (
    SELECT 1 FROM people_searchkey AS also
    WHERE also.person_id = hit.person_id AND ({ranges})
)
"""


@dataclass(frozen=True)
class Slice:
    """A part of the key table to look in: a street, and the areas within it."""

    street: str
    low: str
    high: str


def slices_of(areas: Iterable[str]) -> list[Slice]:
    """The slices that area prefixes ask for; a county or everything is the slices of its streets."""
    slices = []
    for area in areas:
        if area == "" or level(area) is Level.COUNTY:
            slices += [
                Slice(line.code, line.code, line.code + ":") for line in areas_under(area, Level.STREET)
            ]
        else:
            slices.append(Slice(street_of(area) or area, area, area + ":"))
    return slices


def look_up(search: Search, *, areas: Iterable[str], limit: int) -> list[int]:
    """The ids of the people a search means, best first: an exact hit before a prefix, then by key and file."""
    slices = slices_of(areas)
    if not search or not slices:
        return []
    # The word that says most is walked; the others only narrow it down.
    words = sorted(search.words, key=_breadth)
    first, others = words[0], words[1:]
    narrower, narrowing = _narrower(others)
    ranges = [(low, high, ask) for ask in first for low, high in bounds_of(ask)]
    rows = [
        (each.street, each.low, each.high, low, high, ask.rank)
        for each in slices
        for low, high, ask in ranges
    ]
    text = _RANGES.format(
        slices=", ".join(["(%s, %s, %s, %s, %s, %s::int)"] * len(rows)), narrower=narrower, limit=int(limit)
    )
    exact = {low for low, _, ask in ranges if ask.prefix}
    with connection.cursor() as cursor:
        cursor.execute(text, [*(part for row in rows for part in row), *narrowing])
        hits = [
            (person, key, rank - 0.5 if key in exact else rank) for person, key, rank in cursor.fetchall()
        ]
    best: dict[int, tuple[float, str, int]] = {}
    for person, key, rank in hits:
        mark = (rank, key, person)
        best[person] = min(best.get(person, mark), mark)
    return sorted(best, key=best.__getitem__)[:limit]


def _narrower(words: list[tuple[Ask, ...]]) -> tuple[str, list[str]]:
    text, given = "", []
    for word in words:
        ranges = [bounds for ask in word for bounds in bounds_of(ask)]
        text += _ALSO.format(ranges=" OR ".join(["also.key >= %s AND also.key < %s"] * len(ranges)))
        given += [part for bounds in ranges for part in bounds]
    return text, given


def _breadth(word: tuple[Ask, ...]) -> tuple[bool, int]:
    # Exact numbers first, then the longer text.
    return any(ask.prefix for ask in word), -max(len(str(ask.key)) for ask in word)
