"""Sheets of dwellings: register what the good rows say, and take a batch back (导入房屋、撤销导入)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record_batch, unchanged
from yimen.foundations.imports.api import named_elsewhere
from yimen.foundations.imports.ports import SheetRow, Written
from yimen.kernel.actor import Actor
from yimen.registers.places.choices import DwellingUse
from yimen.registers.places.engine.sheets import DoorTold, judge_doors
from yimen.registers.places.models import Building, Dwelling, Estate
from yimen.registers.places.operations.buildings import (
    DoorRow,
    add_building,
    add_estate,
    import_dwellings,
)
from yimen.registers.places.permissions import EDIT

NOT_FOUND = "不在您的范围内，或已经不在了"
CHECKED = "已经上门核实过"
_Key = tuple[str, str, str]


@operation("places.sheet.written", inner=True)
def write_doors(*, by: Actor, at: datetime, rows: Sequence[SheetRow], area: str, batch: UUID) -> Written:
    """Register the dwellings of a sheet (导入房屋), with estates and buildings that are not there yet."""
    doors, notes = judge_doors(rows, by=by, area=area)
    if not doors:
        unchanged()
        return Written(made={}, refused=notes)
    buildings = _buildings(doors, by=by, at=at)
    import_dwellings(
        by=by,
        at=at,
        rows=[DoorRow(buildings[_key(door)], door.floor, door.room, door.unit, door.kind) for door in doors],
    )
    made = {
        (building, unit, room): public_id
        for building, unit, room, public_id in Dwelling.objects.filter(
            building__in=[one.id for one in buildings.values()]
        ).values_list("building", "unit", "room", "public_id")
    }
    return Written(
        made={door.row: made[buildings[_key(door)].id, door.unit, door.room] for door in doors}, refused=notes
    )


@operation("places.dwellings.withdrawn", inner=True)
def withdraw_dwellings(*, by: Actor, at: datetime, subjects: Sequence[UUID]) -> dict[UUID, str]:
    """Take dwellings away that an import made (撤销导入房屋); answers those left, each with the reason.

    Left is where somebody lives, what was looked at since, and what anything else names. Estates and buildings stay.
    """
    rows = list(
        Dwelling.objects.within(by).filter(public_id__in=list(subjects)).select_for_update(of=("self",))
    )
    for area in sorted({one.area for one in rows}):
        by.must(EDIT, area=area)
    left = dict.fromkeys(set(subjects) - {one.public_id for one in rows}, NOT_FOUND)
    left |= {one.public_id: CHECKED for one in rows if one.use != DwellingUse.UNCHECKED}
    asked = {one.public_id: one.id for one in rows if one.public_id not in left}
    left |= named_elsewhere(Dwelling, asked, names=("dwelling",))
    gone = [one for one in rows if one.public_id not in left]
    Dwelling.objects.filter(id__in=[one.id for one in gone]).delete()
    record_batch(
        [{"dwelling": str(one.public_id)} for one in gone],
        kind="dwelling",
        area=gone[0].community if len({one.community for one in gone}) == 1 else by.home,
        withdrawn=True,
        left=len(left),
    )
    return left


def _buildings(doors: Sequence[DoorTold], *, by: Actor, at: datetime) -> dict[_Key, Building]:
    """The building of each door; one that is missing is registered, with its estate, as high as its highest door."""
    communities = {door.community for door in doors}
    estates = {(one.area, one.name): one for one in Estate.objects.filter(area__in=communities)}
    known = {
        (one.estate.area, one.estate.name, one.number): one
        for one in Building.objects.filter(estate__in=estates.values()).select_related("estate")
    }
    for door in doors:
        key = _key(door)
        if key in known:
            continue
        estate = estates.get(key[:2])
        if estate is None:
            estate = add_estate(by=by, at=at, community=key[0], name=key[1], address=door.address)
            estates[key[:2]] = estate
        mine = [one for one in doors if _key(one) == key]
        told = [one.floors or 0 for one in mine]
        known[key] = add_building(
            by=by,
            at=at,
            estate=estate,
            number=door.building,
            floors=max([1, *told, *(one.floor for one in mine)]),
            floors_below=max(0, -min(one.floor for one in mine)),
        )
    return known


def _key(door: DoorTold) -> _Key:
    return (door.community, door.estate, door.building)
