"""The writers of the queue."""

from yimen.work.bookings.operations.appointments import (
    CannotBook,
    SlotFull,
    book,
    cancel_booking,
    cancel_with_the_dead,
    check_in,
    close_bookings,
)
from yimen.work.bookings.operations.halls import CannotOpenHall, change_hall, open_hall, renew_board
from yimen.work.bookings.operations.tickets import (
    CannotCall,
    CounterTaken,
    call_again,
    call_next,
    close_days,
    finish_ticket,
    hand_on,
    not_there,
    take_ticket,
)

__all__ = [
    "CannotBook",
    "CannotCall",
    "CannotOpenHall",
    "CounterTaken",
    "SlotFull",
    "book",
    "call_again",
    "call_next",
    "cancel_booking",
    "cancel_with_the_dead",
    "change_hall",
    "check_in",
    "close_bookings",
    "close_days",
    "finish_ticket",
    "hand_on",
    "not_there",
    "open_hall",
    "renew_board",
    "take_ticket",
]
