from yimen.foundations.documents.operations.files import (
    CannotOpen,
    CannotStore,
    OpenedFile,
    bundle_pages,
    discard_file,
    hand_out_file,
    open_file,
    store_upload,
    sweep_files,
)
from yimen.foundations.documents.operations.letters import (
    CannotIssue,
    CannotVoid,
    issue_letter,
    read_letter,
    void_letter,
)

__all__ = [
    "CannotIssue",
    "CannotOpen",
    "CannotStore",
    "CannotVoid",
    "OpenedFile",
    "bundle_pages",
    "discard_file",
    "hand_out_file",
    "issue_letter",
    "open_file",
    "read_letter",
    "store_upload",
    "sweep_files",
    "void_letter",
]
