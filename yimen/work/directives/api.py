"""The door of directives: what somebody who answers for it wants to see done, by a day (督办)."""

from yimen.work.directives.operations import (
    CannotDo,
    CannotGive,
    answer_directive,
    chase_directives,
    close_directive,
    give_directive,
    put_off_directive,
    return_directive,
    withdraw_directive,
)
from yimen.work.directives.permissions import ANSWER, GIVE
from yimen.work.directives.queries import (
    DirectiveFile,
    NoDirective,
    get_directive,
    of_case,
    urge_address,
    waiting_for,
    work_list,
)

__all__ = [
    "ANSWER",
    "GIVE",
    "CannotDo",
    "CannotGive",
    "DirectiveFile",
    "NoDirective",
    "answer_directive",
    "chase_directives",
    "close_directive",
    "get_directive",
    "give_directive",
    "of_case",
    "put_off_directive",
    "return_directive",
    "urge_address",
    "waiting_for",
    "withdraw_directive",
    "work_list",
]
