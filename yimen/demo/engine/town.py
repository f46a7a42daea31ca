"""The places of the demo: real areas, invented estates, doors and service sites."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import ceil
from random import Random
from typing import Any

from yimen.demo.engine.residents import House
from yimen.demo.engine.toml import read
from yimen.foundations.definitions.api import current_all
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.places import api as places
from yimen.work.desk import api as desk

HOURS = ((time(8, 30), time(12)), (time(13, 30), time(17)))
WINDOW_DAYS = ((0, 2, 4), (0, 1, 3), (1, 3, 4), (0, 2, 3, 4))
GAPS = (5, 9)
PAPER_PHONE = "0574-0000 0000"
# The first estate of a community has so many of a hundred of its homes.
FIRST_ESTATE = 60
# Where the hall stands; the stations stand in columns of so many, a step to the north and a step to the east of each other.
SOUTH_WEST = Decimal("29.820000"), Decimal("121.590000")
ROWS, NORTH_STEP, EAST_STEP = 5, Decimal("0.006100"), Decimal("0.009300")
NOT_MEASURED = "演示坐标，非实测"
SEEN_WITHIN = 400  # days: when somebody last stood before the door


def import_areas(name: str, *, by: Actor, at: datetime) -> None:
    """Bring in the official list that stands beside the code (``areas_panhuo``)."""
    told = read(name)
    rows = [places.AreaRow(row["official"], row["name"]) for row in told["area"]]
    places.import_areas(by=by, at=at, since=told["since"], rows=rows)


def open_sites(street: str, communities: Sequence[str], *, by: Actor, at: datetime, since: date) -> list[Any]:
    """A hall for the street and a station for every community; the stations have three window days a week."""
    made: list[Any] = []
    wanted = [(street, "street_centre", "便民服务中心（演示）", "演示路 1 号")]
    wanted += [
        (code, "community_station", f"{places.area_name(code)}便民服务站（演示）", f"演示路 {10 + order} 号")
        for order, code in enumerate(communities)
    ]
    for area, kind, name, address in wanted:
        number = len(made)
        site = places.open_site(
            by=by,
            at=at,
            area=area,
            name=name,
            kind=kind,
            address=address,
            since=since,
            phone=PAPER_PHONE,
            in_charge="当班窗口长（演示）",
            **stands_at(number),
        )
        # The hall keeps office days; communities take three, and not all of them the same.
        days = range(5) if kind == "street_centre" else WINDOW_DAYS[number % len(WINDOW_DAYS)]
        hours = [places.Hours(day, opens, closes) for day in days for opens, closes in HOURS]
        places.set_site_hours(by=by, at=at, site=site, hours=hours, since=since)
        made.append(site)
    return made


def stands_at(number: int, *, aside: int = 0) -> dict[str, Any]:
    """Where the site of the hall (0) or of the so-and-so-many-th community stands, ``aside`` some tenths of a step off."""
    (north, east), tenth = SOUTH_WEST, Decimal(aside) / 10
    return {
        "latitude": north + (number % ROWS + tenth) * NORTH_STEP,
        "longitude": east + (number // ROWS + tenth) * EAST_STEP,
        "position_source": NOT_MEASURED,
    }


def say_what_is_done(sites: Sequence[Any], *, by: Actor, at: datetime) -> None:
    """The hall does everything; a station what is the community's own and what is delegated to it, but for two gaps."""
    matters = current_all("matter", on=day_of(at))
    for order, site in enumerate(sites):
        here = [
            one.key
            for one in matters
            if order == 0
            or one.body.level == "community"
            or not desk.why_not_at(one.key, area=site.area, on=day_of(at))
        ]
        if order in GAPS:
            here.remove("family_doctor")
        features = (
            ("printing", "lending", "step_free", "blood_pressure")
            if order % 3
            else ("printing", "self_service")
        )
        offers = [f"matter/{key}" for key in here] + [f"feature/{key}" for key in features]
        places.set_site_offers(by=by, at=at, site=site, offers=offers)


def delegate(
    street: str, communities: Sequence[str], *, by: Actor, at: datetime, now: datetime, mark: str = ""
) -> None:
    """Matters of the street that its communities take in: relief everywhere, the rest at half of them, some soon over."""
    since, today = day_of(at), day_of(now)
    matters = [one.key for one in current_all("matter", on=since) if one.body.level == "street"]
    for order, community in enumerate(communities):
        for matter in matters:
            if matter != "temporary_relief" and order % 2:
                continue
            soon = matter != "temporary_relief" and order == 2
            desk.delegate_matter(
                by=by,
                at=at,
                area=community,
                matter=matter,
                powers="accept",
                document=f"{places.area_name(street)}下放社区事项清单（演示）{mark}",
                article="附件一",
                seal_rule="使用“便民服务专用章”（演示），社区书记保管，用印登记。",
                since=since,
                last_day=today + timedelta(days=12 if soon else 365),
            )


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
