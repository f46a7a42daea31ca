"""The writers of directives."""

from yimen.work.directives.operations.giving import CannotGive, give_directive
from yimen.work.directives.operations.handling import (
    CannotDo,
    answer_directive,
    close_directive,
    put_off_directive,
    return_directive,
    withdraw_directive,
)
from yimen.work.directives.operations.keeping_up import (
    carry_over_directives,
    chase_directives,
    hand_over_directives,
)

__all__ = [
    "CannotDo",
    "CannotGive",
    "answer_directive",
    "carry_over_directives",
    "chase_directives",
    "close_directive",
    "give_directive",
    "hand_over_directives",
    "put_off_directive",
    "return_directive",
    "withdraw_directive",
]
