"""Register estates, buildings and dwellings, and what is seen at a door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, community_of, level
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.kernel.text import clean_line, narrow
from yimen.registers.places.choices import DwellingKind, DwellingUse
from yimen.registers.places.models import Building, Dwelling, DwellingCheck, Estate, HeadCount
from yimen.registers.places.permissions import EDIT
from yimen.registers.places.queries.areas import standing_area
from yimen.registers.places.queries.buildings import dwelling_to_check
from yimen.registers.places.rules.doors import why_not_on_this_floor

BATCH = 2000
MOST_HEADS = 5000
MOST_DOORS = 2000


class PlaceExists(Conflict):
    code = "places.place_exists"
    sentence = "{where}已经有{what}了。"


class CannotAddPlace(NotPossible):
    code = "places.cannot_add_place"
    sentence = "不能登记{what}：{why}。"


class CannotCheckDwelling(NotPossible):
    code = "places.cannot_check_dwelling"
    sentence = "不能登记核实：{why}。"


@dataclass(frozen=True)
class DoorRow:
    """One door of a building to be brought in (房屋清单的一行)."""

    building: Building
    floor: int
    room: str
    unit: str = ""
    kind: DwellingKind = DwellingKind.HOME
    use: DwellingUse = DwellingUse.UNCHECKED
    verified_on: date | None = None


@operation("places.estate.added")
def add_estate(
    *, by: Actor, at: datetime, community: str, name: str, also: str = "", address: str = ""
) -> Estate:
    """Register an estate (小区) in a community. Refuses one of the same name there."""
    by.must(EDIT, area=community)
    area = standing_area(community, by=by)
    name = clean_line(name)
    if area.level != Level.COMMUNITY or not name:
        raise CannotAddPlace(what="小区", why="要有名称，并且登记在社区之内")
    if Estate.objects.filter(area=community, name=name).exists():
        raise PlaceExists(where=area.name, what=name)
    added = Estate.objects.create(
        area=community, name=name, also=clean_line(also), address=clean_line(address)
    )
    record(added, kind="estate", area=community, name=name)
    return added


@operation("places.building.added")
def add_building(
    *,
    by: Actor,
    at: datetime,
    estate: Estate,
    number: str,
    floors: int,
    floors_below: int = 0,
    name: str = "",
    address: str = "",
    grid: str = "",
) -> Building:
    """Register a building (楼幢) of an estate; ``grid`` is its grid's code when it has one.

    ``number`` is the bare number (3, 12A); the name is made of it (3幢) unless another one is given. Refuses a number
    that the estate has already and a grid outside the estate's community.
    """
    area = grid or estate.area
    by.must(EDIT, area=area)
    standing_area(area, by=by)
    number = _bare(number)
    if not number or not 1 <= floors <= 200 or not 0 <= floors_below <= 20:
        raise CannotAddPlace(what="楼幢", why="要有幢号，地上 1 至 200 层，地下至多 20 层")
    if not area.startswith(estate.area) or level(area) not in (Level.COMMUNITY, Level.GRID):
        raise CannotAddPlace(what="楼幢", why="所选网格不在小区所属的社区之内")
    if Building.objects.filter(estate=estate, number=number).exists():
        raise PlaceExists(where=estate.name, what=f"{number}幢")
    added = Building.objects.create(
        estate=estate,
        area=area,
        community=estate.area,
        number=number,
        name=clean_line(name) or f"{number}幢",
        address=clean_line(address),
        floors=floors,
        floors_below=floors_below,
    )
    record(added, kind="building", area=area, number=number)
    return added


@operation("places.building.laid_out")
def lay_out_building(
    *,
    by: Actor,
    at: datetime,
    estate: Estate,
    number: str,
    floors: int,
    units: int,
    rooms: int,
    first_floor: int = 1,
    skipped: Sequence[int] = (),
    name: str = "",
    address: str = "",
    grid: str = "",
) -> Building:
    """Register a building with all its doors at once (整幢登记): so many floors, units, and rooms on a floor of a unit.

    Rooms are numbered by floor and place (501, 502); ``skipped`` are floors without doors. Odd ones are added afterwards.
    """
    made = add_building(
        by=by, at=at, estate=estate, number=number, floors=floors, name=name, address=address, grid=grid
    )
    levels = [floor for floor in range(first_floor, floors + 1) if floor not in set(skipped)]
    if not 1 <= units * rooms * len(levels) <= MOST_DOORS:
        raise CannotAddPlace(
            what="楼幢", why=f"一幢楼的房屋要在 1 到 {MOST_DOORS} 户之间，请核对层数、单元和每层户数"
        )
    import_dwellings(
        by=by,
        at=at,
        rows=[
            DoorRow(made, floor=floor, room=f"{floor}{room:02d}", unit=str(unit) if units > 1 else "")
            for unit in range(1, units + 1)
            for floor in levels
            for room in range(1, rooms + 1)
        ],
    )
    return made


@operation("places.dwelling.added")
def add_dwelling(
    *,
    by: Actor,
    at: datetime,
    building: Building,
    floor: int,
    room: str,
    unit: str = "",
    kind: DwellingKind = DwellingKind.HOME,
) -> Dwelling:
    """Register one door (房屋) of a building, not yet checked. Refuses a floor the building lacks and a door it has."""
    by.must(EDIT, area=building.area)
    row = _made(DoorRow(building, floor, room, unit, kind), by)
    if Dwelling.objects.filter(building=building, unit=row.unit, room=row.room).exists():
        raise PlaceExists(where=building.name, what=f"{row.room}室")
    row.save()
    record(row, kind="dwelling", area=row.area)
    return row


@operation("places.dwellings.imported")
def import_dwellings(*, by: Actor, at: datetime, rows: Sequence[DoorRow]) -> int:
    """Bring in many doors at once (批量登记房屋); answers how many were new. Doors already there are left as they are."""
    for building in {row.building.id: row.building for row in rows}.values():
        by.must(EDIT, area=building.area)
    made = [_made(row, by) for row in rows]
    known = set(
        Dwelling.objects.filter(building__in={row.building_id for row in made}).values_list(
            "building_id", "unit", "room"
        )
    )
    fresh = {(row.building_id, row.unit, row.room): row for row in made}
    fresh = {door: row for door, row in fresh.items() if door not in known}
    if not fresh:
        unchanged()
        return 0
    Dwelling.objects.bulk_create(fresh.values(), batch_size=BATCH)
    _note_checks([row for row in fresh.values() if row.verified_on])
    counts: dict[str, dict] = {}
    for row in fresh.values():
        line = counts.setdefault(row.building_id, {"building": row.building.public_id, "doors": 0})
        line["doors"] += 1
    record_batch(list(counts.values()), kind="dwelling", area=_shared(row.area for row in fresh.values()))
    return len(fresh)


@operation("places.dwelling.checked")
def set_dwelling_use(
    *, by: Actor, at: datetime, dwelling: Dwelling, use: DwellingUse | str, verified_on: date
) -> Dwelling:
    """Write down what was seen at a door (上门核实): its use and the day. The same use again renews the day.

    Refuses a day that has not come, and one earlier than what is known already.
    """
    found = dwelling_to_check(dwelling.public_id, by=by)
    use = DwellingUse(use)
    if use == DwellingUse.UNCHECKED:
        raise CannotCheckDwelling(why="请选择实际看到的使用情况")
    if verified_on > day_of(at):
        raise CannotCheckDwelling(why="核实日期不能晚于今天")
    if found.verified_on and verified_on < found.verified_on:
        raise CannotCheckDwelling(why=f"{found.verified_on:%Y年%m月%d日}已有更新的核实记录")
    before = found.use
    found.use, found.verified_on, found.verified_by = use, verified_on, by.key
    found.save(update_fields=["use", "verified_on", "verified_by"])
    _note_checks([found])
    record(found, kind="dwelling", area=found.area, was=before, now=use, verified_on=verified_on)
    return found


@operation("places.dwelling.put_back", inner=True)
def put_back_dwelling_use(
    *, by: Actor, at: datetime, dwelling: Dwelling, was: Sequence[str | None]
) -> Dwelling:
    """A check at a door is taken back (撤销核实): use, day and worker are again what they were."""
    found = dwelling_to_check(dwelling.public_id, by=by)
    use, on, who = was
    if found.verified_on and on != found.verified_on.isoformat():
        DwellingCheck.objects.filter(dwelling=found, checked_on=found.verified_on).delete()
    found.use, found.verified_on, found.verified_by = use, date.fromisoformat(on) if on else None, who
    found.save(update_fields=["use", "verified_on", "verified_by"])
    record(found, kind="dwelling", area=found.area, put_back=use, verified_on=on)
    return found


@operation("places.dwelling.pairs_set")
def set_visit_in_pairs(*, by: Actor, at: datetime, dwelling: UUID, pairs: bool) -> Dwelling:
    """Say that nobody goes to this door alone (上门须两人), or that one may again; no reason is kept."""
    found = dwelling_to_check(dwelling, by=by)
    if found.visit_in_pairs == pairs:
        unchanged()
        return found
    found.visit_in_pairs = pairs
    found.save(update_fields=["visit_in_pairs"])
    record(found, kind="dwelling", area=found.area, pairs=pairs)
    return found


@operation("places.heads.counted")
def count_heads(*, by: Actor, at: datetime, dwelling: UUID, heads: int, on: date) -> HeadCount:
    """How many live in a collective dwelling (集体住所人数) on a day: a dormitory, a building site, a home; no names.

    Another count of the same day takes the place of the first. Nobody there means that it stands empty.
    """
    found = dwelling_to_check(dwelling, by=by)
    if found.kind != DwellingKind.COLLECTIVE:
        raise CannotCheckDwelling(why="只有集体住所按人数登记")
    if on > day_of(at) or not 0 <= heads <= MOST_HEADS:
        raise CannotCheckDwelling(why=f"人数在 0 到 {MOST_HEADS} 之间，日期不能晚于今天")
    before = HeadCount.objects.filter(dwelling=found, counted_on=on).first()
    counted = before or HeadCount(dwelling=found, counted_on=on)
    was, counted.heads = counted.heads, heads
    counted.noted_at, counted.noted_by, counted.noted_by_name = at, by.key, by.name[:80]
    counted.save()
    if found.verified_on is None or on >= found.verified_on:
        found.use = DwellingUse.LET if heads else DwellingUse.VACANT
        found.verified_on, found.verified_by = on, by.key
        found.save(update_fields=["use", "verified_on", "verified_by"])
        _note_checks([found])
    record(found, kind="dwelling", area=found.area, was=was if before else None, heads=heads, on=on)
    return counted


def _note_checks(dwellings: Sequence[Dwelling]) -> None:
    """Keep the day on which each was looked at (核实记录), once a day."""
    rows = [
        DwellingCheck(dwelling=one, checked_on=one.verified_on, noted_by=one.verified_by) for one in dwellings
    ]
    DwellingCheck.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _made(row: DoorRow, by: Actor) -> Dwelling:
    building, room = row.building, _bare(row.room)
    if not room:
        raise CannotAddPlace(what="房屋", why="要有室号")
    finding = why_not_on_this_floor(row.floor, building.floors, building.floors_below)
    if finding:
        raise CannotAddPlace(finding.sentence, findings=[finding])
    return Dwelling(
        building=building,
        area=building.area,
        community=building.community,
        unit=_bare(row.unit),
        floor=row.floor,
        room=room,
        kind=row.kind,
        use=row.use,
        verified_on=row.verified_on,
        verified_by=by.key if row.verified_on else "",
    )


def _bare(number: str) -> str:
    return narrow(number).upper().strip(" #").removesuffix("单元").rstrip("幢栋座室号房")


def _shared(areas) -> str:
    communities = {community_of(area) or area for area in areas}
    if len(communities) == 1:
        return communities.pop()
    streets = {area[: Level.STREET.digits] for area in communities}
    return streets.pop() if len(streets) == 1 else min(streets)[: Level.COUNTY.digits]
