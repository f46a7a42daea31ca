"""Reads of the archive."""

from yimen.services.archive.queries.files import (
    FileView,
    archive_file,
    archived_case,
    boxes,
    find_box,
    find_files,
    only_lent,
    open_loans,
    unboxed,
)
from yimen.services.archive.queries.handover import (
    ListView,
    areas_to_list,
    find_item,
    find_lists,
    handover_list,
    items_of,
    lists_to_receive,
    lists_to_sign,
    open_differences,
    waiting_cases,
)

__all__ = [
    "FileView",
    "ListView",
    "archive_file",
    "archived_case",
    "areas_to_list",
    "boxes",
    "find_box",
    "find_files",
    "find_item",
    "find_lists",
    "handover_list",
    "items_of",
    "lists_to_receive",
    "lists_to_sign",
    "only_lent",
    "open_differences",
    "open_loans",
    "unboxed",
    "waiting_cases",
]
