"""The writers of rounds."""

from yimen.work.rounds.operations.asking import ask_all, drop_from_rolls, mark_line, remind, take_up_on_rolls
from yimen.work.rounds.operations.opening import CannotOpen, close_round, keep_up, open_round
from yimen.work.rounds.operations.replying import CannotReply, decline, take_reply
from yimen.work.rounds.operations.tasks import CannotMakeTask, make_task

__all__ = [
    "CannotMakeTask",
    "CannotOpen",
    "CannotReply",
    "ask_all",
    "close_round",
    "decline",
    "drop_from_rolls",
    "keep_up",
    "make_task",
    "mark_line",
    "open_round",
    "remind",
    "take_reply",
    "take_up_on_rolls",
]
