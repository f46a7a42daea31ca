"""The door of full exports (完整导出)."""

from yimen.foundations.exports.choices import ExportState
from yimen.foundations.exports.operations import (
    AlreadyDecided,
    CannotExport,
    approve_export,
    ask_export,
    fetch_file,
    make_file,
    refuse_export,
    remove_expired,
)
from yimen.foundations.exports.permissions import APPROVE_EXPORT, ASK_EXPORT
from yimen.foundations.exports.queries import exports, get_export, to_approve

__all__ = [
    "APPROVE_EXPORT",
    "ASK_EXPORT",
    "AlreadyDecided",
    "CannotExport",
    "ExportState",
    "approve_export",
    "ask_export",
    "exports",
    "fetch_file",
    "get_export",
    "make_file",
    "refuse_export",
    "remove_expired",
    "to_approve",
]
