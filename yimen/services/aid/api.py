"""The door of aid (临时救助)."""

from yimen.services.aid.choices import EventKind
from yimen.services.aid.operations import NotGranted, record_relief
from yimen.services.aid.queries import relief_of_case, relief_scheme, reliefs_of

__all__ = [
    "EventKind",
    "NotGranted",
    "record_relief",
    "relief_of_case",
    "relief_scheme",
    "reliefs_of",
]
