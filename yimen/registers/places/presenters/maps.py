"""What the map shows (地图): its page, and what it draws."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from yimen.kernel.areas import level
from yimen.registers.places.choices import SiteKind
from yimen.registers.places.forms import OutlineForm
from yimen.registers.places.presenters.hours import week_words
from yimen.registers.places.queries.nearest import SiteNow

if TYPE_CHECKING:
    from yimen.registers.places.models import AreaOutline, Building


# One sign for each kind on the map; the word stands in the list and in what opens.
SIGNS = {
    SiteKind.STREET_CENTRE: "街",
    SiteKind.COMMUNITY_STATION: "站",
    SiteKind.SERVICE_POINT: "点",
    SiteKind.HEALTH: "医",
    SiteKind.ELDERCARE: "养",
    SiteKind.CULTURE: "文",
    SiteKind.SERVICE_ROOM: "室",
    SiteKind.PUBLIC_ROOM: "房",
    SiteKind.OTHER: "他",
}
OFFERS_SHOWN = 6


@dataclass(frozen=True)
class MapPage:
    """The map of sites with its list (地图): ``nearest`` is the one to go to from ``home`` now."""

    lines: list[SiteNow]
    home: str
    homes: list[tuple[str, str]]
    kind: str
    kinds: list[tuple[str, str]]
    nearest: int
    may_draw: bool

    @property
    def signed(self) -> list[tuple[SiteNow, str, str]]:
        """Each site with its sign and its hours in words."""
        return [(one, SIGNS[SiteKind(one.site.kind)], week_words(one.week)) for one in self.lines]

    @property
    def query(self) -> str:
        """What was chosen, to ask for the drawing with."""
        return urlencode({"home": self.home, "kind": self.kind})


@dataclass(frozen=True)
class OutlinesPage:
    """The outlines of areas and the form for a file (区域轮廓)."""

    form: OutlineForm
    lines: list[tuple[Any, str]]


def drawn_site(one: SiteNow, offers: Iterable[str], titles: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """A site as the map draws it (服务点): where, its sign, and what opens beside it."""
    having = [titles[offer][1] for offer in offers if offer in titles]
    more = f"等 {len(having)} 项" if len(having) > OFFERS_SHOWN else ""
    return {
        "id": str(one.site.public_id),
        "at": one.site.position,
        "sign": SIGNS[SiteKind(one.site.kind)],
        "kind": one.site.get_kind_display(),
        "name": one.site.name,
        "url": reverse("places:site", args=[one.site.public_id]),
        "open": one.is_open,
        "now": f"现在开放，到 {one.now.closes:%H:%M}" if one.now else "现在不开放",
        "hours": week_words(one.week) or "没有公布开放时间",
        "offers": "、".join(sorted(having)[:OFFERS_SHOWN]) + more,
        "address": one.site.address,
        "phone": one.site.phone,
    }


def drawn_outline(outline: "AreaOutline", name: str, *, home: str = "") -> dict[str, Any]:
    """An area as the map draws it (区域轮廓); the one that is home is where the map begins."""
    return {
        "name": name,
        "code": outline.area,
        "level": str(level(outline.area)),
        "home": outline.area == home,
        "url": reverse("places:area", args=[outline.area]),
        "polygons": [
            [[[north, east] for east, north in ring] for ring in polygon] for polygon in outline.polygons
        ],
    }


def drawn_building(house: "Building") -> dict[str, Any]:
    """A building as the map draws it (楼幢)."""
    return {
        "at": [float(house.latitude), float(house.longitude)],
        "name": f"{house.estate.name}{house.name}",
        "url": reverse("places:building", args=[house.public_id]),
    }
