"""The writers of questions, calls and shifts, one file per noun."""

from yimen.services.hotline.operations.calls import (
    AlreadyAnswered,
    CannotLog,
    answer_call,
    begin_case,
    forget_calls,
    log_call,
    name_caller,
)
from yimen.services.hotline.operations.duty import (
    CannotHandOver,
    CannotSwap,
    NotOnTheList,
    escalate_unsigned,
    give_shift,
    hand_over_shifts,
    set_roster,
    sign_shift,
    swap_shifts,
)
from yimen.services.hotline.operations.inquiries import count_inquiry, undo_inquiry
from yimen.services.hotline.operations.messages import TooManyMessages, leave_message

__all__ = [
    "AlreadyAnswered",
    "CannotHandOver",
    "CannotLog",
    "CannotSwap",
    "NotOnTheList",
    "TooManyMessages",
    "answer_call",
    "begin_case",
    "count_inquiry",
    "escalate_unsigned",
    "forget_calls",
    "give_shift",
    "hand_over_shifts",
    "leave_message",
    "log_call",
    "name_caller",
    "set_roster",
    "sign_shift",
    "swap_shifts",
    "undo_inquiry",
]
