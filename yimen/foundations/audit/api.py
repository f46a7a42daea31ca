"""The door of audit: operations, the trail, and who looked."""

from yimen.foundations.audit.choices import ReadingState
from yimen.foundations.audit.engine.attempting import attempt
from yimen.foundations.audit.engine.operation import NothingRecorded, NotInner, called, operation, verbs
from yimen.foundations.audit.engine.proving import Proven, prove
from yimen.foundations.audit.engine.reading import tallies_of
from yimen.foundations.audit.engine.recording import record, record_batch, unchanged
from yimen.foundations.audit.operations import (
    answer_unusual,
    note_backup,
    note_unusual,
    prove_numbers,
    record_look,
    seal_trail,
)
from yimen.foundations.audit.permissions import VIEW_TRAIL
from yimen.foundations.audit.queries import (
    SealState,
    Verification,
    audited_looks,
    audited_trail,
    audited_unusual,
    details_of,
    done_lately,
    heads_by_day,
    last_backup,
    last_proving,
    looked_lately,
    looks_at,
    looks_at_files,
    looks_lately,
    seal_state,
    seals_of,
    trail,
    trail_of,
    verify,
    written_at,
)
from yimen.foundations.audit.rules import ReadingRule, ReadingTally, night_hours

__all__ = [
    "VIEW_TRAIL",
    "NotInner",
    "NothingRecorded",
    "Proven",
    "ReadingRule",
    "ReadingState",
    "ReadingTally",
    "SealState",
    "Verification",
    "answer_unusual",
    "attempt",
    "audited_looks",
    "audited_trail",
    "audited_unusual",
    "called",
    "details_of",
    "done_lately",
    "heads_by_day",
    "last_backup",
    "last_proving",
    "looked_lately",
    "looks_at",
    "looks_at_files",
    "looks_lately",
    "night_hours",
    "note_backup",
    "note_unusual",
    "operation",
    "prove",
    "prove_numbers",
    "record",
    "record_batch",
    "record_look",
    "seal_state",
    "seal_trail",
    "seals_of",
    "tallies_of",
    "trail",
    "trail_of",
    "unchanged",
    "verbs",
    "verify",
    "written_at",
]
