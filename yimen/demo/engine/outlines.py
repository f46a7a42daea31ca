"""Invented outlines of the street, its communities and grids, and where the buildings stand (轮廓和楼幢位置)."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random

from yimen.demo.engine.town import EAST_STEP, NORTH_STEP, ROWS, SOUTH_WEST
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.places import api as places

COLUMNS = 4
CROOKED = 0.22  # by how much of a step a corner may stand off its place
SOURCE = "演示轮廓，非实测"
Point = tuple[float, float]


def draw_the_street(
    street: str, communities: Sequence[str], grids: Mapping[str, Sequence[str]], *, by: Actor, at: datetime
) -> None:
    """Fields of a crooked chequer-board around the stations, cut into strips for the grids, buildings along them."""
    corners = _corners()
    features = [_area(street, [corners[place] for place in _around()])]
    for slot, code in enumerate(communities, 1):
        column, row = divmod(slot, ROWS)
        # The first community also has the field of the hall.
        low = row - 1 if slot == 1 else row
        west = [corners[step, column] for step in range(low, row + 2)]
        east = [corners[step, column + 1] for step in range(low, row + 2)]
        features.append(_area(code, [*east, *reversed(west)]))
        for number, grid in enumerate(grids[code]):
            left, right = (one / len(grids[code]) for one in (number, number + 1))
            strip = [
                _between(west[0], east[0], left),
                _between(west[0], east[0], right),
                _between(west[-1], east[-1], right),
                _between(west[-1], east[-1], left),
            ]
            features.append(_area(grid, strip))
            features += _houses(grid, strip, by=by)
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    places.draw_outlines(by=by, at=at, content=content, since=day_of(at), source=SOURCE)


def _corners() -> dict[tuple[int, int], Point]:
    # Chance of its own: what happens elsewhere stays as it was.
    rng = Random(11)
    north, east = (float(one) for one in SOUTH_WEST)
    up, along = float(NORTH_STEP), float(EAST_STEP)
    return {
        (row, column): (
            round(east + (column - 0.5 + rng.uniform(-CROOKED, CROOKED)) * along, 6),
            round(north + (row - 0.5 + rng.uniform(-CROOKED, CROOKED)) * up, 6),
        )
        for row in range(ROWS + 1)
        for column in range(COLUMNS + 1)
    }


def _around() -> list[tuple[int, int]]:
    south = [(0, column) for column in range(COLUMNS)]
    east = [(row, COLUMNS) for row in range(ROWS)]
    north = [(ROWS, column) for column in range(COLUMNS, 0, -1)]
    return [*south, *east, *north, *((row, 0) for row in range(ROWS, 0, -1))]


def _area(code: str, ring: Sequence[Point]) -> dict:
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": shape}


def _houses(grid: str, strip: Sequence[Point], *, by: Actor) -> list[dict]:
    lines = places.buildings_in(grid, by=by)
    found = []
    for number, line in enumerate(lines):
        across, upward = (0.3, 0.7)[number % 2], 0.12 + 0.76 * number / max(len(lines) - 1, 1)
        low, high = _between(strip[0], strip[1], across), _between(strip[3], strip[2], across)
        named = {"小区": line.building.estate.name, "幢号": line.building.number}
        point = {"type": "Point", "coordinates": _between(low, high, upward)}
        found.append({"type": "Feature", "properties": named, "geometry": point})
    return found


def _between(one: Point, other: Point, share: float) -> Point:
    return round(one[0] + (other[0] - one[0]) * share, 6), round(one[1] + (other[1] - one[1]) * share, 6)
