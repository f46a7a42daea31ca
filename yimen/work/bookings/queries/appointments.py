"""Reads of bookings: a day's slots, who has them, and what is over."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.kernel.working_days import WorkingCalendar
from yimen.registers.places.api import site_open_on
from yimen.work.bookings.choices import Kept
from yimen.work.bookings.engine.practice import QueuePractice
from yimen.work.bookings.models import Appointment, Hall
from yimen.work.bookings.rules import slots_in


class NoAppointment(NotFound):
    code = "bookings.no_appointment"
    sentence = "没有这个预约，或不在您的范围内。"


@dataclass(frozen=True)
class SlotLine:
    """One slot of a day (时段): when it begins, who has it, and how many more it takes."""

    begins: time
    appointments: tuple[Appointment, ...]
    free: int


def get_appointment(public_id: UUID, *, by: Actor, lock: bool = False) -> Appointment:
    """One booking within reach, with its hall."""
    rows = Appointment.objects.within(by).select_related("hall")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NoAppointment
    return found


def open_slots(
    hall: Hall, day: date, *, calendar: WorkingCalendar, rules: QueuePractice, by: Actor
) -> list[time]:
    """When slots of a day begin (可约时段): within the opening hours of the site, none where it is closed."""
    opened = site_open_on(hall.site, on=day, calendar=calendar, by=by)
    hours = [(one.opens, one.closes) for one in opened.hours] if opened else []
    return slots_in(hours, minutes=rules.slot_minutes)


def slots_with_bookings(
    hall: Hall, day: date, slots: list[time], *, rules: QueuePractice, by: Actor
) -> list[SlotLine]:
    """A day's slots with who has them (当日预约); also a time that is promised and no longer among the slots."""
    rows = Appointment.objects.within(by).filter(hall=hall, day=day).exclude(state=Kept.CANCELLED)
    found = list(rows.order_by("begins", "seat"))
    capacity = rules.capacity(hall.counters)
    lines = []
    for begins in sorted({*slots, *(one.begins for one in found)}):
        here = tuple(one for one in found if one.begins == begins)
        free = capacity - sum(one.state != Kept.MISSED for one in here) if begins in slots else 0
        lines.append(SlotLine(begins, here, max(free, 0)))
    return lines


def booked_before(before: date, *, by: Actor) -> QuerySet[Appointment]:
    """Bookings of days long over (早已过去的预约)."""
    return Appointment.objects.within(by).filter(day__lt=before).exclude(state=Kept.BOOKED)


def booked_in(area: str) -> QuerySet[Appointment]:
    """The bookings of an area that ends (本辖区的预约)."""
    return Appointment.objects.filter(area=area)
