"""The places of the demo: real areas, invented estates, doors and service sites; and the residents put into them."""

from collections.abc import Sequence
from datetime import date, datetime, time
from random import Random
from typing import Any
from uuid import UUID

from yimen.demo.engine.residents import House, Maker, forget_papers, unforgotten
from yimen.demo.engine.toml import read
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.registers.places import api as places

FLOORS, ROOMS = 6, 4
HOURS = ((time(8, 30), time(12)), (time(13, 30), time(17)))
PAPER_PHONE = "0574-0000 0000"


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


def build(
    community: str, *, households: int, by: Actor, at: datetime, grids: bool, mark: str = ""
) -> list[Any]:
    """An estate with as many buildings as the households need; answers its doors in a mixed order of floors."""
    short = places.short_area_name(community)
    estate = places.add_estate(
        by=by, at=at, community=community, name=f"{short}演示苑{mark}", address=f"演示路 {community[-3:]} 号"
    )
    rows, buildings = [], 1 + households // (FLOORS * ROOMS)
    codes = _open_grids(community, by=by, at=at) if grids else [""]
    for number in range(1, buildings + 1):
        building = places.add_building(
            by=by, at=at, estate=estate, number=str(number), floors=FLOORS, grid=codes[number % len(codes)]
        )
        rows += [
            places.DoorRow(building, floor, f"{floor}{room:02d}")
            for floor in range(1, FLOORS + 1)
            for room in range(1, ROOMS + 1)
        ]
    places.import_dwellings(by=by, at=at, rows=rows)
    seen = dict.fromkeys(row.building for row in rows)
    return [door for building in seen for door in places.dwellings_of(building, by=by)]


def settle(
    communities: dict[str, int],
    maker: Maker,
    *,
    by: Actor,
    at: datetime,
    no_papers: int,
    special: str = "",
    grids: Sequence[str] = (),
) -> dict[str, list[UUID]]:
    """Make and register the residents of these communities (code → how many); answers who lives where.

    ``special`` is the community in which those live whom software forgets.
    """
    houses: list[House] = []
    for code, number in communities.items():
        here = list(maker.houses(code, people=number))
        if code == special:
            here += unforgotten(maker, code)
        doors = build(
            code,
            households=sum(house.lives_here for house in here),
            by=by,
            at=at,
            grids=code in grids,
            mark=maker.mark,
        )
        for house in here:
            house.home = doors.pop() if house.lives_here else None
        houses += here
    forget_papers(houses, rng=maker.rng, people=no_papers)
    rows = [row for house in houses for row in _rows(house, list(communities), maker.rng)]
    ids = people.import_people(by=by, at=at, people=[new for _, new in rows])
    found: dict[str, list[UUID]] = {code: [] for code in communities}
    for (house, new), public_id in zip(rows, ids, strict=True):
        if new.lives_here:
            found[house.community].append(UUID(public_id))
    return found


def _rows(house: House, communities: Sequence[str], rng: Random) -> list[tuple[House, people.NewPerson]]:
    near = [code for code in communities if code != house.community] or [house.community]
    hukou = {"here": house.community, "near": rng.choice(near), "outside": ""}[house.hukou]
    key = f"{house.community}/{house.members[0].phone or house.members[0].name}/{id(house)}"
    return [
        (
            house,
            people.NewPerson(
                name=member.name,
                community=house.community,
                sex=member.sex,
                birth_on=member.birth_on,
                id_number=member.id_number,
                documents=member.documents,
                phone=member.phone,
                lives_here=house.lives_here,
                lives_at=house.home,
                lives_address="" if house.lives_here else f"{house.place}（演示）",
                since=max(house.since, member.birth_on),
                hukou=hukou,
                hukou_address=f"{house.place}（演示）" if house.hukou == "outside" else "",
                household=key if house.lives_here else "",
                role=member.role if house.lives_here else "",
                source="import",
            ),
        )
        for member in house.members
    ]


def _open_grids(community: str, *, by: Actor, at: datetime) -> list[str]:
    short = places.short_area_name(community)
    since = day_of(at)
    return [
        places.open_area(by=by, at=at, parent=community, name=f"{short}{name}", since=since).code
        for name in ("第一网格", "第二网格")
    ]
