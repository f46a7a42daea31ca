"""A time promised at the window: booked by phone or at the counter, kept, missed or cancelled (窗口预约)."""

from datetime import date, datetime, time
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus.api import update_row
from yimen.foundations.definitions.api import working_calendar
from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.api import person_ids, person_stamp
from yimen.work.bookings.choices import Kept, Shows
from yimen.work.bookings.engine.numbering import locked_day, next_ticket
from yimen.work.bookings.engine.practice import practice
from yimen.work.bookings.models import Appointment, Ticket
from yimen.work.bookings.permissions import SERVE
from yimen.work.bookings.queries import get_hall
from yimen.work.bookings.queries.appointments import get_appointment, open_slots
from yimen.work.bookings.rules import place_of_booked, shown_name, why_not_book, why_not_counter
from yimen.work.ledger.api import SourceKind, about_person, record_entry

KEPT, MISSED = "appointment_kept", "appointment_missed"


class CannotBook(NotPossible):
    code = "bookings.cannot_book"


class SlotFull(Conflict):
    code = "bookings.slot_full"
    sentence = "这个时段刚刚约满了，请换一个时间。"


@operation("bookings.appointment.made")
def book(
    *,
    by: Actor,
    at: datetime,
    hall: UUID,
    person: UUID,
    day: date,
    begins: time,
    about: str = "",
    counter: int = 0,
) -> Appointment:
    """Promise a resident a time at the window (预约窗口), at any counter or at one.

    Refuses times in which the site is closed, a slot that is full, a counter that is promised then, and whoever has a time on
    that day.
    """
    found = get_hall(hall, by=by)
    by.must(SERVE, area=found.area)
    stamp, rules = person_stamp(person, by=by), practice(on=day_of(at))
    slots = open_slots(found, day, calendar=working_calendar(on=day), rules=rules, by=by)
    finding = why_not_book(
        begins, slots=slots, day=day, now=at.astimezone(STREET_TIME), farthest=rules.farthest_days
    ) or (why_not_counter(counter, counters=found.counters) if counter else None)
    if finding:
        raise CannotBook(finding.sentence, findings=[finding])
    locked_day(found, day)
    standing = list(Appointment.objects.within(by).filter(hall=found, day=day, state=Kept.BOOKED))
    if any(one.person == stamp.public_id for one in standing):
        raise CannotBook(f"{stamp.name}这一天已经约过了。")
    then = [one for one in standing if one.begins == begins]
    if counter and any(one.counter == counter for one in then):
        raise SlotFull(f"{counter} 号窗口这个时段已经有人约了，请换时间或窗口。")
    seat = next(
        (one for one in range(1, rules.capacity(found.counters) + 1) if one not in {t.seat for t in then}), 0
    )
    if not seat:
        raise SlotFull
    made = Appointment.objects.create(
        hall=found,
        area=found.area,
        day=day,
        begins=begins,
        seat=seat,
        counter=counter,
        person=stamp.public_id,
        person_name=stamp.name,
        about=clean_line(about)[:60],
        booked_at=at,
        booked_by=by.key,
        booked_by_name=by.name[:80],
    )
    record(made, kind="appointment", area=made.area, day=day.isoformat(), begins=f"{begins:%H:%M}")
    return made


@operation("bookings.appointment.kept")
def check_in(*, by: Actor, at: datetime, appointment: UUID) -> Ticket:
    """She came (按约到场): she gets her ticket, with a place by which she is called in time, and the ledger its entry."""
    found = get_appointment(appointment, by=by, lock=True)
    by.must(SERVE, area=found.area)
    if found.state != Kept.BOOKED or found.day != day_of(at):
        raise CannotBook(f"这个预约现在是“{found.get_state_display()}”，日期是 {found.day}，不能取号。")
    rules = practice(on=found.day)
    begins = datetime.combine(found.day, found.begins, tzinfo=STREET_TIME)
    place = place_of_booked(at, begins=begins, head_start=rules.head_start_minutes, grace=rules.grace_minutes)
    ticket = next_ticket(
        found.hall,
        by=by,
        at=at,
        place=place,
        waits_from=max(at, begins),
        for_counter=found.counter,
        shown=shown_name(found.person_name) if found.hall.shows == Shows.NAMES else "",
        about=found.about,
    )
    found.state, found.ended_at, found.ticket = Kept.CAME, at, ticket.public_id
    update_row(found, "state", "ended_at", "ticket")
    _enter(found, KEPT, by=by, at=at)
    record(found, kind="appointment", area=found.area, ticket=ticket.number)
    return ticket


@operation("bookings.appointment.cancelled")
def cancel_booking(*, by: Actor, at: datetime, appointment: UUID) -> Appointment:
    """She does not come after all (取消预约); the time is free again."""
    found = get_appointment(appointment, by=by, lock=True)
    by.must(SERVE, area=found.area)
    if found.state == Kept.CANCELLED:
        unchanged()
        return found
    if found.state != Kept.BOOKED:
        raise CannotBook(f"这个预约已经是“{found.get_state_display()}”。")
    found.state, found.ended_at = Kept.CANCELLED, at
    update_row(found, "state", "ended_at")
    record(found, kind="appointment", area=found.area, state=str(found.state))
    return found


@operation("bookings.appointments.died")
def cancel_with_the_dead(*, by: Actor, at: datetime, person: UUID) -> int:
    """A resident died: the times she was promised are free again (去世即止), and none counts as missed; answers how many.

    Nobody is told.
    """
    ids = person_ids(person, by=by) or [person]
    left = Appointment.objects.within(by).filter(person__in=ids, state=Kept.BOOKED)
    gone = list(left.select_for_update(of=("self",)).order_by("id"))
    if not gone:
        unchanged()
    for one in gone:
        one.state, one.ended_at = Kept.CANCELLED, at
        update_row(one, "state", "ended_at")
        record(one, kind="appointment", area=one.area, state=str(one.state))
    return len(gone)


@operation("bookings.appointments.missed")
def close_bookings(*, by: Actor, at: datetime) -> int:
    """Of days that are over, note who did not come (爽约); answers how many."""
    left = Appointment.objects.within(by).filter(day__lt=day_of(at), state=Kept.BOOKED)
    missed = list(left.select_for_update(of=("self",)).order_by("id"))
    if not missed:
        unchanged()
    for one in missed:
        one.state, one.ended_at = Kept.MISSED, at
        update_row(one, "state", "ended_at")
        _enter(one, MISSED, by=by, at=at)
        record(one, kind="appointment", area=one.area, state=str(one.state))
    return len(missed)


def _enter(found: Appointment, item: str, *, by: Actor, at: datetime) -> None:
    record_entry(
        by=by,
        at=at,
        items=(item,),
        happened_on=found.day,
        area=found.area,
        source_kind=SourceKind.BOOKING,
        source=found.public_id,
        about=about_person(found.person, by=by),
    )
