"""Which site is open now or next, and which of them is nearest (就近办理). Sites, hours and offers are published."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from yimen.foundations.definitions.api import working_calendar
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.kernel.working_days import WorkingCalendar, provisional_note
from yimen.registers.places.engine.opening import open_day
from yimen.registers.places.models import Site, SiteHours, SiteOffer
from yimen.registers.places.ports import offerings
from yimen.registers.places.rules.hours import Hours, OpenDay, days_after, open_stretch, opening_after
from yimen.registers.places.rules.nearness import how_near, metres_between


@dataclass(frozen=True)
class SiteNow:
    """How a site stands at a moment (现在能来吗): ``now`` is the stretch it is open in, ``next`` when it opens again."""

    site: Site
    today: OpenDay | None
    now: Hours | None
    next: OpenDay | None
    week: tuple[Hours, ...] = ()
    metres: int | None = None

    @property
    def week_days(self) -> int:
        """On how many days a week it is open (每周窗口日)."""
        return len({one.weekday for one in self.week})

    @property
    def is_open(self) -> bool:
        return self.now is not None

    @property
    def note(self) -> str:
        """What to add when the next day rests on a calendar that is not announced yet."""
        return provisional_note(self.next.provisional_years) if self.next else ""


def how_sites_stand(sites: Iterable[Site], *, at: datetime, by: Actor | None = None) -> list[SiteNow]:
    """Each site at a moment, in the order given; one query for the hours of all."""
    sites = list(sites)
    today, clock = day_of(at), at.astimezone(STREET_TIME).time()
    calendar = working_calendar(on=today)
    rows: dict[int, list[SiteHours]] = {}
    for row in SiteHours.objects.filter(site__in=sites).ahead(today):
        rows.setdefault(row.site_id, []).append(row)
    return [_stands(site, rows.get(site.id, []), today, clock, calendar) for site in sites]


def nearest_sites(
    home: str,
    *,
    at: datetime,
    offer: str = "",
    keep: Callable[[Site], bool] | None = None,
    by: Actor | None = None,
) -> list[SiteNow]:
    """Where to go from ``home`` (就近): the sites that are open now, the nearest first, then the others by when they open.

    Near is one's own community, then the street's own centre, then the neighbours by distance where positions are known.
    ``offer`` leaves only those that offer it today, ``keep`` those it holds for. Sites of other streets are not asked.
    """
    today = day_of(at)
    street = street_of(home) or home
    sites = list(Site.objects.inside(street).on(today).order_by("area", "id"))
    start = next((one.position for one in sites if _is_home(one, home)), None)
    found = [one for one in sites if keep is None or keep(one)]
    if offer:
        having = offers_of(found, on=today)
        found = [one for one in found if offer in having.get(one.id, ())]
    lines = [_with_distance(one, start) for one in how_sites_stand(found, at=at)]
    lines = [one for one in lines if one.is_open or one.next]
    return sorted(
        lines, key=lambda one: (_when(one, today), how_near(home, one.site.area, one.metres), one.site.id)
    )


def offers_of(sites: Iterable[Site], *, on: date, by: Actor | None = None) -> dict[int, set[str]]:
    """What each site offers on a day (办理内容), by the site's id."""
    found: dict[int, set[str]] = {}
    for row in SiteOffer.objects.on(on).filter(site__in=list(sites)):
        found.setdefault(row.site_id, set()).add(row.offer)
    return found


@dataclass(frozen=True)
class SiteHistory:
    """A site with all hours and offers it ever had (服务点沿革), to say how it stood on any day without asking again."""

    site: Site
    hours: tuple[SiteHours, ...]
    offers: tuple[SiteOffer, ...]

    def days_on(self, day: date) -> int:
        """On how many days a week it was open by the hours that held on a day."""
        return len({row.weekday for row in self.hours if row.holds_on(day)})

    def offers_on(self, day: date) -> set[str]:
        """What it offered on a day."""
        return {row.offer for row in self.offers if row.holds_on(day)}


def site_histories(areas: Iterable[str], *, by: Actor | None = None) -> list[SiteHistory]:
    """All sites under some areas with their history, closed ones too; three queries."""
    inside = Q()
    for area in areas:
        inside |= Q(area__gte=area, area__lt=area + ":")
    sites = list(Site.objects.filter(inside).order_by("area", "id")) if inside else []
    hours: dict[int, list[SiteHours]] = {}
    offers: dict[int, list[SiteOffer]] = {}
    for row in SiteHours.objects.filter(site__in=sites):
        hours.setdefault(row.site_id, []).append(row)
    for row in SiteOffer.objects.filter(site__in=sites):
        offers.setdefault(row.site_id, []).append(row)
    return [SiteHistory(one, tuple(hours.get(one.id, ())), tuple(offers.get(one.id, ()))) for one in sites]


def offer_titles(*, on: date, by: Actor | None = None) -> dict[str, tuple[str, str]]:
    """Everything a site may offer: ``<kind>/<key>`` → (kind in words, title), in the order of kinds."""
    return {
        f"{kind.key}/{key}": (kind.title, title)
        for kind in sorted(offerings, key=lambda kind: kind.order)
        for key, title in kind.choices(on)
    }


def _stands(site: Site, rows: list[SiteHours], today: date, clock, calendar: WorkingCalendar) -> SiteNow:
    open_today = open_day(site, rows, today, calendar)
    later = opening_after(open_today, clock)
    if later is not None and open_today is not None:
        following = OpenDay(today, (later,), open_today.provisional_years)
    else:
        days = (open_day(site, rows, day, calendar) for day in days_after(today)) if rows else ()
        following = next((day for day in days if day is not None), None)
    week = tuple(sorted(Hours(row.weekday, row.opens, row.closes) for row in rows if row.holds_on(today)))
    return SiteNow(site, open_today, open_stretch(open_today, clock), following, week)


def _when(one: SiteNow, today: date) -> tuple:
    if one.is_open:
        return (today.toordinal(), -1)
    first = one.next.hours[0].opens
    return (one.next.on.toordinal(), first.hour * 60 + first.minute)


def _is_home(site: Site, home: str) -> bool:
    return site.position is not None and home.startswith(site.area) and len(site.area) >= 12


def _with_distance(one: SiteNow, start: tuple[float, float] | None) -> SiteNow:
    if start is None or one.site.position is None:
        return one
    metres = metres_between(start, one.site.position)
    return replace(one, metres=metres)
