"""What the pages of sites show (服务点): one site, all of them, and how they stand against their standards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from yimen.kernel.working_days import provisional_note
from yimen.registers.places.choices import SiteKind
from yimen.registers.places.forms import CloseSiteForm
from yimen.registers.places.presenters.hours import HoursPeriod
from yimen.registers.places.queries.nearest import SiteNow
from yimen.registers.places.queries.rooms import StandardStanding
from yimen.registers.places.rules.hours import OpenDay
from yimen.registers.places.rules.rooms import Lack

if TYPE_CHECKING:
    from yimen.registers.places.models import Site, SiteBooking, SiteStaff


@dataclass(frozen=True)
class SitePage:
    site: "Site"
    place: str
    today: date
    week: list[tuple[str, str]]
    open_today: OpenDay | None
    next_day: OpenDay | None
    periods: list[HoursPeriod]
    may_edit: bool
    now: SiteNow | None = None
    offers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sheet_on: date | None = None
    sheet_large: bool = False
    close: CloseSiteForm | None = None
    staff: list["SiteStaff"] = field(default_factory=list)
    photos: list[Any] = field(default_factory=list)
    standard: str = ""
    lacks: list[str] = field(default_factory=list)
    forms: dict[str, Any] = field(default_factory=dict)
    bookings: list["SiteBooking"] = field(default_factory=list)
    use: str = ""
    may_book: bool = False
    actor: str = ""

    @property
    def is_booked(self) -> bool:
        return self.site.kind == SiteKind.PUBLIC_ROOM

    @property
    def has_hours(self) -> bool:
        return any(hours for _, hours in self.week)

    @property
    def note(self) -> str:
        """What to add when the next day rests on a calendar that is not announced."""
        return provisional_note(self.next_day.provisional_years) if self.next_day else ""

    @property
    def planned(self) -> list[HoursPeriod]:
        return [one for one in self.periods if one.since > self.today]

    @property
    def past(self) -> list[HoursPeriod]:
        return [one for one in self.periods if one.until is not None and one.until <= self.today]


@dataclass(frozen=True)
class SitesPage:
    """All sites of one's areas: how each stands now, how many days a week, what it offers (服务点一览)."""

    lines: list[tuple[SiteNow, str, int]]
    new: list[tuple[str, str]]
    least: int


def offer_groups(
    offers: Iterable[str], titles: dict[str, tuple[str, str]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a site offers, by kind and in the order of kinds (办理内容)."""
    having, groups = set(offers), {}
    for offer, (kind, title) in titles.items():
        if offer in having:
            groups.setdefault(kind, []).append(title)
    return tuple((kind, tuple(found)) for kind, found in groups.items())


def lack_words(lacks: Iterable[Lack], titles: Mapping[str, tuple[str, str]]) -> list[str]:
    """What is missing, in sentences, each offer by its name (缺什么)."""
    return [
        one.sentence
        or f"{one.title}：缺 {'、'.join(titles.get(offer, ('', offer))[1] for offer in one.offers)}"
        for one in lacks
    ]


@dataclass(frozen=True)
class StandardsPage:
    """How sites stand against their standards (服务点达标): the share, and who lacks what."""

    lines: list[tuple[StandardStanding, list[tuple["Site", str, list[str]]]]]
