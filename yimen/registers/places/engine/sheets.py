"""How a sheet of dwellings is read (房屋清单): its columns, the communities it may name, and what stands against a row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yimen.foundations.imports.ports import Column, Note, SheetRow
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, community_of
from yimen.kernel.text import narrow
from yimen.registers.places.choices import DwellingKind
from yimen.registers.places.engine.atlas import area_name, areas_under
from yimen.registers.places.models import Building, Dwelling, Estate
from yimen.registers.places.rules.doors import why_not_on_this_floor

COLUMNS = (
    Column(
        "community",
        "社区",
        ("所属社区", "所在社区", "社区名称", "村居", "居委会"),
        help="只有一个社区的表可以没有这一列。",
    ),
    Column("estate", "小区", ("小区名称", "住宅小区", "院落", "自然村"), needed=True, example="东方丽都"),
    Column("address", "小区地址", ("门牌地址", "路名门牌"), help="新小区才用得上。"),
    Column(
        "building", "幢号", ("楼幢", "楼栋", "栋号", "幢", "栋", "楼号", "楼栋号"), needed=True, example="3"
    ),
    Column(
        "floors",
        "地上层数",
        ("总层数", "楼层数"),
        help="新楼幢才用得上；不填的按表里最高的一层。",
        example="18",
    ),
    Column("unit", "单元", ("单元号",), example="2"),
    Column("floor", "楼层", ("所在楼层", "层"), help="不填的按室号前几位。", example="5"),
    Column("room", "室号", ("房号", "门牌", "户室", "房间号", "房屋"), needed=True, example="501"),
    Column(
        "kind", "房屋类别", ("房屋性质", "用途"), help="住宅、商铺、集体住所；不填的按住宅。", example="住宅"
    ),
)
TOGETHER = ("community", "estate", "building")
HIGHEST, DEEPEST = 200, -20
_KINDS = {kind.label: kind for kind in DwellingKind} | {
    "居住": DwellingKind.HOME,
    "商业": DwellingKind.SHOP,
    "店铺": DwellingKind.SHOP,
    "宿舍": DwellingKind.COLLECTIVE,
}
_ROOM = re.compile(r"(\d{1,3}?)(\d{2})[A-Z]?")


@dataclass(frozen=True)
class DoorTold:
    """One row of the sheet, read (一行房屋)."""

    row: int
    community: str
    estate: str
    address: str
    building: str
    floors: int | None
    unit: str
    floor: int
    room: str
    kind: DwellingKind


def communities_by_name(area: str) -> dict[str, list[str]]:
    """The communities of an area by all they are called (社区名称、简称、编码)."""
    found: dict[str, list[str]] = {}
    for line in areas_under(community_of(area) or area, Level.COMMUNITY):
        short = line.short.removesuffix("社区")
        words = {line.name, line.short, line.code, line.official, short, f"{short}社区", f"{short}村"}
        for word in words - {""}:
            found.setdefault(word, []).append(line.code)
    return found


def told_community(text: str, known: Mapping[str, list[str]], area: str) -> tuple[str, Note | None]:
    """The community that a cell names, or the one of the area itself; or what is wrong with the cell."""
    if not text:
        own = community_of(area)
        return (own, None) if own else ("", Note("community", "没有写社区。"))
    codes = known.get(text) or known.get(text.removesuffix("居委会").removesuffix("村委会")) or []
    if len(codes) == 1:
        return codes[0], None
    if codes:
        return "", Note("community", "有几个社区叫这个名字，请写十二位统计用区划代码。")
    return "", Note("community", f"{area_name(area)}里没有这个社区。")


def bare_number(text: str) -> str:
    """The number of a building, unit or room without what people write around it (去掉幢、单元、室)."""
    return narrow(text).upper().strip(" #").removesuffix("单元").rstrip("幢栋座室号房楼层")


def read_doors(rows: Sequence[SheetRow], *, area: str) -> tuple[list[DoorTold], dict[int, list[Note]]]:
    """The rows that can be read, and notes on the others; no query but the atlas."""
    known = communities_by_name(area)
    doors, notes = [], {}
    for row in rows:
        found: list[Note] = []
        community, note = told_community(row.get("community"), known, area)
        found += [note] if note else []
        room, building = bare_number(row.get("room")), bare_number(row.get("building"))
        found += [Note("room", "室号看不懂。")] if row.get("room") and not 0 < len(room) <= 8 else []
        found += (
            [Note("building", "幢号看不懂，只写号码，例如 3 或 12A。")]
            if row.get("building") and not 0 < len(building) <= 8
            else []
        )
        floors = _number(row, "floors", found, 1, HIGHEST)
        floor = _number(row, "floor", found, DEEPEST, HIGHEST)
        if floor is None and not any(note.column == "floor" for note in found):
            by_room = _ROOM.fullmatch(room)
            floor = int(by_room[1]) if by_room else None
            if not floor and room:
                found.append(Note("floor", "从室号看不出是几层，请写楼层。"))
        kind = _KINDS.get(row.get("kind") or "住宅")
        found += [] if kind else [Note("kind", "房屋类别请写住宅、商铺或集体住所。")]
        if found:
            notes[row.number] = found
        elif row.get("estate") and building and room and kind and floor:
            doors.append(
                DoorTold(
                    row.number, community, row.get("estate")[:60], row.get("address")[:120], building, floors,
                    bare_number(row.get("unit"))[:8], floor, room, kind,
                )
            )  # fmt: skip
    return doors, notes


def check_doors(*, rows: Sequence[SheetRow], by: Actor, on: date, area: str) -> dict[int, list[Note]]:
    """Notes on the rows of a sheet (核对房屋清单); nothing is written."""
    return judge_doors(rows, by=by, area=area)[1]


def judge_doors(
    rows: Sequence[SheetRow], *, by: Actor, area: str
) -> tuple[list[DoorTold], dict[int, list[Note]]]:
    """The rows that can be registered (合格行), and notes on all others; a fixed number of queries."""
    doors, notes = read_doors(rows, area=area)
    estates = {one.community for one in doors}
    known = {
        (building.estate.area, building.estate.name, building.number): building
        for building in Building.objects.filter(
            estate__in=Estate.objects.filter(area__in=estates)
        ).select_related("estate")
    }
    wanted = {(door.community, door.estate, door.building) for door in doors}
    standing = {building.id: key for key, building in known.items() if key in wanted}
    there = {
        (standing[building], unit, room)
        for building, unit, room in Dwelling.objects.filter(building__in=standing).values_list(
            "building", "unit", "room"
        )
    }
    seen: dict[tuple, int] = {}
    good = []
    for door in doors:
        key = (door.community, door.estate, door.building)
        place = (key, door.unit, door.room)
        building = known.get(key)
        fault = None
        if place in there:
            fault = Note("room", "这一户已经登记过了。")
        elif place in seen:
            fault = Note("room", f"和第 {seen[place]} 行是同一户。")
        elif building and (
            finding := why_not_on_this_floor(door.floor, building.floors, building.floors_below)
        ):
            fault = Note("floor", finding.sentence)
        elif not building and door.floors and door.floor > door.floors:
            fault = Note("floor", f"这幢楼地上 {door.floors} 层，没有第 {door.floor} 层。")
        seen.setdefault(place, door.row)
        if fault:
            notes.setdefault(door.row, []).append(fault)
        else:
            good.append(door)
    return good, notes


def _number(row: SheetRow, key: str, notes: list[Note], least: int, most: int) -> int | None:
    text = row.get(key).removesuffix("层").removeprefix("第")
    if not text:
        return None
    if not re.fullmatch(r"-?\d{1,3}", text) or not least <= int(text) <= most or int(text) == 0:
        notes.append(Note(key, f"请写 {least} 至 {most} 的整数。"))
        return None
    return int(text)
