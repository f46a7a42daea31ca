"""Read estates, buildings and dwellings within reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, street_of
from yimen.kernel.refusals import NotFound
from yimen.registers.places.choices import DwellingUse
from yimen.registers.places.models import Building, Dwelling, DwellingCheck, Estate, HeadCount
from yimen.registers.places.permissions import CHECK_DWELLINGS
from yimen.registers.places.rules.doors import parse_door

MOST_ESTATES = 50  # more matches than this and the words say too little


class NoSuchPlace(NotFound):
    code = "places.no_such_place"
    sentence = "没有找到这个{what}，或不在您的范围内。"


def estate(public_id: UUID, *, by: Actor) -> Estate:
    """One estate (小区) of a community that ``by`` reaches, wholly or in part."""
    found = Estate.objects.filter(public_id=public_id).first()
    if found is None or not touches(found.area, by=by):
        raise NoSuchPlace(what="小区")
    return found


def building(public_id: UUID, *, by: Actor) -> Building:
    """One building (楼幢) with its estate, within reach."""
    return _one(Building.objects.within(by).select_related("estate"), public_id, "楼幢")


def dwelling(public_id: UUID, *, by: Actor) -> Dwelling:
    """One dwelling (房屋) with its building and estate, within reach."""
    return _one(Dwelling.objects.within(by).select_related("building__estate"), public_id, "房屋")


def door_in_building(building: Building, text: str, *, by: Actor) -> Dwelling | None:
    """The one dwelling of a building that people mean by 2单元501, 2-501 or 501; None when there is not exactly one."""
    asked = parse_door(text)
    if not asked.room:
        return None
    units = {asked.unit, asked.building} - {""}
    rows = Dwelling.objects.within(by).filter(building=building, room=asked.room)
    found = [one for one in rows if not units or one.unit in units]
    if len(found) != 1:
        return None
    found[0].building = building
    return found[0]


def dwelling_to_check(public_id: UUID, *, by: Actor) -> Dwelling:
    """One dwelling where ``by`` may note what was seen, held until commit so that two at one door wait for each other."""
    rows = Dwelling.objects.within(by).select_for_update(of=("self",)).select_related("building__estate")
    found = _one(rows, public_id, "房屋")
    by.must(CHECK_DWELLINGS, area=found.area)
    return found


def heads_of(dwelling: Dwelling, *, by: Actor, limit: int = 6) -> list[HeadCount]:
    """How many lived in a collective dwelling (集体住所人数), the latest count first."""
    return list(HeadCount.objects.within(by).filter(dwelling=dwelling).order_by("-counted_on")[:limit])


def heads_in(building: Building, *, by: Actor) -> int:
    """How many live in the collective dwellings of a building (集体住所人数), by the latest count of each."""
    counts = HeadCount.objects.within(by).filter(dwelling__building=building)
    latest = counts.order_by("dwelling", "-counted_on").distinct("dwelling")
    return sum(latest.values_list("heads", flat=True))


def dwellings_fresh(*, by: Actor, since: date) -> dict[str, tuple[int, int]]:
    """By grid or community: how many dwellings, and how many of them were checked from ``since`` on (核实新鲜度)."""
    fresh = Count("id", filter=Q(verified_on__gte=since))
    rows = Dwelling.objects.within(by).order_by().values("area").annotate(all=Count("id"), fresh=fresh)
    return {row["area"]: (row["all"], row["fresh"]) for row in rows}


def dwellings_fresh_on(
    days: Mapping[date, date], areas: Sequence[str], *, by: Actor
) -> dict[tuple[str, date], int]:
    """How many dwellings of each area were checked between the second day and the first (核实过的房屋), in one statement.

    The last check stands at the dwelling; only where it came later the days before it are asked.
    """
    counts = {
        f"day{number}": Count("id", filter=_checked_between(since, day))
        for number, (day, since) in enumerate(days.items())
    }
    within = Dwelling.objects.within(by).filter(area__begins_with_any=list(areas))
    found: dict[tuple[str, date], int] = {}
    for row in within.order_by().values("area").annotate(**counts):
        for area in areas:
            if row["area"].startswith(area):
                for name, day in zip(counts, days, strict=True):
                    found[area, day] = found.get((area, day), 0) + row[name]
    return found


def _checked_between(since: date, day: date) -> Q:
    earlier = DwellingCheck.objects.filter(dwelling=OuterRef("pk"), checked_on__range=(since, day))
    return Q(verified_on__range=(since, day)) | Q(Exists(earlier), verified_on__gt=day)


def estates_in(community: str, *, by: Actor) -> list[Estate]:
    """The estates of a community (小区) by name; none when ``by`` reaches no part of the community."""
    return list(Estate.objects.inside(community).order_by("name")) if touches(community, by=by) else []


@dataclass(frozen=True)
class BuildingLine:
    """A building in a list (楼幢): how many dwellings, how many checked, when the longest unchecked one was last seen."""

    building: Building
    dwellings: int
    checked: int
    oldest_check: date | None


def buildings_in(area: str, *, by: Actor) -> list[BuildingLine]:
    """The buildings of an area by estate and number, with counts from one query."""
    found = (
        Building.objects.within(by)
        .inside(area)
        .select_related("estate")
        .annotate(
            dwelling_count=Count("dwellings"),
            checked_count=Count("dwellings", filter=~Q(dwellings__use=DwellingUse.UNCHECKED)),
            oldest_check=Min("dwellings__verified_on"),
        )
    )
    ordered = sorted(found, key=lambda one: (one.estate.name, _in_number_order(one.number)))
    return [BuildingLine(one, one.dwelling_count, one.checked_count, one.oldest_check) for one in ordered]


def dwellings_of(building: Building, *, by: Actor) -> QuerySet[Dwelling]:
    """The dwellings of one building within reach, top floor first."""
    return Dwelling.objects.within(by).filter(building=building).order_by("-floor", "unit", "room")


def find_dwellings(text: str, *, by: Actor, community: str = "", limit: int = 20) -> list[Dwelling]:
    """Find doors by what people say: 东方丽都3幢2单元501, 3-2-501; within reach, by estate and door.

    With ``community`` only doors of that community. Words name the estate (or its other name); numbers are the building,
    unit and room. Words alone answer nothing: an estate has thousands of doors. Under row-level security only equality
    reaches an index, so numbers must be whole.
    """
    asked = parse_door(text)
    if not (asked.room or asked.building):
        return []
    estates = None
    if asked.words:
        # The words may carry the community's or the road's name in front; estates are few, so they are matched here.
        communities = [community] if community else [prefix[: Level.COMMUNITY.digits] for prefix in by.reach]
        estates = [one.id for one in _estates_in(communities) if _is_named(one, asked.words)][:MOST_ESTATES]
    told = (asked.building or None, asked.unit or None, asked.room or None)
    return _doors(by, estates, community or None, *told, limit=limit)


@kept
def _estates_in(areas: list[str]) -> QuerySet[Estate]:
    return Estate.objects.filter(area__begins_with_any=areas)


@kept
def _doors(
    by: Actor,
    estates: list[int] | None,
    community: str | None,
    number: str | None,
    unit: str | None,
    room: str | None,
    *,
    limit: int,
) -> QuerySet[Dwelling]:
    buildings = Building.objects.within(by)
    if estates is not None:
        buildings = buildings.filter(estate__among=estates)
    if community is not None:
        buildings = buildings.filter(community=community)
    if number is not None:
        buildings = buildings.filter(number=number)
    found = Dwelling.objects.within(by).filter(building__in=buildings)
    if unit is not None:
        found = found.filter(unit=unit)
    if room is not None:
        found = found.filter(room=room)
    return found.select_related("building__estate").order_by("building", "unit", "room")[:limit]


def estates_named(text: str, *, by: Actor | None = None, limit: int = 8) -> list[Estate]:
    """Estates whose name or other name holds the words (找小区); public, so that residents find their community by it."""
    wanted = text.strip()
    if not wanted:
        return []
    found = Estate.objects.filter(Q(name__icontains=wanted) | Q(also__icontains=wanted))
    return list(found.order_by("area", "name")[:limit])


def estate_choices(community: str, *, by: Actor | None = None) -> list[tuple[str, str]]:
    """Estates of a community to choose from, public: (public id, name)."""
    rows = Estate.objects.inside(community).order_by("name").values_list("public_id", "name")
    return [(str(public_id), name) for public_id, name in rows]


def touches(area: str, *, by: Actor) -> bool:
    """Does ``by`` reach the area or a part of it? A grid worker (网格员) may know her community's estates."""
    return by.reaches(area) or any(prefix.startswith(area) for prefix in by.reach)


def works_in_street(area: str, *, by: Actor) -> bool:
    """Does ``by`` work anywhere in the street that the area lies in (同一街道)?"""
    return touches(street_of(area) or area, by=by)


def _one(rows: QuerySet, public_id: UUID, what: str):
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NoSuchPlace(what=what)
    return found


def _is_named(one: Estate, words: str) -> bool:
    names = [one.name.upper(), *one.also.upper().split()]
    return any(words in name or words.endswith(name) for name in names)


def _in_number_order(number: str) -> tuple[int, str]:
    digits = "".join(character for character in number if character.isdigit())
    return (int(digits) if digits else 0, number)
