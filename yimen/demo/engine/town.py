"""The places of the demo: real areas, invented estates, doors and service sites."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from random import Random
from typing import Any

from yimen.demo.engine.residents import House
from yimen.demo.engine.toml import read
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.places import api as places

HOURS = ((time(8, 30), time(12)), (time(13, 30), time(17)))
PAPER_PHONE = "0574-0000 0000"
# The first estate of a community has so many of a hundred of its homes.
FIRST_ESTATE = 60
SEEN_WITHIN = 400  # days: when somebody last stood before the door


def import_areas(name: str, *, by: Actor, at: datetime) -> None:
    """Bring in the official list that stands beside the code (``areas_panhuo``)."""
    told = read(name)
    rows = [places.AreaRow(row["official"], row["name"]) for row in told["area"]]
    places.import_areas(by=by, at=at, since=told["since"], rows=rows)


def open_sites(street: str, communities: Sequence[str], *, by: Actor, at: datetime, since: date) -> None:
    """A hall for the street and a station for every community, open on the hours of an office."""
    wanted = [(street, "street_centre", "便民服务中心（演示）", "演示路 1 号")]
    wanted += [
        (code, "community_station", f"{places.area_name(code)}便民服务站（演示）", f"演示路 {10 + order} 号")
        for order, code in enumerate(communities)
    ]
    for area, kind, name, address in wanted:
        site = places.open_site(
            by=by, at=at, area=area, name=name, kind=kind, address=address, since=since, phone=PAPER_PHONE
        )
        hours = [places.Hours(day, opens, closes) for day in range(5) for opens, closes in HOURS]
        places.set_site_hours(by=by, at=at, site=site, hours=hours, since=since)


def open_grids(community: str, *, number: int, by: Actor, at: datetime) -> list[str]:
    """So many grids (网格) of a community; answers their codes."""
    short, since = places.short_area_name(community), day_of(at)
    return [
        places.open_area(by=by, at=at, parent=community, name=f"{short}第{name}网格", since=since).code
        for name in "一二三四五"[:number]
    ]


@dataclass(frozen=True)
class _Door:
    """One door to be: in which building, and where in it."""

    building: Any
    unit: str
    floor: int
    room: str


def build(
    community: str,
    houses: Sequence[House],
    *,
    order: int,
    rng: Random,
    by: Actor,
    at: datetime,
    grids: Sequence[str],
    mark: str = "",
) -> None:
    """Build estates with as many doors as the households need and some more, and give each household its home.

    The first households stand door by door, as they were given; the others where chance puts them.
    """
    told = read("population")
    wanted = ceil(len(houses) * 100 / (100 - told["doors"]["empty"]))
    estates = told["estate"]
    doors: list[_Door] = []
    for turn, share in ((order, FIRST_ESTATE), (order + 1, 100 - FIRST_ESTATE)):
        kind = estates[turn % len(estates)]
        doors += _estate(community, kind, wanted * share / 100, by=by, at=at, grids=grids, mark=mark)
    near, rest = doors[: _together(houses)], doors[_together(houses) :]
    homes = near + rng.sample(rest, len(houses) - len(near))
    living = dict(zip(homes, houses, strict=True))
    places.import_dwellings(by=by, at=at, rows=[_row(door, living.get(door), rng, at) for door in doors])
    by_building = {door.building: door.building for door in doors}
    made = {}
    for building in by_building.values():
        for dwelling in places.dwellings_of(building, by=by):
            dwelling.building = building
            made[_Door(building, dwelling.unit, dwelling.floor, dwelling.room)] = dwelling
    for door, house in living.items():
        house.home = made[door]


def _together(houses: Sequence[House]) -> int:
    """How many at the start of the list belong door by door: half of them at most."""
    return min(len(houses) // 2, 30)


def _estate(
    community: str,
    kind: dict[str, Any],
    homes: float,
    *,
    by: Actor,
    at: datetime,
    grids: Sequence[str],
    mark: str,
) -> list[_Door]:
    name = f"{places.short_area_name(community)}{kind['name']}{mark}"
    estate = places.add_estate(
        by=by, at=at, community=community, name=name, address=f"演示路 {int(community[-3:])} 号"
    )
    doors: list[_Door] = []
    number = 0
    while len(doors) < homes:
        number += 1
        building = places.add_building(
            by=by,
            at=at,
            estate=estate,
            number=str(number),
            floors=kind["floors"],
            grid=grids[number % len(grids)] if grids else "",
        )
        doors += [
            _Door(building, str(unit), floor, f"{floor}{room:02d}")
            for unit in range(1, kind["units"] + 1)
            for floor in range(1, kind["floors"] + 1)
            for room in range(1, kind["doors"] + 1)
        ]
    return doors


def _row(door: _Door, house: House | None, rng: Random, at: datetime) -> places.DoorRow:
    use, seen = house.use if house else "vacant", day_of(at) - timedelta(days=rng.randrange(SEEN_WITHIN))
    if rng.randrange(100) < read("population")["doors"]["unchecked"]:
        return places.DoorRow(door.building, door.floor, door.room, door.unit)
    return places.DoorRow(
        door.building,
        door.floor,
        door.room,
        door.unit,
        use=places.DwellingUse(use),
        verified_on=seen,
    )
