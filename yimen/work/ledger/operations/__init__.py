"""The writers of the ledger."""

from yimen.work.ledger.operations.entries import (
    AlreadyTakenBack,
    CannotRecord,
    NoEntry,
    record_entry,
    roll_up,
    take_back_entry,
    take_back_source,
    undo_entry,
)
from yimen.work.ledger.operations.merging import count_as_one, count_as_two
from yimen.work.ledger.operations.notes import CannotUndo, take_note, undo_note, write_note

__all__ = [
    "AlreadyTakenBack",
    "CannotRecord",
    "CannotUndo",
    "NoEntry",
    "count_as_one",
    "count_as_two",
    "record_entry",
    "roll_up",
    "take_back_entry",
    "take_back_source",
    "take_note",
    "undo_entry",
    "undo_note",
    "write_note",
]
