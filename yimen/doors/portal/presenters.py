"""Page models of the public catalogue: the home one asks from, and the map."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from yimen.registers.places.api import SiteNow, area_name

WIDTH, HEIGHT, EDGE = 640, 420, 40


@dataclass(frozen=True)
class Home:
    """Where the one who asks lives (从哪里出发): the community chosen, those to choose from, the estate typed."""

    code: str
    streets: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    estate: str = ""
    estates: Sequence[tuple[str, str]] = ()

    @property
    def name(self) -> str:
        return area_name(self.code) if self.code else ""

    @property
    def query(self) -> str:
        """To hang on the addresses of further pages."""
        return "?" + urlencode({"home": self.code}) if self.code else ""


@dataclass(frozen=True)
class Point:
    """One numbered point of the map."""

    number: int
    x: int
    y: int
    name: str
    url: str
    open: bool


@dataclass(frozen=True)
class SitesPage:
    home: Home
    lines: Sequence[tuple[int, SiteNow]]
    points: Sequence[Point]
    kind: str = ""
    width: int = WIDTH
    height: int = HEIGHT
    extra: dict[str, Any] = field(default_factory=dict)


def map_points(lines: Sequence[SiteNow], *, query: str = "") -> list[Point]:
    """The sites that have a position, drawn to scale with north above (示意图)."""
    placed = [(number, one) for number, one in enumerate(lines, 1) if one.site.position]
    if not placed:
        return []
    norths = [one.site.position[0] for _, one in placed]
    easts = [one.site.position[1] for _, one in placed]
    # A degree of longitude is shorter than one of latitude: about 0.87 at 30 degrees north.
    wide = max((max(easts) - min(easts)) * 0.87, 1e-6)
    high = max(max(norths) - min(norths), 1e-6)
    scale = min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high)
    return [
        Point(
            number=number,
            x=round(WIDTH / 2 + ((one.site.position[1] - (max(easts) + min(easts)) / 2) * 0.87) * scale),
            y=round(HEIGHT / 2 - (one.site.position[0] - (max(norths) + min(norths)) / 2) * scale),
            name=one.site.name,
            url=reverse("portal:site", args=[one.site.public_id]) + query,
            open=one.is_open,
        )
        for number, one in placed
    ]
