"""The next ticket of a day (取号): numbered under a lock, so that numbers have no gap."""

from datetime import date, datetime
from typing import Any

from yimen.foundations.bus.api import add_rows, update_row
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.work.bookings.models import DayNumbers, Hall, Ticket


def locked_day(hall: Hall, day: date) -> DayNumbers:
    """The row of a day, locked until commit: who numbers tickets or promises times of it waits for others who do."""
    DayNumbers.objects.bulk_create([DayNumbers(hall=hall, day=day, area=hall.area)], ignore_conflicts=True)
    return DayNumbers.objects.select_for_update().get(hall=hall, day=day)


def next_ticket(hall: Hall, *, by: Actor, at: datetime, **told: Any) -> Ticket:
    """The next ticket of today, written; called within an operation, which records it."""
    row = locked_day(hall, day_of(at))
    row.last += 1
    update_row(row, "last")
    ticket = Ticket(
        hall=hall, area=hall.area, day=row.day, number=row.last, taken_at=at, taken_by=by.key, **told
    )
    add_rows([ticket])
    return ticket
