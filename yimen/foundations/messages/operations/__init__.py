from yimen.foundations.messages.operations.calls import (
    CallClosed,
    CannotMark,
    OpenedCall,
    mark_told,
    open_call,
    stop_for_person,
)
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
    "mark_told",
    "open_call",
    "read_message",
    "stop_for_person",
    "tell",
    "tell_account",
    "tell_person",
    "tell_role",
]
