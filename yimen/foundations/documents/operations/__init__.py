from yimen.foundations.documents.engine.keeping import CannotOpen, CannotStore, OpenedFile
from yimen.foundations.documents.operations.binding import (
    BoundFiles,
    bind_files,
    bundle_pages,
    copy_file,
    hand_out_bound,
    straighten_file,
)
from yimen.foundations.documents.operations.carrying import carry_over_papers
from yimen.foundations.documents.operations.files import (
    discard_file,
    discard_files,
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
    seal_letter,
    void_letter,
)

__all__ = [
    "BoundFiles",
    "CannotIssue",
    "CannotOpen",
    "CannotStore",
    "CannotVoid",
    "OpenedFile",
    "bind_files",
    "bundle_pages",
    "carry_over_papers",
    "copy_file",
    "discard_file",
    "discard_files",
    "hand_out_bound",
    "hand_out_file",
    "issue_letter",
    "open_file",
    "read_letter",
    "seal_letter",
    "store_upload",
    "straighten_file",
    "sweep_files",
    "void_letter",
]
