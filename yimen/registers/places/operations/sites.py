"""Open and close service sites, and publish their hours."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.places.choices import HolidayHabit, SiteKind
from yimen.registers.places.models import Site, SiteHours, SiteOffer
from yimen.registers.places.permissions import EDIT
from yimen.registers.places.ports import offerings
from yimen.registers.places.queries.areas import standing_area
from yimen.registers.places.queries.sites import NoSuchSite
from yimen.registers.places.rules.hours import Hours, why_not_these_hours
from yimen.registers.places.rules.nearness import why_not_this_position


class CannotOpenSite(NotPossible):
    code = "places.cannot_open_site"
    sentence = "不能设立服务点：{why}。"


class CannotSetHours(NotPossible):
    code = "places.cannot_set_hours"
    sentence = "开放时间不能这样公布：{why}。"


class NoSuchOffer(NotPossible):
    code = "places.no_such_offer"
    sentence = "办理内容里有现在没有的事项或服务，请刷新页面再选。"


class CannotCloseSite(NotPossible):
    code = "places.cannot_close_site"
    sentence = "{name}不能撤销：{why}。"


@operation("places.site.opened")
def open_site(
    *,
    by: Actor,
    at: datetime,
    area: str,
    name: str,
    kind: SiteKind | str,
    address: str,
    since: date,
    phone: str = "",
    holidays: HolidayHabit | str = HolidayHabit.CALENDAR,
    in_charge: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    position_source: str = "",
    size: int | None = None,
    origin: str = "",
) -> Site:
    """Open a service site (服务点) that serves an area. Refuses one without a name or an address, and an impossible
    position (WGS 84)."""
    by.must(EDIT, area=area)
    standing_area(area, by=by)
    name, address = clean_line(name), clean_line(address)
    if not name or not address:
        raise CannotOpenSite(why="要有名称和地址，居民才找得到")
    _must_lie_somewhere(latitude, longitude)
    site = Site.objects.create(
        area=area,
        kind=SiteKind(kind),
        name=name,
        address=address,
        phone=clean_line(phone),
        holidays=HolidayHabit(holidays),
        in_charge=clean_line(in_charge),
        latitude=latitude,
        longitude=longitude,
        position_source=clean_line(position_source),
        size=size,
        origin=clean_line(origin),
        since=since,
    )
    record(site, kind="site", area=area, name=name)
    return site


@operation("places.site.described")
def describe_site(
    *,
    by: Actor,
    at: datetime,
    site: Site,
    name: str,
    address: str,
    phone: str = "",
    in_charge: str = "",
    holidays: HolidayHabit | str = HolidayHabit.CALENDAR,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    position_source: str = "",
    size: int | None = None,
    origin: str = "",
) -> Site:
    """Correct what is published about a site (更正服务点): name, address, telephone, who is in charge, where it lies."""
    found = _mine(site, by)
    told = {
        "name": clean_line(name),
        "address": clean_line(address),
        "phone": clean_line(phone),
        "in_charge": clean_line(in_charge),
        "holidays": HolidayHabit(holidays),
        "latitude": latitude,
        "longitude": longitude,
        "position_source": clean_line(position_source),
        "size": size,
        "origin": clean_line(origin),
    }
    if not told["name"] or not told["address"]:
        raise CannotOpenSite(why="要有名称和地址，居民才找得到")
    _must_lie_somewhere(latitude, longitude)
    changed = {key: value for key, value in told.items() if getattr(found, key) != value}
    if not changed:
        unchanged()
        return found
    before = {key: str(getattr(found, key) or "") for key in changed}
    for key, value in changed.items():
        setattr(found, key, value)
    found.save(update_fields=list(changed))
    record(
        found,
        kind="site",
        area=found.area,
        before=before,
        after={k: str(v or "") for k, v in changed.items()},
    )
    return found


@operation("places.site.offers_set")
def set_site_offers(*, by: Actor, at: datetime, site: Site, offers: Collection[str]) -> Site:
    """Say what a site offers from today on (办理内容); what it no longer offers ends, and stays readable.

    Refuses what nobody knows: a matter that does not exist is offered nowhere.
    """
    found, today = _mine(site, by), day_of(at)
    if not found.holds_on(today):
        raise CannotSetHours(why=f"{found.name}今天没有开放")
    wanted = set(offers)
    known = {f"{kind.key}/{key}" for kind in offerings for key, _ in kind.choices(today)}
    standing = {
        row.offer: row for row in SiteOffer.objects.filter(site=found).ahead(today).select_for_update()
    }
    if wanted - known - set(standing):
        raise NoSuchOffer
    gone, new = set(standing) - wanted, wanted - set(standing)
    if not gone and not new:
        unchanged()
        return found
    for offer in gone:
        row = standing[offer]
        if row.since >= today:
            row.delete()
        else:
            row.until = today
            row.save(update_fields=["until"])
    SiteOffer.objects.bulk_create(SiteOffer(site=found, offer=offer, since=today) for offer in sorted(new))
    record(found, kind="site", area=found.area, offers_new=sorted(new), offers_gone=sorted(gone))
    return found


@operation("places.site.hours_set")
def set_site_hours(
    *, by: Actor, at: datetime, site: Site, hours: Sequence[Hours], since: date, why: str = ""
) -> Site:
    """Publish the hours of a site from a day on (公布开放时间); those before stay readable as history.

    Hours announced for that day or later, and not yet in force, are replaced. Refuses a day that has passed, hours that
    end before they begin or overlap, and a week without any hours.
    """
    found = _mine(site, by)
    if since < day_of(at):
        raise CannotSetHours(why="已经过去的日子不能再改，请从今天或以后的一天起")
    if not found.holds_on(since):
        raise CannotSetHours(why=f"{found.name}在{since:%Y年%m月%d日}没有开放")
    if not hours:
        raise CannotSetHours(why="至少要有一个开放时段；不再开放请办理撤销")
    if findings := why_not_these_hours(hours):
        raise CannotSetHours(why=findings[0].sentence.rstrip("。"), findings=findings)
    rows = SiteHours.objects.filter(site=found).select_for_update()
    standing = [row for row in rows if row.since < since and (row.until is None or row.until > since)]
    planned = [row for row in rows if row.since >= since]
    if (
        not planned
        and {_as_hours(row) for row in standing} == set(hours)
        and all(not row.until for row in standing)
    ):
        unchanged()
        return found
    SiteHours.objects.filter(id__in=[row.id for row in planned]).delete()
    SiteHours.objects.filter(id__in=[row.id for row in standing]).update(until=since)
    SiteHours.objects.bulk_create(
        SiteHours(site=found, weekday=one.weekday, opens=one.opens, closes=one.closes, since=since)
        for one in sorted(hours)
    )
    record(
        found,
        kind="site",
        area=found.area,
        since=since,
        hours=[f"{one.weekday} {one}" for one in sorted(hours)],
        why=why,
    )
    return found


@operation("places.site.closed")
def close_site(*, by: Actor, at: datetime, site: Site, until: date) -> Site:
    """Close a site from a day on (撤销服务点); it stays readable. Refuses a day before it opened or one that has passed."""
    found = _mine(site, by)
    if found.until is not None:
        raise CannotCloseSite(name=found.name, why=f"已定于{found.until:%Y年%m月%d日}撤销")
    if until <= found.since or until < day_of(at):
        raise CannotCloseSite(name=found.name, why="撤销只能从今天或以后、且晚于设立的一天起")
    found.until = until
    found.save(update_fields=["until"])
    record(found, kind="site", area=found.area, until=until)
    return found


def _mine(site: Site, by: Actor) -> Site:
    found = Site.objects.select_for_update().filter(pk=site.pk).first()
    if found is None:
        raise NoSuchSite
    by.must(EDIT, area=found.area)
    return found


def _must_lie_somewhere(latitude: Decimal | None, longitude: Decimal | None) -> None:
    finding = why_not_this_position(
        None if latitude is None else float(latitude), None if longitude is None else float(longitude)
    )
    if finding:
        raise CannotOpenSite(why=finding.sentence.rstrip("。"), findings=[finding])


def _as_hours(row: SiteHours) -> Hours:
    return Hours(row.weekday, row.opens, row.closes)
