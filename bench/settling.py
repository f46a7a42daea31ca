"""One community is built and moved into (建房落户), through the operations of places and people."""

from collections.abc import Iterator
from datetime import date, datetime

from bench.facts import Known
from bench.ground import BY, grids_of
from bench.population import ROAD, Community, Door, House, Settlement
from yimen.foundations.bus.api import act_as
from yimen.kernel.clock import day_of
from yimen.kernel.pinyin import name_keys
from yimen.registers.people import api as people
from yimen.registers.places import api as places


def settle(community: Community, *, at: datetime, sample: int) -> list[Known]:
    """Build its estates, put everybody on file in one transaction; answers so many of them, evenly spread."""
    settlement = Settlement(community, today=day_of(at))
    with act_as(BY, on=day_of(at)):
        homes = _build(settlement, at=at)
        houses = list(settlement.houses())
        rows = list(_rows(community, houses, homes))
        ids = people.import_people(by=BY, at=at, people=rows)
    every = max(1, len(rows) // sample)
    return [
        _known(row, public_id)
        for row, public_id in list(zip(rows, ids, strict=True))[::every]
        if row.lives_here and row.id_number
    ][:sample]


def _build(settlement: Settlement, *, at: datetime) -> dict[Door, object]:
    """Estates, buildings and doors; answers the dwelling behind each door."""
    code, buildings = settlement.community.code, {}
    grids = grids_of(code)
    for order, estate in enumerate(settlement.estates):
        added = places.add_estate(
            by=BY, at=at, community=code, name=estate.name, address=f"{ROAD}{order + 1}号"
        )
        for number in range(1, estate.buildings + 1):
            buildings[order, number] = places.add_building(
                by=BY,
                at=at,
                estate=added,
                number=str(number),
                floors=estate.floors,
                grid=grids[(order + number) % len(grids)],
            )
    rows = [
        places.DoorRow(buildings[door.estate, door.building], door.floor, door.room, str(door.unit))
        for door in settlement.doors
    ]
    places.import_dwellings(by=BY, at=at, rows=rows)
    homes = {}
    for (order, number), building in buildings.items():
        for dwelling in places.dwellings_of(building, by=BY):
            dwelling.building = building
            homes[Door(order, number, int(dwelling.unit), dwelling.floor, dwelling.room)] = dwelling
    return homes


def _rows(community: Community, houses: list[House], homes: dict) -> Iterator[people.NewPerson]:
    near = f"{community.street}{int(community.code[-3:]) % 20 + 1:03d}"
    for key, house in enumerate(houses):
        lives_here = house.door is not None
        hukou = {"here": community.code, "near": near, "outside": ""}[house.hukou]
        for one in house.members:
            yield people.NewPerson(
                name=one.name,
                community=community.code,
                sex=one.sex,
                birth_on=one.birth_on,
                id_number=one.id_number,
                phone=one.phone,
                lives_here=lives_here,
                lives_at=homes[house.door] if lives_here else None,
                lives_address="" if lives_here else f"{house.place}（演示）",
                since=max(house.since, one.birth_on),
                hukou=hukou,
                hukou_address=f"{house.place}（演示）" if house.hukou == "outside" else "",
                household=str(key) if lives_here else "",
                role=one.role if lives_here else "",
                source="import",
            )


def _known(row: people.NewPerson, public_id: str) -> Known:
    initials = next((key.key for key in name_keys(row.name) if key.kind == "initials"), "")
    return Known(
        public_id=public_id,
        name=row.name,
        initials=initials,
        id_number=row.id_number,
        phone=row.phone,
        address=row.lives_at.address if row.lives_at else row.lives_address,
        street=row.community[:9],
        community=row.community,
        sex=row.sex,
        birth_on=_iso(row.birth_on),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
