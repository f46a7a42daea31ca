"""Read changes of areas, and what stands in an area that may change."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.areas import lineage
from yimen.kernel.refusals import NotFound
from yimen.registers.places.engine.atlas import area
from yimen.registers.places.models import Area, AreaChange, Dwelling, Estate, Site
from yimen.registers.places.ports import area_counts


class NoSuchChange(NotFound):
    code = "places.no_such_change"
    sentence = "没有这次区域调整，或不在您的范围内。"


def area_changes(*, by: Actor) -> QuerySet[AreaChange]:
    """The changes in the actor's areas and in the streets hers lie in (区域调整), the latest first."""
    if not by.reach:
        return AreaChange.objects.none()
    wider = {code for prefix in by.reach if prefix for code in lineage(prefix)}
    rows = AreaChange.objects.filter(area__begins_with_any=by.reach) | AreaChange.objects.filter(
        area__in=wider
    )
    return rows.order_by("-on", "-id")


def area_change(public_id: UUID, *, by: Actor) -> AreaChange:
    """One change (区域调整)."""
    found = area_changes(by=by).filter(public_id=public_id).first()
    if found is None:
        raise NoSuchChange
    return found


def counted(codes: Sequence[str], *, by: Actor, on: date) -> list[dict[str, Any]]:
    """What stands in each of some areas (底数): a line with code, name, official code and the counts by key."""
    kinds = sorted(area_counts, key=lambda one: (one.order, one.key))
    lines = []
    for code in codes:
        line = area(code)
        counts = {one.key: one.count(code, by=by, on=on) for one in kinds}
        lines.append({"code": code, "name": line.name, "official": line.official, "counts": counts})
    return lines


def _grids(area: str, *, by: Actor, on: date) -> int:
    return Area.objects.filter(parent=area, until__isnull=True).count()


def _estates(area: str, *, by: Actor, on: date) -> int:
    return Estate.objects.filter(area=area).count()


def _doors(area: str, *, by: Actor, on: date) -> int:
    return Dwelling.objects.within(by).filter(community=area).count()


def _sites(area: str, *, by: Actor, on: date) -> int:
    return Site.objects.filter(area__startswith=area, until__isnull=True).count()


# What places itself counts in an area before and after a change (底数): key, title, how.
STOCK = (
    ("grids", "网格", _grids),
    ("estates", "小区", _estates),
    ("doors", "房屋", _doors),
    ("sites", "服务点", _sites),
)
