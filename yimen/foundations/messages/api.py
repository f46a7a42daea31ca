"""The door of messages: tell accounts, roles and people; the list of those to be called or knocked for."""

from yimen.foundations.messages.choices import CallState, WayKind
from yimen.foundations.messages.operations import (
    CallClosed,
    CannotMark,
    CannotTell,
    OpenedCall,
    carry_over_calls,
    mark_told,
    open_call,
    read_message,
    start_again_for_person,
    stop_for_person,
    tell,
    tell_account,
    tell_person,
    tell_role,
)
from yimen.foundations.messages.queries import all_calls, calls_to_make, inbox, unread_count

__all__ = [
    "CallClosed",
    "CallState",
    "CannotMark",
    "CannotTell",
    "OpenedCall",
    "WayKind",
    "all_calls",
    "calls_to_make",
    "carry_over_calls",
    "inbox",
    "mark_told",
    "open_call",
    "read_message",
    "start_again_for_person",
    "stop_for_person",
    "tell",
    "tell_account",
    "tell_person",
    "tell_role",
    "unread_count",
]
