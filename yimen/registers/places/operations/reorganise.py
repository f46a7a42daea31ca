"""Reorganise areas (区域调整): close some, open successors, and carry over what stands in them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record_batch
from yimen.foundations.bus.api import announce
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, community_of
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.registers.places.events import AreaSucceeded
from yimen.registers.places.models import (
    Area,
    AreaSuccession,
    Building,
    Dwelling,
    Estate,
    Site,
    SiteBooking,
)
from yimen.registers.places.operations.areas import NotYet, mark_new_generation, open_inside
from yimen.registers.places.permissions import SHAPE_AREAS
from yimen.registers.places.ports import AreaMove, restamp
from yimen.registers.places.queries.areas import standing_area

# Whoever says nothing of an order comes when people have moved.
LAST = 50


class CannotReorganise(NotPossible):
    code = "places.cannot_reorganise"
    sentence = "区域调整不能办理：{why}。"


@dataclass(frozen=True)
class NewArea:
    """A successor to be opened (新设区域)."""

    parent: str
    name: str
    short: str = ""
    official: str = ""


@operation("places.areas.reorganised")
def reorganise_areas(
    *,
    by: Actor,
    at: datetime,
    on: date,
    old: Sequence[str],
    new: Sequence[NewArea | str],
    rest: Mapping[str, int] | None = None,
    assign: Mapping[str | UUID, int] | None = None,
) -> list[str]:
    """Close the areas ``old`` on the day ``on`` and let ``new`` take over (撤并、拆分、划转); answers their codes.

    ``new`` are areas to open or codes of standing ones. Where there is more than one, ``rest`` says for each old area
    which successor (by its place in ``new``) takes what is not assigned otherwise, and ``assign`` names what goes
    elsewhere: an area directly inside an old one by its code, a building of an old community by its public id. Areas
    inside are closed and succeeded too, since a code is never re-parented. Rows of state are re-stamped, here and by
    every app that plugs ``ports.restamp``; rows of deeds keep the area of the day. Refuses areas of different levels, a
    day in the future or before an old area began, and whatever is assigned but does not lie in an old area.
    """
    _why_not(old, new, rest)
    areas = [standing_area(code, by=by, lock=True) for code in sorted(old)]
    for area in areas:
        by.must(SHAPE_AREAS, area=area.code)
        if on > day_of(at):
            raise NotYet(name=area.name, since=on)
    change = _Change(by=by, at=at, on=on, assign=dict(assign or {}))
    change.close(areas)
    change.successors = [change.open(entry) for entry in new]
    if len({one.level for one in (*areas, *change.successors)}) != 1:
        raise CannotReorganise(why="撤销的和承接的区域必须是同一层级")
    for area in areas:
        change.carry_buildings(area)
    for area in areas:
        change.succeed(area, change.successors[(rest or {}).get(area.code, 0)])
    if change.assign:
        unknown = "、".join(str(key) for key in change.assign)
        raise CannotReorganise(why=f"{unknown} 不在被撤并的区域之内，无法指定去向")
    record_batch(change.manifest, kind="area", area=_common(areas), on=on)
    mark_new_generation(by=by, at=at)
    return [one.code for one in change.successors]


class _Change:
    """One reorganisation under way: ``assign`` shrinks as what it names is found; ``manifest`` tells what was done."""

    def __init__(self, *, by: Actor, at: datetime, on: date, assign: dict) -> None:
        self.by, self.at, self.on = by, at, on
        self.assign = assign
        self.successors: list[Area] = []
        self.inside: dict[str, list[Area]] = defaultdict(list)
        self.manifest: list[dict] = []

    def close(self, areas: list[Area]) -> None:
        """Close the areas and all that lies in them, first of all: names and official codes become free."""
        for area in areas:
            for one in Area.objects.inside(area.code).filter(until__isnull=True).order_by("code"):
                self._why_not_close(one)
                if one.pk != area.pk:
                    self.inside[one.parent_id].append(one)
                for dated in (one.names, one.official_codes):
                    dated.filter(until__isnull=True).update(until=self.on)
                one.until = self.on
                one.save(update_fields=["until"])

    def open(self, entry: NewArea | str) -> Area:
        """A successor: opened, or one that stands."""
        if isinstance(entry, str):
            self.by.must(SHAPE_AREAS, area=entry)
            return standing_area(entry, by=self.by, lock=True)
        self.by.must(SHAPE_AREAS, area=entry.parent)
        return self._open(parent=entry.parent, name=entry.name, short=entry.short, official=entry.official)

    def carry_buildings(self, area: Area) -> None:
        """Carry over the buildings named one by one, before their area goes as a whole."""
        groups: dict[tuple[str, int], list[UUID]] = defaultdict(list)
        named = {str(key): key for key in self.assign if not _is_code(key)}
        for building in Building.objects.inside(area.code).filter(public_id__in=named):
            target = self.assign.pop(named[str(building.public_id)])
            groups[building.area, target].append(building.public_id)
        for (standing, target), buildings in groups.items():
            successor = self.successors[target]
            move = AreaMove(standing, successor.code, self.on, tuple(buildings), area.name, successor.name)
            self._restamp(move)
            self._succession(area, successor)

    def succeed(self, area: Area, successor: Area) -> None:
        """Let the successor take over what still stands in the area, and successors of its parts what stands there."""
        for child in self.inside[area.code]:
            above = self.successors[self.assign.pop(child.code)] if child.code in self.assign else successor
            if above.pk != successor.pk:
                # A part of the area goes to another one: that took over as well.
                self._succession(area, above)
            taken = Area.objects.filter(parent=above, name=child.name, until__isnull=True).exists()
            name = f"{child.name}（{area.short}）" if taken else child.name
            self.succeed(child, self._open(parent=above.code, name=name, short=child.short))
        move = AreaMove(area.code, successor.code, self.on, old_name=area.name, new_name=successor.name)
        self._restamp(move)
        self._succession(area, successor)

    def _open(self, **given: str) -> Area:
        return open_inside(by=self.by, at=self.at, since=self.on, **given)

    def _why_not_close(self, area: Area) -> None:
        begun = [area.since, *area.names.values_list("since", flat=True)]
        begun += area.official_codes.values_list("since", flat=True)
        if max(begun) >= self.on:
            raise CannotReorganise(
                why=f"{area.name}在{max(begun):%Y年%m月%d日}有变更，撤并只能从更晚的一天起"
            )

    def _succession(self, old: Area, new: Area) -> None:
        _, made = AreaSuccession.objects.get_or_create(old=old, new=new, defaults={"on": self.on})
        if made:
            announce(
                AreaSucceeded(subject=old.public_id, area=new.code, old=old.code, new=new.code, on=self.on)
            )

    def _restamp(self, move: AreaMove) -> None:
        counts = {"places": _carry_places(move)}
        for way in sorted(restamp, key=lambda way: (getattr(way, "order", LAST), way.key)):
            counts[way.key] = way.carry_over(by=self.by, at=self.at, move=move)
        buildings = [str(one) for one in move.buildings] if move.buildings is not None else None
        self.manifest.append({"old": move.old, "new": move.new, "buildings": buildings, "rows": counts})


def _carry_places(move: AreaMove) -> int:
    columns = {"area": move.new}
    if community := community_of(move.new):
        columns["community"] = community
    buildings, dwellings = Building.objects.filter(area=move.old), Dwelling.objects.filter(area=move.old)
    if move.buildings is not None:
        chosen = Building.objects.filter(public_id__in=move.buildings)
        estates = set(chosen.values_list("estate", flat=True))
        moved = dwellings.filter(building__in=chosen).update(**columns) + chosen.update(**columns)
        # An estate goes along when none of its buildings stays behind.
        staying = set(
            Building.objects.filter(estate__in=estates, area=move.old).values_list("estate", flat=True)
        )
        return moved + Estate.objects.filter(id__in=estates - staying).update(area=columns["community"])
    moved = dwellings.update(**columns) + buildings.update(**columns)
    moved += Estate.objects.filter(area=move.old).update(area=move.new)
    moved += Site.objects.filter(area=move.old).update(area=move.new)
    ahead = SiteBooking.objects.filter(area=move.old, day__gte=move.on, cancelled_at__isnull=True)
    return moved + ahead.update(area=move.new)


def _why_not(old: Sequence[str], new: Sequence[NewArea | str], rest: Mapping[str, int] | None) -> None:
    if not old or not new:
        raise CannotReorganise(why="要写明撤销哪些区域、由谁承接")
    if set(old) & {entry for entry in new if isinstance(entry, str)}:
        raise CannotReorganise(why="同一个区域不能既撤销又承接")
    if len(new) > 1 and set(old) - set(rest or {}):
        raise CannotReorganise(why="拆分时要写明每个区域未单独指定的部分归哪里")


def _is_code(key: str | UUID) -> bool:
    return isinstance(key, str) and key.isdigit()


def _common(areas: list[Area]) -> str:
    streets = {area.code[: Level.STREET.digits] for area in areas}
    return streets.pop() if len(streets) == 1 else areas[0].code[: Level.COUNTY.digits]
