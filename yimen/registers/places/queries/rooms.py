"""What a site has (现状), which of them reach their standard (达标), and how much a room is used (使用率)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yimen.foundations.definitions.api import working_calendar
from yimen.foundations.documents.api import files_of
from yimen.kernel.actor import Actor
from yimen.registers.places.engine.opening import open_day
from yimen.registers.places.engine.standards import SiteStandard, standards
from yimen.registers.places.models import Site, SiteBooking, SiteHours, SiteStaff
from yimen.registers.places.ports import PHOTO
from yimen.registers.places.queries.nearest import offers_of
from yimen.registers.places.rules.rooms import (
    Lack,
    SiteFacts,
    minutes_of,
    share_reached,
    use_rate,
    what_is_missing,
)

USED_DAYS = 90


@dataclass(frozen=True)
class SiteLack:
    """A site and what it lacks (服务点缺什么); nothing: it reaches its standard."""

    site: Site
    lacks: tuple[Lack, ...]


@dataclass(frozen=True)
class StandardStanding:
    """How the sites of one kind stand against their standard (达标情况)."""

    standard: SiteStandard
    reached: tuple[Site, ...]
    short: tuple[SiteLack, ...]

    @property
    def all(self) -> int:
        return len(self.reached) + len(self.short)

    @property
    def share(self) -> str:
        return share_reached(len(self.reached), self.all)


def staff_of(site: Site, *, on: date, by: Actor | None = None) -> list[SiteStaff]:
    """Who serves at a site on a day (在岗人员)."""
    return list(SiteStaff.objects.filter(site=site).on(on).order_by("since", "id"))


def photos_of(site: Site, *, by: Actor) -> list[Any]:
    """The photographs of a site (现场照片), oldest first."""
    return files_of(site.public_id, by=by, purpose=PHOTO)


def site_facts(sites: Iterable[Site], *, on: date, by: Actor) -> dict[int, SiteFacts]:
    """What stands about each site on a day, as far as standards ask."""
    sites = list(sites)
    staff = Counter(SiteStaff.objects.filter(site__in=sites).on(on).values_list("site", flat=True))
    days: dict[int, set[int]] = {}
    for site, weekday in SiteHours.objects.filter(site__in=sites).on(on).values_list("site", "weekday"):
        days.setdefault(site, set()).add(weekday)
    offers = offers_of(sites, on=on)
    return {
        one.id: SiteFacts(
            size=one.size,
            open_days=len(days.get(one.id, ())),
            staff=staff[one.id],
            photos=len(photos_of(one, by=by)),
            offers=frozenset(offers.get(one.id, ())),
        )
        for one in sites
    }


def standings(*, by: Actor, on: date) -> list[StandardStanding]:
    """Every kind of site with a standard within reach (达标情况): who reaches it, who does not and what is missing."""
    known = standards(on=on)
    rows = Site.objects.on(on).filter(kind__in=list(known), area__begins_with_any=by.reach or ("-",))
    sites = sorted(rows, key=lambda one: (one.area, one.id))
    facts = site_facts(sites, on=on, by=by)
    found = []
    for kind, standard in known.items():
        lines = [
            SiteLack(one, tuple(what_is_missing(standard.needed, facts[one.id])))
            for one in sites
            if one.kind == kind
        ]
        found.append(
            StandardStanding(
                standard,
                tuple(line.site for line in lines if not line.lacks),
                tuple(line for line in lines if line.lacks),
            )
        )
    return found


def standing_of(site: Site, *, on: date, by: Actor) -> tuple[SiteStandard, list[Lack]] | None:
    """The standard of one site and what it lacks; None when its kind has none."""
    standard = standards(on=on).get(site.kind)
    if standard is None:
        return None
    return standard, what_is_missing(standard.needed, site_facts([site], on=on, by=by)[site.id])


def bookings_of(site: Site, *, since: date, by: Actor) -> list[SiteBooking]:
    """For which hours a room is kept from a day on (用房预约)."""
    rows = SiteBooking.objects.of_the_street(by).filter(site=site, day__gte=since, cancelled_at__isnull=True)
    return list(rows.order_by("day", "begins"))


def room_use(site: Site, *, on: date, by: Actor) -> str:
    """How much of its open time a room was booked in the last days (使用率)."""
    first = max(on - timedelta(days=USED_DAYS), site.since)
    booked = SiteBooking.objects.of_the_street(by).filter(
        site=site, day__gte=first, day__lt=on, cancelled_at__isnull=True
    )
    used = sum(minutes_of(one.begins, one.ends) for one in booked)
    rows, calendar = list(SiteHours.objects.filter(site=site)), working_calendar(on=on)
    days = (first + timedelta(days=number) for number in range((on - first).days))
    opened = sum(
        minutes_of(one.opens, one.closes)
        for day in days
        if (found := open_day(site, rows, day, calendar))
        for one in found.hours
    )
    return use_rate(used, opened)
