"""Change areas whole (区域调整): a village becomes a community, communities merge, a code is renumbered; numbers agree."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from yimen.foundations.audit.api import operation, record
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, level, street_of
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict
from yimen.kernel.text import clean_line
from yimen.registers.places.choices import ChangeKind
from yimen.registers.places.engine.atlas import areas_under
from yimen.registers.places.models import AreaChange, OfficialCode
from yimen.registers.places.operations.areas import CannotChangeThePast, rename_area, renumber_area
from yimen.registers.places.operations.reorganise import CannotReorganise, NewArea, reorganise_areas
from yimen.registers.places.permissions import SHAPE_AREAS
from yimen.registers.places.ports import area_counts, conversions
from yimen.registers.places.queries.areas import standing_area
from yimen.registers.places.queries.changes import counted


class NumbersDisagree(Conflict):
    code = "places.numbers_disagree"
    sentence = "调整前后{what}对不上（{before}，{after}），没有办理。请联系系统管理员核对。"


@operation("places.areas.changed")
def change_areas(
    *,
    by: Actor,
    at: datetime,
    kind: ChangeKind | str,
    on: date,
    old: Sequence[str],
    authority: str,
    number: str,
    name: str = "",
    official: str = "",
    into: str = "",
    assets: str = "",
) -> AreaChange:
    """Change communities on a day (村改社区、合并、变更代码), and prove that nobody and nothing got lost.

    A village that becomes a community keeps its own code, and with it all that stands in it: name and official code are dated,
    without a new code it stands provisionally; its committee becomes the community's. What merges goes over to a new
    community or to one that stands. What is counted before must be there afterwards, or nothing is done. Refuses without
    approval, and areas that are no communities of one street.
    """
    kind, old = ChangeKind(kind), sorted(set(old))
    street = _street(old, into)
    by.must(SHAPE_AREAS, area=street)
    if not clean_line(authority) or not clean_line(number):
        raise CannotReorganise(why="要写明批准机关和文号")
    today = day_of(at)
    for code in (*old, *filter(None, (into,))):
        standing_area(code, by=by, lock=True)
    before = counted([*old, *filter(None, (into,))], by=by, on=today)
    if kind == ChangeKind.MERGE:
        codes = _merge(old, street, by=by, at=at, on=on, name=name, official=official, into=into)
    elif kind == ChangeKind.CONVERT:
        codes = _convert(old, by=by, at=at, on=on, name=name, official=official, number=number)
    else:
        codes = _renumber(old, by=by, at=at, on=on, official=official)
    after = counted(codes, by=by, on=today)
    _must_agree(before, after)
    change = AreaChange.objects.create(
        kind=kind,
        area=street,
        on=on,
        authority=clean_line(authority),
        number=clean_line(number),
        assets=clean_line(assets),
        before=before,
        after=after,
        noted_at=at,
        noted_by=by.key,
    )
    record(change, kind="area", area=street, change=kind, old=old, new=codes)
    return change


@operation("places.area.split")
def split_area(
    *,
    by: Actor,
    at: datetime,
    on: date,
    old: str,
    names: Sequence[str],
    grids: Mapping[str, int],
    authority: str,
    number: str,
) -> AreaChange:
    """Divide a community by its grids (拆分社区), and prove that nobody and nothing got lost.

    ``grids`` says for each grid which of the new communities takes it, by its place in ``names``; what lies in no grid is the
    first one's. Refuses without approval, the same name twice, and a new community that takes no grid.
    """
    street = _street([old], "")
    by.must(SHAPE_AREAS, area=street)
    if not clean_line(authority) or not clean_line(number):
        raise CannotReorganise(why="要写明批准机关和文号")
    wanted = [clean_line(name) for name in names]
    if len(wanted) < 2 or not all(wanted) or len(set(wanted)) < len(wanted):
        raise CannotReorganise(why="要写明几个新社区各自的名称，不能相同")
    standing_area(old, by=by, lock=True)
    standing = {line.code for line in areas_under(old, Level.GRID)}
    if set(grids) != standing:
        raise CannotReorganise(why="网格有变动，请重新选择每个网格归哪一个")
    if set(grids.values()) != set(range(len(wanted))):
        raise CannotReorganise(why="每个新社区至少要分到一个网格")
    today = day_of(at)
    before = counted([old], by=by, on=today)
    codes = reorganise_areas(
        by=by,
        at=at,
        on=on,
        old=[old],
        new=[NewArea(street, name) for name in wanted],
        rest={old: 0},
        assign={code: place for code, place in grids.items() if place},
    )
    after = counted(codes, by=by, on=today)
    _must_agree(before, after)
    change = AreaChange.objects.create(
        kind=ChangeKind.SPLIT,
        area=street,
        on=on,
        authority=clean_line(authority),
        number=clean_line(number),
        before=before,
        after=after,
        noted_at=at,
        noted_by=by.key,
    )
    record(change, kind="area", area=street, change=ChangeKind.SPLIT, old=[old], new=codes)
    return change


def _street(old: Sequence[str], into: str) -> str:
    named = [*old, *filter(None, (into,))]
    if not old or any(level(code) is not Level.COMMUNITY for code in named):
        raise CannotReorganise(why="请选择社区（村）")
    streets = {street_of(code) for code in named}
    if len(streets) != 1:
        raise CannotReorganise(why="只能调整同一个街道的社区")
    return streets.pop() or ""


def _merge(
    old: Sequence[str], street: str, *, by: Actor, at: datetime, on: date, name: str, official: str, into: str
) -> list[str]:
    if into:
        if into in old:
            raise CannotReorganise(why="并入的社区不能同时是被撤的社区")
        reorganise_areas(by=by, at=at, on=on, old=old, new=[into])
        return [into]
    if len(old) < 2 or not clean_line(name):
        raise CannotReorganise(why="合并要选两个以上的社区，并写明新名称；只撤一个的，选并入哪个社区")
    return reorganise_areas(by=by, at=at, on=on, old=old, new=[NewArea(street, name, official=official)])


def _convert(
    old: Sequence[str], *, by: Actor, at: datetime, on: date, name: str, official: str, number: str
) -> list[str]:
    if len(old) != 1 or not clean_line(name):
        raise CannotReorganise(why="村改社区一次办一个，并写明社区名称")
    code = old[0]
    if standing_area(code, by=by).name == clean_line(name):
        raise CannotReorganise(why="新名称与现在的相同")
    rename_area(by=by, at=at, code=code, name=name, since=on)
    if official:
        renumber_area(by=by, at=at, code=code, official=official, since=on)
    else:
        # The village's code is no longer used, the community's is not given yet: our own code stands in.
        for given in OfficialCode.objects.filter(area__code=code, until__isnull=True):
            if on <= given.since:
                raise CannotChangeThePast(name=name, what="统计用区划代码", since=given.since)
            given.until = on
            given.save(update_fields=["until"])
    for way in conversions:
        way.convert(by=by, at=at, area=code, on=on, name=clean_line(name), number=clean_line(number))
    return [code]


def _renumber(old: Sequence[str], *, by: Actor, at: datetime, on: date, official: str) -> list[str]:
    if len(old) != 1 or not official:
        raise CannotReorganise(why="变更代码一次办一个，并写明新的代码")
    renumber_area(by=by, at=at, code=old[0], official=official, since=on)
    return [old[0]]


def _must_agree(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> None:
    for one in area_counts:
        if not one.follows:
            continue
        had, has = (sum(line["counts"][one.key] for line in lines) for lines in (before, after))
        if had != has:
            raise NumbersDisagree(what=one.title, before=had, after=has)
