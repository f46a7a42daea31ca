"""Read service sites and their hours. Sites and hours are published, so everybody may read them."""

from datetime import date
from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.kernel.areas import lineage
from yimen.kernel.refusals import NotFound
from yimen.kernel.working_days import WorkingCalendar
from yimen.registers.places.choices import SiteKind
from yimen.registers.places.engine.opening import open_day
from yimen.registers.places.models import Site, SiteHours
from yimen.registers.places.rules.hours import Hours, OpenDay, days_after


class NoSuchSite(NotFound):
    code = "places.no_such_site"
    sentence = "没有找到这个服务点。"


def site(public_id: UUID, *, by: Actor | None = None) -> Site:
    """One service site (服务点), also one that has closed."""
    found = Site.objects.filter(public_id=public_id).first()
    if found is None:
        raise NoSuchSite
    return found


def sites_in(area: str, *, on: date, by: Actor | None = None) -> list[Site]:
    """The sites that stand in an area on a day, the widest area first."""
    return sorted(Site.objects.inside(area).on(on), key=lambda one: (len(one.area), one.area, one.id))


def sites_serving(
    area: str, *, on: date, by: Actor | None = None, kind: SiteKind | None = None
) -> list[Site]:
    """The sites that serve an area on a day, the nearest first: its own, then its street's (就近办理)."""
    found = Site.objects.on(on).filter(area__in=lineage(area))
    if kind is not None:
        found = found.filter(kind=kind)
    return sorted(found, key=lambda one: (-len(one.area), one.id))


def weekly_hours(site: Site, *, on: date, by: Actor | None = None) -> tuple[Hours, ...]:
    """The hours of the week that hold on a day (开放时间)."""
    rows = SiteHours.objects.on(on).filter(site=site)
    return tuple(Hours(row.weekday, row.opens, row.closes) for row in rows)


def hours_history(site: Site, *, by: Actor | None = None) -> list[SiteHours]:
    """All hours the site ever had or will have, the newest first: what was published stays readable."""
    return list(SiteHours.objects.filter(site=site).order_by("-since", "weekday", "opens"))


def site_open_on(
    site: Site, *, on: date, calendar: WorkingCalendar, by: Actor | None = None
) -> OpenDay | None:
    """The opening hours of one day, or None when the site is closed on it."""
    return open_day(site, list(SiteHours.objects.filter(site=site)), on, calendar)


def next_open_day(
    site: Site, *, after: date, calendar: WorkingCalendar, by: Actor | None = None
) -> OpenDay | None:
    """The first day later than ``after`` on which the site is open (下一个开放日), across holidays and make-up days.

    None when it stays closed for two months or has no hours.
    """
    rows = list(SiteHours.objects.filter(site=site).ahead(after))
    days = (open_day(site, rows, day, calendar) for day in days_after(after))
    return next((day for day in days if day is not None), None)
