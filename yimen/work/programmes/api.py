"""The door of programmes: what is owed, by whom, to whom, by when (待办)."""

from yimen.work.programmes.choices import Excuse, Origin, State
from yimen.work.programmes.operations import (
    CannotEnd,
    CannotOwe,
    NoDuty,
    do_duty,
    end_duties_of_the_dead,
    excuse_duty,
    owe_duty,
    put_off_duty,
)
from yimen.work.programmes.queries import (
    NoSuchDuty,
    colleagues,
    find_duties,
    get_duty,
    my_duties,
    open_duties,
    work_list,
)

__all__ = [
    "CannotEnd",
    "CannotOwe",
    "Excuse",
    "NoDuty",
    "NoSuchDuty",
    "Origin",
    "State",
    "colleagues",
    "do_duty",
    "end_duties_of_the_dead",
    "excuse_duty",
    "find_duties",
    "get_duty",
    "my_duties",
    "open_duties",
    "owe_duty",
    "put_off_duty",
    "work_list",
]
