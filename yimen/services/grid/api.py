"""The door of the grid (网格服务)."""

from yimen.services.grid.operations import NoReport, NotHandled, close_issue, note_issue
from yimen.services.grid.queries import issue_kind, issue_kinds, issues

__all__ = [
    "NoReport",
    "NotHandled",
    "close_issue",
    "issue_kind",
    "issue_kinds",
    "issues",
    "note_issue",
]
