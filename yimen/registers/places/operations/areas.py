"""Open, rename and renumber areas; bring in the official list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db.models import Q

from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, is_area_code, level
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.places.engine.atlas import forget
from yimen.registers.places.models import Area, AreaGeneration, AreaName, OfficialCode
from yimen.registers.places.permissions import SHAPE_AREAS
from yimen.registers.places.queries.areas import standing_area
from yimen.registers.places.rules.areas import child_level, next_code, short_name


class CannotOpenArea(NotPossible):
    code = "places.cannot_open_area"
    sentence = "不能设立“{name}”：{why}。"


class CannotChangeThePast(NotPossible):
    code = "places.cannot_change_the_past"
    sentence = "{name}现在的{what}从{since:%Y年%m月%d日}起，新的只能从更晚的一天起。"


class NotYet(NotPossible):
    code = "places.not_yet"
    sentence = "{name}的变更要到{since:%Y年%m月%d日}当天才能办理，不能提前生效。"


class OfficialCodeTaken(Conflict):
    code = "places.official_code_taken"
    sentence = "统计用区划代码 {official} 同一时期已属于{bearer}。"


class NotAnOfficialCode(NotPossible):
    code = "places.not_an_official_code"
    sentence = "“{official}”不是统计用区划代码：应为 6、9、12 或 15 位数字，首位不为零。"


@dataclass(frozen=True)
class AreaRow:
    """One line of the official list (区划清单): national code and name as published."""

    official: str
    name: str
    short: str = ""


@operation("places.area.opened")
def open_area(
    *, by: Actor, at: datetime, parent: str, name: str, since: date, short: str = "", official: str = ""
) -> Area:
    """Open an area (设立区域) inside ``parent`` ("" for a county); its code is issued here and never again.

    The official code is taken as ours when it fits into the parent and was never issued. Refuses a closed parent, a
    name that stands already beside it, and an official code that another area bears.
    """
    by.must(SHAPE_AREAS, area=parent)
    opened = open_inside(by=by, at=at, parent=parent, name=name, since=since, short=short, official=official)
    record(opened, kind="area", area=opened.code, official=official)
    mark_new_generation(by=by, at=at)
    return opened


@operation("places.area.renamed")
def rename_area(*, by: Actor, at: datetime, code: str, name: str, since: date, short: str = "") -> Area:
    """Give an area another name from a day on (更名); the former name stays readable."""
    by.must(SHAPE_AREAS, area=code)
    area = standing_area(code, by=by, lock=True)
    name = clean_line(name)
    if area.name == name and area.short == (short or area.short):
        unchanged()
        return area
    _refuse_future(area, since, at)
    _refuse_twin(area.parent_id or "", name, besides=area)
    before = area.names.filter(until__isnull=True).get()
    if since <= before.since:
        raise CannotChangeThePast(name=area.name, what="名称", since=before.since)
    before.until = since
    before.save(update_fields=["until"])
    area.name, area.short = name, short or short_name(name)
    AreaName.objects.create(area=area, name=area.name, short=area.short, since=since)
    area.save(update_fields=["name", "short"])
    record(area, kind="area", area=area.code, was=before.name, now=area.name, since=since)
    mark_new_generation(by=by, at=at)
    return area


@operation("places.area.renumbered")
def renumber_area(*, by: Actor, at: datetime, code: str, official: str, since: date) -> OfficialCode:
    """Add the national code an area bears from a day on (区划代码变更); our own code, and all that carries it, stays."""
    by.must(SHAPE_AREAS, area=code)
    area = standing_area(code, by=by, lock=True)
    before = area.official_codes.filter(until__isnull=True).first()
    if before and before.code == official:
        unchanged()
        return before
    _refuse_future(area, since, at)
    if before and since <= before.since:
        raise CannotChangeThePast(name=area.name, what="统计用区划代码", since=before.since)
    if before:
        before.until = since
        before.save(update_fields=["until"])
    given = _give_official_code(area, official, since=since)
    record(area, kind="area", area=area.code, was=before.code if before else "", now=official, since=since)
    mark_new_generation(by=by, at=at)
    return given


@operation("places.areas.imported")
def import_areas(*, by: Actor, at: datetime, rows: Sequence[AreaRow], since: date) -> list[str]:
    """Bring in an official list (导入区划): opens what is missing, renames what is called otherwise, leaves the rest.

    Rows are matched by the official code in force on ``since``; a parent must stand before or in the list. Nothing is
    closed: what the list no longer names is told apart by people. Answers our codes of the areas opened.
    """
    bearers = {one.code: one.area for one in OfficialCode.objects.on(since).select_related("area")}
    manifest, opened = [], []
    for row in sorted(rows, key=lambda one: (len(one.official), one.official)):
        known = bearers.get(row.official)
        if known is None:
            parent = _parent_of(row, bearers)
            by.must(SHAPE_AREAS, area=parent)
            area = open_inside(
                by=by,
                at=at,
                parent=parent,
                name=row.name,
                since=since,
                short=row.short,
                official=row.official,
            )
            bearers[row.official] = area
            opened.append(area.code)
            manifest.append({"code": area.code, "official": row.official, "did": "opened"})
        elif known.name != clean_line(row.name):
            rename_area(by=by, at=at, code=known.code, name=row.name, short=row.short, since=since)
            manifest.append({"code": known.code, "official": row.official, "did": "renamed"})
    if manifest:
        record_batch(manifest, kind="area", area=_shared_prefix([line["code"] for line in manifest]))
        mark_new_generation(by=by, at=at)
    else:
        unchanged()
    return opened


@operation("places.area.opened_inside", inner=True)
def open_inside(
    *, by: Actor, at: datetime, parent: str, name: str, since: date, short: str = "", official: str = ""
) -> Area:
    """Write a new area with its first name and code; the outer operation has asked for permission."""
    name = clean_line(name)
    if not name:
        raise CannotOpenArea(name="（未填名称）", why="名称不能为空")
    if official and not is_area_code(official):
        raise NotAnOfficialCode(official=official)
    wanted = child_level(parent)
    if wanted is None:
        raise CannotOpenArea(name=name, why="网格之内不再划分")
    # The lock makes two that open areas in the same parent wait for each other.
    above = standing_area(parent, by=by, lock=True) if parent else None
    if above and since < above.since:
        raise CannotOpenArea(name=name, why=f"{above.name}自{above.since:%Y年%m月%d日}起才设立")
    _refuse_twin(parent, name)
    code = _issue(parent, wanted, official)
    if code is None:
        raise CannotOpenArea(name=name, why="编码已经用完" if parent else "区县要先有六位统计用区划代码")
    area = Area.objects.create(
        code=code, level=wanted, parent=above, name=name, short=short or short_name(name), since=since
    )
    AreaName.objects.create(area=area, name=area.name, short=area.short, since=since)
    if official:
        _give_official_code(area, official, since=since)
    return area


@operation("places.areas.marked_anew", inner=True)
def mark_new_generation(*, by: Actor, at: datetime) -> None:
    """Tell all hosts that areas have changed (区域版本)."""
    forget()
    AreaGeneration.objects.update_or_create(id=1, defaults={"mark": uuid4()})


def _issue(parent: str, wanted: Level, official: str) -> str | None:
    if not parent:
        fresh = len(official) == wanted.digits and not Area.objects.filter(code=official).exists()
        return official if fresh else None
    issued = Area.objects.filter(parent=parent).values_list("code", flat=True)
    return next_code(parent, issued, wanted=official)


def _refuse_future(area: Area, since: date, at: datetime) -> None:
    # The area row is a copy of what holds now, so what holds tomorrow cannot be entered today.
    if since > day_of(at):
        raise NotYet(name=area.name, since=since)


def _refuse_twin(parent: str, name: str, besides: Area | None = None) -> None:
    twins = Area.objects.filter(parent=parent or None, name=name, until__isnull=True)
    if twins.exclude(pk=besides.pk if besides else None).exists():
        raise CannotOpenArea(name=name, why="同一上级之下已有同名的区域")


def _give_official_code(area: Area, official: str, *, since: date) -> OfficialCode:
    if not is_area_code(official) or level(official) != area.level:
        raise NotAnOfficialCode(official=official)
    borne = OfficialCode.objects.filter(Q(until__isnull=True) | Q(until__gt=since), code=official)
    other = borne.exclude(area=area).select_related("area").first()
    if other:
        raise OfficialCodeTaken(official=official, bearer=other.area.name)
    return OfficialCode.objects.create(area=area, code=official, since=since)


def _parent_of(row: AreaRow, bearers: dict[str, Area]) -> str:
    if not is_area_code(row.official):
        raise NotAnOfficialCode(official=row.official)
    above = row.official[:-3]
    if len(row.official) == Level.COUNTY.digits:
        return ""
    if above not in bearers:
        raise CannotOpenArea(name=row.name, why=f"上级 {above} 既未设立，也不在清单里")
    return bearers[above].code


def _shared_prefix(codes: list[str]) -> str:
    shared = min(codes, key=len)
    while not all(code.startswith(shared) for code in codes):
        shared = shared[:-3] if len(shared) > Level.COUNTY.digits else ""
    return shared
