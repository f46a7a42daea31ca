"""Which doors many written addresses mean (地址对门牌), for lists that come in: three queries however many lines."""

from collections.abc import Iterable

from yimen.kernel.actor import Actor
from yimen.registers.places.models import Dwelling, Estate
from yimen.registers.places.rules.doors import DoorQuery, parse_door

Written = tuple[str, str]


def doors_written(lines: Iterable[Written], *, by: Actor) -> dict[Written, Dwelling]:
    """The dwelling of each (community, address) that names one for certain, within reach; others are left out.

    An address is certain when it ends with building and room (and unit, where the building has units), and what stands before
    ends with the name of an estate of that community.
    """
    asked = {line: parse_door(line[1]) for line in set(lines) if line[1]}
    asked = {line: door for line, door in asked.items() if door.building and door.room and door.words}
    if not asked:
        return {}
    estates: dict[str, list[Estate]] = {}
    for estate in Estate.objects.filter(area__in={community for community, _ in asked}):
        estates.setdefault(estate.area, []).append(estate)
    wanted = {
        line: found for line, door in asked.items() if (found := _estate(door, estates.get(line[0], [])))
    }
    rows = (
        Dwelling.objects.within(by)
        .filter(
            building__estate__in={one.id for one in wanted.values()},
            room__in={asked[line].room for line in wanted},
        )
        .select_related("building__estate")
    )
    known: dict[tuple[int, str, str], list[Dwelling]] = {}
    for row in rows:
        known.setdefault((row.building.estate_id, row.building.number, row.room), []).append(row)
    found = {}
    for line, estate in wanted.items():
        door = asked[line]
        there = known.get((estate.id, door.building, door.room), [])
        fits = [one for one in there if not door.unit or one.unit == door.unit]
        if len(fits) == 1:
            found[line] = fits[0]
    return found


def _estate(door: DoorQuery, estates: Iterable[Estate]) -> Estate | None:
    fits = [
        one
        for one in estates
        if any(door.words.endswith(name) for name in (one.name.upper(), *one.also.upper().split()))
    ]
    return fits[0] if len(fits) == 1 else None
