"""What is drawn on a map: outlines of areas and buildings that have a position (地图)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from yimen.kernel.actor import Actor
from yimen.kernel.areas import is_area_code, lineage
from yimen.registers.places.models import Area, AreaOutline, Building


def outlines_in(areas: Iterable[str], *, on: date, by: Actor | None = None) -> list[AreaOutline]:
    """The outlines that hold on a day (区域轮廓): of some areas, of what lies in them and of the wider ones, widest first."""
    wanted = Q()
    for area in areas:
        wider = lineage(area) if is_area_code(area) else ()
        wanted |= Q(area__gte=area, area__lt=area + ":") | Q(area__in=wider)
    standing = Area.objects.on(on).values("code")
    found = AreaOutline.objects.on(on).filter(wanted, area__in=standing) if wanted else []
    return sorted(found, key=lambda one: (len(one.area), one.area))


def outline_days(*, by: Actor) -> list[AreaOutline]:
    """The outlines within reach, standing and ended (轮廓沿革), the newest first."""
    rows = AreaOutline.objects.filter(area__begins_with_any=by.reach or ("-",))
    return list(rows.order_by("-since", "area").only("area", "since", "until", "source")[:100])


def placed_buildings(*, by: Actor) -> list[Building]:
    """The buildings within reach that have a position (楼幢位置)."""
    found = Building.objects.within(by).filter(latitude__isnull=False).select_related("estate")
    return list(found.order_by("area", "id"))
