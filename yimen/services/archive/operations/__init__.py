"""The writers of the archive."""

from yimen.services.archive.operations.boxes import CannotPlace, make_box, move_box, put_in_box
from yimen.services.archive.operations.differences import CannotClear, carry_on, found_later
from yimen.services.archive.operations.files import keep_archived_case, open_archive_file
from yimen.services.archive.operations.handover import (
    CannotHandOver,
    ListChanged,
    make_due_lists,
    make_list,
    send_list,
)
from yimen.services.archive.operations.loans import CannotLend, lend_original, return_original
from yimen.services.archive.operations.receiving import CannotReceive, sign_list, tick_item, tick_rest

__all__ = [
    "CannotClear",
    "CannotHandOver",
    "CannotLend",
    "CannotPlace",
    "CannotReceive",
    "ListChanged",
    "carry_on",
    "found_later",
    "keep_archived_case",
    "lend_original",
    "make_box",
    "make_due_lists",
    "make_list",
    "move_box",
    "open_archive_file",
    "put_in_box",
    "return_original",
    "send_list",
    "sign_list",
    "tick_item",
    "tick_rest",
]
