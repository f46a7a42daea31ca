"""The door of priority service (优先服务)."""

from yimen.services.priority.operations import CannotMark, end_marks_of, mark_person, withdraw_mark
from yimen.services.priority.queries import NoMark, get_mark, marks_on, week_of_marks, what_they_got

__all__ = [
    "CannotMark",
    "NoMark",
    "end_marks_of",
    "get_mark",
    "mark_person",
    "marks_on",
    "week_of_marks",
    "what_they_got",
    "withdraw_mark",
]
