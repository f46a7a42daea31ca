"""Who serves at a site, what it looks like, and for which hours its room is kept (人员、照片、用房预约)."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import IntegrityError

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.definitions.api import working_calendar
from yimen.foundations.documents.api import discard_file, store_upload
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotFound, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.places.choices import SiteKind
from yimen.registers.places.models import Site, SiteBooking, SiteStaff
from yimen.registers.places.permissions import EDIT, VIEW
from yimen.registers.places.ports import PHOTO
from yimen.registers.places.queries.sites import site_open_on
from yimen.registers.places.rules.rooms import why_not_book, works_together

FARTHEST = 90


class CannotKeepRoom(NotPossible):
    code = "places.cannot_keep_room"
    sentence = "还不能登记：{why}"


class RoomTaken(Conflict):
    code = "places.room_taken"
    sentence = "这段时间已经有人预约了，请换一个时间。"


class NoSuchRow(NotFound):
    code = "places.no_such_row"
    sentence = "没有找到这一条，或不在您的范围内。"


@operation("places.staff.named")
def name_staff(*, by: Actor, at: datetime, site: Site, name: str, duty: str) -> SiteStaff:
    """Say who serves at a site and for what (登记在岗人员), from today on."""
    by.must(EDIT, area=site.area)
    name, duty = clean_line(name), clean_line(duty)
    if not name or not duty:
        raise CannotKeepRoom(why="请写姓名和负责什么。")
    if SiteStaff.objects.filter(site=site, name=name, duty=duty, until__isnull=True).exists():
        raise CannotKeepRoom(why=f"{name}已经登记在岗了。")
    made = SiteStaff.objects.create(site=site, name=name, duty=duty, since=day_of(at))
    record(made, kind="site", area=site.area, staff=str(made.public_id))
    return made


@operation("places.staff.ended")
def end_staff(*, by: Actor, at: datetime, staff: UUID) -> SiteStaff:
    """Somebody no longer serves there (离岗), from today on."""
    found = SiteStaff.objects.select_related("site").filter(public_id=staff, until__isnull=True).first()
    if found is None:
        raise NoSuchRow
    by.must(EDIT, area=found.site.area)
    if found.since >= day_of(at):
        record(found, kind="site", area=found.site.area, staff_dropped=str(found.public_id))
        found.delete()
        return found
    found.until = day_of(at)
    found.save(update_fields=["until"])
    record(found, kind="site", area=found.site.area, staff_ended=str(found.public_id))
    return found


@operation("places.photo.added")
def add_site_photo(*, by: Actor, at: datetime, site: Site, file: File) -> Any:
    """Keep a photograph of a site (现场照片), made small and without where it was taken."""
    by.must(EDIT, area=site.area)
    kept = store_upload(by=by, at=at, subject=site.public_id, area=site.area, purpose=PHOTO, file=file)
    record(site, kind="site", area=site.area, photo=str(kept.public_id))
    return kept


@operation("places.photo.dropped")
def drop_site_photo(*, by: Actor, at: datetime, site: Site, file: UUID) -> Any:
    """Take a photograph away (撤下照片)."""
    by.must(EDIT, area=site.area)
    gone = discard_file(by=by, at=at, file=file, why="撤下服务点照片")
    record(site, kind="site", area=site.area, photo_dropped=str(file))
    return gone


@operation("places.room.booked")
def book_room(
    *, by: Actor, at: datetime, site: Site, day: date, begins: time, ends: time, purpose: str
) -> SiteBooking:
    """Keep a public room for some hours (预约用房): whoever works in its street. Refuses hours in which it is closed or taken."""
    if not any(works_together(area, site.area) for area in by.areas_for(VIEW)):
        by.must(VIEW, area=site.area)
    today, purpose = day_of(at), clean_line(purpose)
    if site.kind != SiteKind.PUBLIC_ROOM or not site.holds_on(day):
        raise CannotKeepRoom(why="只有公共用房可以预约。")
    if not purpose:
        raise CannotKeepRoom(why="请写做什么用。")
    open_day = site_open_on(site, on=day, calendar=working_calendar(on=day), by=by)
    finding = why_not_book(
        begins,
        ends,
        day=day,
        today=today,
        open_hours=open_day.hours if open_day else (),
        farthest=FARTHEST,
    )
    if finding:
        raise CannotKeepRoom(why=finding.sentence, findings=[finding])
    made = SiteBooking(
        site=site,
        area=site.area,
        day=day,
        begins=begins,
        ends=ends,
        purpose=purpose[:60],
        booked_at=at,
        booked_by=by.key,
        booked_by_name=by.name[:80],
    )
    try:
        made.save(force_insert=True)
    except IntegrityError as fault:
        if "places_sitebooking_no_overlap" in str(fault):
            raise RoomTaken from fault
        raise
    record(made, kind="site", area=site.area, booked=day.isoformat())
    return made


@operation("places.room.released")
def release_room(*, by: Actor, at: datetime, booking: UUID) -> SiteBooking:
    """The room is not needed after all (取消预约): by who booked it, or by who keeps the site."""
    rows = SiteBooking.objects.of_the_street(by).select_for_update(of=("self",))
    found = rows.filter(public_id=booking).first()
    if found is None:
        raise NoSuchRow
    if found.booked_by != by.key:
        by.must(EDIT, area=found.area)
    if found.cancelled_at is not None:
        unchanged()
        return found
    if found.day < day_of(at):
        raise CannotKeepRoom(why="已经过去的预约不能取消。")
    found.cancelled_at = at
    found.save(update_fields=["cancelled_at"])
    record(found, kind="site", area=found.area, released=found.day.isoformat())
    return found
