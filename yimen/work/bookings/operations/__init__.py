"""The writers of the queue."""

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
    "CannotCall",
    "CannotOpenHall",
    "CounterTaken",
    "call_again",
    "call_next",
    "change_hall",
    "close_days",
    "finish_ticket",
    "hand_on",
    "not_there",
    "open_hall",
    "renew_board",
    "take_ticket",
]
