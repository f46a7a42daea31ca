from yimen.foundations.messages.operations.calls import (
    CallClosed,
    CannotMark,
    OpenedCall,
    mark_told,
    open_call,
    start_again_for_person,
    stop_for_person,
)
from yimen.foundations.messages.operations.emptying import carry_over_calls, empty_calls
from yimen.foundations.messages.operations.telling import (
    CannotTell,
    read_message,
    tell,
    tell_account,
    tell_person,
    tell_role,
)

__all__ = [
    "CallClosed",
    "CannotMark",
    "CannotTell",
    "OpenedCall",
    "carry_over_calls",
    "empty_calls",
    "mark_told",
    "open_call",
    "read_message",
    "start_again_for_person",
    "stop_for_person",
    "tell",
    "tell_account",
    "tell_person",
    "tell_role",
]
