"""Where something lies and how near it is (坐标、就近)."""

from math import asin, cos, radians, sin, sqrt

from yimen.kernel.findings import Finding

EARTH_METRES = 6_371_000
CHINA = ((3.0, 54.0), (73.0, 136.0))


def why_not_this_position(latitude: float | None, longitude: float | None) -> Finding | None:
    """A position is whole and lies in China (坐标); None for no position at all."""
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None:
        return Finding("places.position_half", "纬度和经度要么都填，要么都不填。", "latitude")
    (south, north), (west, east) = CHINA
    if not (south <= latitude <= north and west <= longitude <= east):
        return Finding(
            "places.position_outside",
            "这个坐标不在国内：纬度在 3–54，经度在 73–136，是不是写反了？",
            "latitude",
        )
    return None


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> int:
    """The distance of two positions as the crow flies (直线距离)."""
    (north, east), (north2, east2) = one, other
    half = sin(radians(north2 - north) / 2) ** 2
    half += cos(radians(north)) * cos(radians(north2)) * sin(radians(east2 - east) / 2) ** 2
    return round(2 * EARTH_METRES * asin(sqrt(half)))


def how_near(home: str, area: str, metres: int | None) -> tuple[int, int, str]:
    """How near a site of ``area`` is to who lives in ``home``, to sort by (就近): her own community, her street's centre,
    then the neighbours by distance, those without a position last and in the order of their codes."""
    if home.startswith(area):
        step = 0 if len(area) >= 12 or len(home) <= len(area) else 1
    else:
        step = 0 if area.startswith(home) else 2
    return step, metres if metres is not None else 10**9, area
