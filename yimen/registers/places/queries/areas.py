"""Read areas for the staff page; names and codes come from the atlas (api.area_name)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, level, street_of
from yimen.kernel.refusals import NotPossible
from yimen.registers.places.choices import DwellingUse
from yimen.registers.places.engine.atlas import AreaLine, NoSuchArea, areas_under, find_area
from yimen.registers.places.models import Area, AreaName, AreaSuccession, Dwelling, OfficialCode
from yimen.registers.places.queries.buildings import touches


class AreaIsClosed(NotPossible):
    code = "places.area_is_closed"
    sentence = "{name}已于{until:%Y年%m月%d日}撤并，不能再变更。"


@dataclass(frozen=True)
class AreaStock:
    """How many dwellings stand in a community (房屋数), and how many were checked at the door (已核)."""

    dwellings: int = 0
    checked: int = 0
    let: int = 0
    vacant: int = 0
    shared: int = 0

    def __add__(self, other: "AreaStock") -> "AreaStock":
        mine, theirs = vars(self).values(), vars(other).values()
        return AreaStock(*(one + two for one, two in zip(mine, theirs, strict=True)))


@dataclass(frozen=True)
class StreetTree:
    """One street (街道) with those of its communities that the actor reaches, each with its stock.

    ``whole`` says that she reaches all of it; otherwise ``total`` is of her part only.
    """

    street: AreaLine
    whole: bool
    communities: tuple[tuple[AreaLine, AreaStock], ...]
    total: AreaStock


def street_trees(*, by: Actor) -> list[StreetTree]:
    """The streets and communities within reach with their counts, from one query however many there are."""
    stock = dwelling_stock(by=by)
    trees = []
    for street in _streets_within(by):
        lines = [line for line in areas_under(street.code, Level.COMMUNITY) if touches(line.code, by=by)]
        pairs = tuple((line, stock.get(line.code, AreaStock())) for line in lines)
        trees.append(
            StreetTree(street, by.reaches(street.code), pairs, sum((one for _, one in pairs), AreaStock()))
        )
    return trees


def dwelling_stock(*, by: Actor) -> dict[str, AreaStock]:
    """Dwellings by community (底数), within reach."""
    counted = (
        Dwelling.objects.within(by)
        .values("community")
        .annotate(
            dwellings=Count("id"),
            checked=Count("id", filter=~Q(use=DwellingUse.UNCHECKED)),
            let=Count("id", filter=Q(use=DwellingUse.LET)),
            vacant=Count("id", filter=Q(use=DwellingUse.VACANT)),
            shared=Count("id", filter=Q(use=DwellingUse.SHARED)),
        )
    )
    return {row.pop("community"): AreaStock(**row) for row in counted}


def area_by_official_code(code: str, *, on: date, by: Actor | None = None) -> Area | None:
    """The area that bears the national code ``code`` on the day ``on``; areas are public."""
    held = OfficialCode.objects.on(on).filter(code=code).select_related("area").first()
    return held.area if held else None


def standing_area(code: str, *, by: Actor | None = None, lock: bool = False) -> Area:
    """The area with our code, to change it; ``lock`` makes others wait. Refuses one that has been closed."""
    rows = Area.objects.select_for_update() if lock else Area.objects.all()
    found = rows.filter(code=code).first()
    if found is None:
        raise NoSuchArea(area=code)
    if found.until is not None:
        raise AreaIsClosed(name=found.name, until=found.until)
    return found


@dataclass(frozen=True)
class AreaHistory:
    """All that happened to an area (沿革)."""

    names: tuple[AreaName, ...]
    official_codes: tuple[OfficialCode, ...]
    came_from: tuple[AreaSuccession, ...]
    went_to: tuple[AreaSuccession, ...]


def area_history(code: str, *, by: Actor | None = None) -> AreaHistory:
    """Names, official codes, predecessors and successors of the area; areas are public."""
    return AreaHistory(
        names=tuple(AreaName.objects.filter(area__code=code).order_by("since")),
        official_codes=tuple(OfficialCode.objects.filter(area__code=code).order_by("since")),
        came_from=tuple(
            AreaSuccession.objects.filter(new__code=code).select_related("old").order_by("on", "old__code")
        ),
        went_to=tuple(
            AreaSuccession.objects.filter(old__code=code).select_related("new").order_by("on", "new__code")
        ),
    )


def _streets_within(by: Actor) -> Iterator[AreaLine]:
    codes: dict[str, None] = {}
    for prefix in by.reach:
        if prefix == "" or level(prefix) == Level.COUNTY:
            codes.update(dict.fromkeys(line.code for line in areas_under(prefix, Level.STREET)))
        else:
            codes[street_of(prefix) or prefix] = None
    return (line for line in map(find_area, sorted(codes)) if line is not None)
