"""Draw areas and place buildings from a GeoJSON file (区域轮廓、楼幢位置)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from yimen.foundations.audit.api import operation, record_batch, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.areas import is_area_code, level
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.places.models import Area, AreaOutline, Building, OfficialCode
from yimen.registers.places.permissions import EDIT
from yimen.registers.places.rules.outlines import Drawn, Polygon, read_drawing, sticks_out, why_too_wide

SHOWN = 8  # so many faults are told at once


class CannotDraw(NotPossible):
    code = "places.cannot_draw"
    sentence = "整个文件都没有登记：{why}"


@dataclass(frozen=True)
class Outlined:
    """What came of a file (登记结果): areas drawn anew, as they were, and buildings placed."""

    drawn: int
    same: int
    placed: int


@operation("places.outlines.drawn")
def draw_outlines(*, by: Actor, at: datetime, content: bytes, since: date, source: str = "") -> Outlined:
    """Outlines of areas (区域轮廓) and positions of buildings from a GeoJSON file, from a day on: all of it or nothing.

    Refuses what is not closed, crosses itself, lies elsewhere, is too wide for its area or sticks out of the wider one. What
    held before ends on that day and stays readable; a second file for the same day takes the place of the first.
    """
    features, faults = read_drawing(_json(content))
    if since > day_of(at):
        faults.append(Finding("places.outline_later", "生效日期不能晚于今天。", "since"))
    areas = {one.number: _area_of(one, by=by) for one in features if one.polygons}
    houses = {one.number: _building_of(one, by=by) for one in features if one.point}
    faults += [fault for one in features if (fault := _why_not(one, areas, houses))]
    _refuse(faults)
    for place in [*areas.values(), *houses.values()]:
        by.must(EDIT, area=place.code if isinstance(place, Area) else place.area)
    wanted = {areas[one.number].code: list(one.polygons) for one in features if one.polygons}
    if len(wanted) < len(areas):
        _refuse([Finding("places.outline_twice", "同一个区域在文件里画了两遍，请合成一个图形。", "file")])
    standing = _standing(wanted, on=since)
    _refuse(_why_not_there(wanted, standing, since))
    changed = {
        code: shape
        for code, shape in wanted.items()
        if code not in standing or standing[code].polygons != _as_kept(shape)
    }
    for code, shape in changed.items():
        if (before := standing.get(code)) is not None:
            _end(before, since)
        AreaOutline.objects.create(
            area=code, polygons=_as_kept(shape), source=clean_line(source)[:60], since=since, noted_at=at, noted_by=by.key
        )  # fmt: skip
    placed = [house for one in features if one.point and _place(house := houses[one.number], one.point)]
    if not changed and not placed:
        unchanged()
        return Outlined(0, len(wanted), 0)
    told = [{"outline": code, "since": since.isoformat()} for code in changed]
    told += [{"building": str(house.public_id), "placed": True} for house in placed]
    record_batch(told, kind="area", area=_shared([*changed, *(house.area for house in placed)]))
    return Outlined(len(changed), len(wanted) - len(changed), len(placed))


def _json(content: bytes) -> object:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return None


def _refuse(faults: Sequence[Finding]) -> None:
    if faults:
        more = f"还有 {len(faults) - SHOWN} 处。" if len(faults) > SHOWN else ""
        raise CannotDraw(why="".join(one.sentence for one in faults[:SHOWN]) + more)


def _area_of(one: Drawn, *, by: Actor) -> Area | None:
    """The one area that stands and may be edited, by our code, the official one or its name."""
    standing = Area.objects.filter(until__isnull=True)
    found = list(standing.filter(code=one.code)) if is_area_code(one.code) else []
    if one.code and not found:
        bearers = OfficialCode.objects.filter(code=one.code, until__isnull=True).values("area")
        found = list(standing.filter(id__in=bearers))
    if not one.code:
        found = [area for area in standing.filter(name=one.name) if by.can(EDIT, area=area.code)]
    return found[0] if len(found) == 1 and by.can(EDIT, area=found[0].code) else None


def _building_of(one: Drawn, *, by: Actor) -> Building | None:
    number = one.building.rstrip("幢栋座号楼")
    rows = Building.objects.within(by).filter(estate__name=one.estate, number=number)
    if one.code or one.name:
        # Two communities may have an estate of one name.
        place = _area_of(one, by=by)
        rows = rows.filter(area__startswith=place.code) if place else rows.none()
    found = [house for house in rows.select_for_update(of=("self",)) if by.can(EDIT, area=house.area)]
    return found[0] if len(found) == 1 else None


def _why_not(
    one: Drawn, areas: Mapping[int, Area | None], houses: Mapping[int, Building | None]
) -> Finding | None:
    words = ""
    if one.point and houses[one.number] is None:
        words = f"第 {one.number} 个图形：没有找到{one.estate}{one.building}，或不归您维护。"
    elif one.polygons and (area := areas[one.number]) is None:
        words = f"第 {one.number} 个图形：没有找到“{one.code or one.name}”这个区域，或不归您维护。"
    elif one.polygons and (wide := why_too_wide(one.polygons, level(area.code))):
        words = f"{area.name}的轮廓{wide}"
    return Finding("places.outline_of_nothing", words, "file") if words else None


def _standing(wanted: Mapping[str, list[Polygon]], *, on: date) -> dict[str, AreaOutline]:
    """The outlines that hold now, of the areas drawn and of the wider ones they lie in."""
    codes = {code[:digits] for code in wanted for digits in (6, 9, 12, 15) if digits <= len(code)}
    rows = AreaOutline.objects.select_for_update().filter(area__in=codes, until__isnull=True)
    return {one.area: one for one in rows}


def _why_not_there(
    wanted: Mapping[str, list[Polygon]], standing: Mapping[str, AreaOutline], since: date
) -> list[Finding]:
    names = dict(
        Area.objects.filter(code__in=[*wanted, *(code[:-3] for code in wanted)]).values_list("code", "name")
    )
    faults = []
    for code, shape in wanted.items():
        wider = wanted.get(code[:-3]) or (standing[code[:-3]].polygons if code[:-3] in standing else None)
        if wider and sticks_out(shape, wider):
            words = f"{names[code]}的轮廓伸到{names.get(code[:-3], '上级区域')}外面了。"
            faults.append(Finding("places.outline_sticks_out", words, "file"))
        if code in standing and since < standing[code].since:
            words = f"{names[code]}从 {standing[code].since:%Y-%m-%d} 起已有更新的轮廓。"
            faults.append(Finding("places.outline_older", words, "since"))
    return faults


def _as_kept(shape: Sequence[Polygon]) -> list:
    return [[[list(point) for point in ring] for ring in polygon] for polygon in shape]


def _end(before: AreaOutline, since: date) -> None:
    if before.since == since:
        before.delete()
    else:
        before.until = since
        before.save(update_fields=["until"])


def _place(house: Building, point: tuple[float, float]) -> bool:
    east, north = (Decimal(str(one)) for one in point)
    if (house.latitude, house.longitude) == (north, east):
        return False
    house.latitude, house.longitude = north, east
    house.save(update_fields=["latitude", "longitude"])
    return True


def _shared(codes: Sequence[str]) -> str:
    shared = min(codes, key=len)
    while not all(code.startswith(shared) for code in codes):
        shared = shared[:-3]
    return shared
