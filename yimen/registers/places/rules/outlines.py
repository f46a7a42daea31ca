"""Outlines of areas and positions of buildings as a GeoJSON file tells them (区域轮廓), read and judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Any

from yimen.kernel.areas import Level
from yimen.kernel.findings import Finding
from yimen.registers.places.rules.nearness import CHINA, metres_between

Point = tuple[float, float]  # longitude, latitude in WGS 84, as GeoJSON (RFC 7946) writes them
Polygon = list[list[Point]]  # the outer ring, then its holes

MOST_FEATURES, MOST_POLYGONS, MOST_POINTS = 2000, 20, 1500
DECIMALS = 6  # a tenth of a metre
# How far an outline may reach from corner to corner: more is a slip of units or of the area's name.
FARTHEST = {Level.GRID: 15_000, Level.COMMUNITY: 40_000, Level.STREET: 80_000, Level.COUNTY: 300_000}
LEEWAY = 200  # metres by which an area may stick out of the wider one: both were drawn by hand
_CODES = ("code", "区域编码", "统计用区划代码")
_NAMES = ("name", "名称", "网格", "社区")


@dataclass(frozen=True)
class Drawn:
    """One feature of the file (图形): an area with its polygons, or a building with its point."""

    number: int
    code: str = ""
    name: str = ""
    estate: str = ""
    building: str = ""
    polygons: tuple[Polygon, ...] = ()
    point: Point | None = None


def read_drawing(told: Any) -> tuple[list[Drawn], list[Finding]]:
    """The features of a GeoJSON file, and what is wrong with it: each fault names the feature by its number."""
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or not features:
        return [], [
            Finding("places.no_features", "这不是 GeoJSON 图形文件，或者里面一个图形也没有。", "file")
        ]
    if len(features) > MOST_FEATURES:
        return [], [Finding("places.many_features", f"一次最多 {MOST_FEATURES} 个图形，请分几次。", "file")]
    found, faults = [], []
    for number, feature in enumerate(features, 1):
        read = _read(number, feature)
        if isinstance(read, str):
            faults.append(Finding("places.bad_outline", f"第 {number} 个图形{read}", "file"))
        else:
            found.append(read)
    return found, faults


def why_too_wide(polygons: Sequence[Polygon], level: Level) -> str:
    """Why an outline cannot be one of an area of this level (轮廓过大); "" when it can."""
    south, west, north, east = bounds(polygons)
    if metres_between((south, west), (north, east)) > FARTHEST[level]:
        return f"从一角到另一角超过 {FARTHEST[level] // 1000} 公里，是不是选错了区域？"
    return ""


def sticks_out(polygons: Sequence[Polygon], wider: Sequence[Polygon]) -> bool:
    """Does an outline leave the box around the wider area's outline by more than a hand's slip (伸出上级)?"""
    south, west, north, east = bounds(polygons)
    low, left, high, right = bounds(wider)
    up, along = LEEWAY / 111_000, LEEWAY / 90_000
    return south < low - up or north > high + up or west < left - along or east > right + along


def bounds(polygons: Sequence[Polygon]) -> tuple[float, float, float, float]:
    """South, west, north and east of an outline."""
    points = [point for polygon in polygons for point in polygon[0]]
    easts, norths = [one[0] for one in points], [one[1] for one in points]
    return min(norths), min(easts), max(norths), max(easts)


def _read(number: int, feature: Any) -> Drawn | str:
    if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
        return "没有形状（geometry）。"
    told = feature.get("properties")
    told = told if isinstance(told, dict) else {}
    named = {
        "code": _word(told, *_CODES),
        "name": _word(told, *_NAMES),
        "estate": _word(told, "estate", "小区"),
        "building": _word(told, "building", "幢号"),
    }
    kind, places = feature["geometry"].get("type"), feature["geometry"].get("coordinates")
    if kind == "Point":
        point = _point(places)
        if isinstance(point, str):
            return point
        if not named["estate"] or not named["building"]:
            return "是一个点，要写明 小区 和 幢号。"
        return Drawn(number, point=point, **named)
    if kind not in ("Polygon", "MultiPolygon"):
        return "既不是面（Polygon、MultiPolygon），也不是点（Point）。"
    if not named["code"] and not named["name"]:
        return "没有写是哪个区域：属性里要有 code 或 name。"
    polygons = _polygons([places] if kind == "Polygon" else places)
    return polygons if isinstance(polygons, str) else Drawn(number, polygons=tuple(polygons), **named)


def _word(told: dict, *names: str) -> str:
    return next((str(told[name]).strip()[:60] for name in names if told.get(name)), "")


def _polygons(told: Any) -> list[Polygon] | str:
    if not isinstance(told, list) or not 0 < len(told) <= MOST_POLYGONS:
        return f"要有 1 到 {MOST_POLYGONS} 块。"
    found: list[Polygon] = []
    for rings in told:
        if not isinstance(rings, list) or not rings:
            return "有一块是空的。"
        polygon = []
        for ring in rings:
            read = _ring(ring)
            if isinstance(read, str):
                return read
            polygon.append(read)
        found.append(polygon)
    return found


def _ring(told: Any) -> list[Point] | str:
    if not isinstance(told, list) or not 4 <= len(told) <= MOST_POINTS:
        return f"的一圈要有 4 到 {MOST_POINTS} 个点。"
    points: list[Point] = []
    for one in told:
        point = _point(one)
        if isinstance(point, str):
            return point
        if not points or point != points[-1]:
            points.append(point)
    if points[0] != points[-1]:
        return "没有闭合：最后一个点要和第一个点相同。"
    if _crosses_itself(points):
        return "自己和自己交叉，请重新描一遍。"
    if len(points) < 4 or _twice_area(points) == 0:
        return "没有面积：几个点在一条线上。"
    return points


def _point(told: Any) -> Point | str:
    numbers = told[:2] if isinstance(told, list) and len(told) >= 2 else []
    if not numbers or any(isinstance(one, bool) or not isinstance(one, int | float) for one in numbers):
        return "有一个点不是“经度, 纬度”两个数。"
    east, north = (round(float(one), DECIMALS) if isfinite(one) else 0.0 for one in numbers)
    (south, top), (west, right) = CHINA
    if not (south <= north <= top and west <= east <= right):
        swapped = south <= east <= top and west <= north <= right
        return "的经度和纬度写反了。" if swapped else "有一个点不在国内，请用 WGS-84 经纬度。"
    return east, north


def _twice_area(points: Sequence[Point]) -> float:
    (east, north), *_ = points
    near = [(one[0] - east, one[1] - north) for one in points]
    return round(sum(one[0] * other[1] - other[0] * one[1] for one, other in pairwise(near)), 13)


def _crosses_itself(points: Sequence[Point]) -> bool:
    return any(_cross(*one, *other) for one, other in _near_sides(list(pairwise(points))))


def _near_sides(
    sides: list[tuple[Point, Point]],
) -> Iterator[tuple[tuple[Point, Point], tuple[Point, Point]]]:
    """The pairs of sides that reach over the same longitudes: only these can cross."""
    ordered = sorted(sides, key=lambda side: min(side[0][0], side[1][0]))
    for place, one in enumerate(ordered):
        end = max(one[0][0], one[1][0])
        for other in ordered[place + 1 :]:
            if min(other[0][0], other[1][0]) > end:
                break
            yield one, other


def _cross(one: Point, two: Point, three: Point, four: Point) -> bool:
    return (
        _side(one, two, three) * _side(one, two, four) < 0
        and _side(three, four, one) * _side(three, four, two) < 0
    )


def _side(one: Point, two: Point, point: Point) -> float:
    return (two[0] - one[0]) * (point[1] - one[1]) - (two[1] - one[1]) * (point[0] - one[0])
