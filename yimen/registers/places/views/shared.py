"""What several pages of sites need: the site that the actor may look at or keep, and its whole page."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from yimen.foundations.definitions.api import working_calendar
from yimen.kernel.areas import is_area_code
from yimen.registers.places import api
from yimen.registers.places.forms import BookingForm, CloseSiteForm, PhotoForm, StaffForm
from yimen.registers.places.permissions import EDIT
from yimen.registers.places.presenters.hours import hours_periods, week_lines
from yimen.registers.places.presenters.sites import SitePage, lack_words, offer_groups


def near_site(request: HttpRequest, public_id: UUID) -> Any:
    """A site of the street one works in, a neighbour's too: what is published there is for everybody."""
    found = api.site(public_id, by=request.actor)
    if not api.works_in_street(found.area, by=request.actor):
        raise api.NoSuchSite
    return found


def sites_around(request: HttpRequest) -> list[Any]:
    """Every site of one's areas, and of the wider ones they lie in, the widest area first (服务点)."""
    by, today = request.actor, request.today
    found = {one.id: one for area in by.reach for one in api.sites_in(area, on=today, by=by)}
    for area in by.reach:
        if is_area_code(area):
            found |= {one.id: one for one in api.sites_serving(area, on=today, by=by)}
    return sorted(found.values(), key=lambda one: (len(one.area), one.area, one.id))


def own_site(request: HttpRequest, public_id: UUID) -> Any:
    """A site that the actor keeps."""
    found = near_site(request, public_id)
    request.actor.must(EDIT, area=found.area)
    return found


def site_page(
    request: HttpRequest, public_id: UUID, *, close: CloseSiteForm | None = None, **typed: Any
) -> SitePage:
    """Everything about one site (服务点); ``typed`` are forms that came back with mistakes."""
    by, today = request.actor, request.today
    found = near_site(request, public_id)
    calendar = working_calendar(on=today)
    sheet_on = _day(request.GET.get("on", "")) or today
    offers = api.offers_of([found], on=today).get(found.id, set())
    titles = api.offer_titles(on=today)
    held = api.standing_of(found, on=today, by=by)
    booked = found.kind == api.SiteKind.PUBLIC_ROOM
    return SitePage(
        site=found,
        place=api.full_area_name(found.area),
        today=today,
        week=week_lines(api.weekly_hours(found, on=sheet_on, by=by)),
        open_today=api.site_open_on(found, on=today, calendar=calendar, by=by),
        next_day=api.next_open_day(found, after=today, calendar=calendar, by=by),
        periods=hours_periods(api.hours_history(found, by=by)),
        may_edit=by.can(EDIT, area=found.area),
        now=api.how_sites_stand([found], at=request.at)[0],
        offers=offer_groups(offers, titles),
        sheet_on=sheet_on,
        sheet_large=request.GET.get("paper") == "a3",
        close=close or CloseSiteForm(prefix="close", initial={"until": today}),
        staff=api.staff_of(found, on=today, by=by),
        photos=api.photos_of(found, by=by),
        standard=held[0].title if held else "",
        lacks=lack_words(held[1], titles) if held else [],
        forms={
            "staff": StaffForm(),
            "photo": PhotoForm(),
            "booking": BookingForm(initial={"day": today}),
            **typed,
        },
        bookings=api.bookings_of(found, since=today, by=by) if booked else [],
        use=api.room_use(found, on=today, by=by) if booked else "",
        may_book=booked,
        actor=by.key,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
