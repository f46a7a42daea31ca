"""The door of audit: operations, the trail, and who looked."""

from yimen.foundations.audit.engine.operation import NothingRecorded, NotInner, operation
from yimen.foundations.audit.engine.recording import record, record_batch, unchanged
from yimen.foundations.audit.operations import record_look, seal_trail
from yimen.foundations.audit.queries import Verification, details_of, looks_at, trail, trail_of, verify

__all__ = [
    "NotInner",
    "NothingRecorded",
    "Verification",
    "details_of",
    "looks_at",
    "operation",
    "record",
    "record_batch",
    "record_look",
    "seal_trail",
    "trail",
    "trail_of",
    "unchanged",
    "verify",
]
