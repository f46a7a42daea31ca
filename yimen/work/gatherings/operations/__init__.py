"""The writers of gatherings, one file per deed."""

from yimen.work.gatherings.operations.closing import close_gathering, reopen_gathering
from yimen.work.gatherings.operations.emptying import empty_sign_ups
from yimen.work.gatherings.operations.helping import add_helper, drop_helper
from yimen.work.gatherings.operations.leading import answer_leading, remind_leaders
from yimen.work.gatherings.operations.planning import (
    cancel_gathering,
    carry_over_gatherings,
    change_gathering,
    plan_gathering,
    replace_leader,
)
from yimen.work.gatherings.operations.signing_in import sign_in, undo_sign_in
from yimen.work.gatherings.operations.signing_up import (
    come_back_with_the_living,
    leave_with_the_dead,
    sign_up,
    withdraw,
)

__all__ = [
    "add_helper",
    "answer_leading",
    "cancel_gathering",
    "carry_over_gatherings",
    "change_gathering",
    "close_gathering",
    "come_back_with_the_living",
    "drop_helper",
    "empty_sign_ups",
    "leave_with_the_dead",
    "plan_gathering",
    "remind_leaders",
    "reopen_gathering",
    "replace_leader",
    "sign_in",
    "sign_up",
    "undo_sign_in",
    "withdraw",
]
