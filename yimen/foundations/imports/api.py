"""The door of imports (导入)."""

from yimen.foundations.imports.choices import BatchState, Way
from yimen.foundations.imports.engine.reading import CannotRead, rows_under
from yimen.foundations.imports.engine.standing import named_elsewhere
from yimen.foundations.imports.operations.batches import (
    CannotImport,
    NotNow,
    begin_check,
    begin_undo,
    begin_writing,
    drop_batch,
    read_again,
    resume_batch,
    scrub_batches,
    stop_batch,
    upload_batch,
)
from yimen.foundations.imports.permissions import RUN
from yimen.foundations.imports.queries import (
    NoBatch,
    Origin,
    batches,
    get_batch,
    origin_table,
    origins,
    progress_of,
    subjects_of,
)
from yimen.foundations.imports.rules import (
    LOST_SENTENCE,
    find_head,
    known_words,
    lost_digits,
    plain_value,
    proposed,
    read_day,
)

__all__ = [
    "LOST_SENTENCE",
    "RUN",
    "BatchState",
    "CannotImport",
    "CannotRead",
    "NoBatch",
    "NotNow",
    "Origin",
    "Way",
    "batches",
    "begin_check",
    "begin_undo",
    "begin_writing",
    "drop_batch",
    "find_head",
    "get_batch",
    "known_words",
    "lost_digits",
    "named_elsewhere",
    "origin_table",
    "origins",
    "plain_value",
    "progress_of",
    "proposed",
    "read_again",
    "read_day",
    "resume_batch",
    "rows_under",
    "scrub_batches",
    "stop_batch",
    "subjects_of",
    "upload_batch",
]
