"""Page models of the public catalogue (the home one asks from, the map) and of a resident's own page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from yimen.kernel.actor import Actor
from yimen.registers.consents.api import PurposeLine
from yimen.registers.consents.ports import OwnConsentLine
from yimen.registers.people.api import OwnCopy
from yimen.registers.places.api import SiteNow, area_name
from yimen.standards.masking import mask_name

WIDTH, HEIGHT, EDGE = 640, 420, 40


@dataclass(frozen=True)
class Me:
    """Whose own page it is (本人页面): the person, how she acts on it, who holds it, how that was seen, and until when."""

    person: UUID
    actor: Actor
    holder: str
    identity: str
    until: datetime | None = None


@dataclass(frozen=True)
class SlipPage:
    """A slip that was scanned (凭条): whether it still opens something, and the account that could be joined by it."""

    word: str
    stands: bool
    days: int
    account: Actor | None


@dataclass(frozen=True)
class MyPage:
    """My file (我的档案)."""

    me: Me
    name: str
    consents: Sequence[PurposeLine]
    kept: Sequence[tuple[str, str, OwnConsentLine]]
    requests: Sequence[Any]
    looks: int


@dataclass(frozen=True)
class CopyPage:
    """What the register holds of me, line by line (我的信息副本).

    Telephones and other people's names are masked; a document is named without its number, for the birth date stands beside it.
    """

    lines: Sequence[tuple[str, str]]
    sources: Sequence[tuple[str, str, str]]

    @classmethod
    def of(cls, copy: OwnCopy) -> "CopyPage":
        """The lines of a copy."""
        file = copy.file
        former = f"（曾用名 {'、'.join(file.former_names)}）" if file.former_names else ""
        lines = [
            ("姓名", f"{file.name}{former}"),
            ("性别", file.sex_label or "未登记"),
            ("出生日期", file.birth_on.isoformat() if file.birth_on else "未登记"),
            ("联系电话", file.phone_masked or "没有"),
            *((label, f"{since.isoformat()} 登记") for label, _, since in copy.documents),
            *((line.label, f"{line.area_name} {line.address}{_days(line)}") for line in file.addresses),
            *(("同户", f"{mask_name(one.name)}（{one.role_label}）") for one in file.members),
            *(("监护、代办", f"{mask_name(one.name)}（{one.label}）") for one in file.guardians),
            *(("怎么联系", f"{one.label} {one.masked} {one.note}".strip()) for one in file.ways),
        ]
        return cls(lines, copy.sources)


def _days(line: Any) -> str:
    until = f"，至 {line.until.isoformat()}" if line.until else ""
    return f"（{line.since.isoformat()} 起{until}）"


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
