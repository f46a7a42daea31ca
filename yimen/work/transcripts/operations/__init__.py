"""The writers of transcripts."""

from yimen.work.transcripts.operations.arising import begin_transcripts, carry_over_transcripts, stop_waiting
from yimen.work.transcripts.operations.sheets import (
    PURPOSE,
    CannotReadSheet,
    confirm_sheet,
    read_sheet,
)
from yimen.work.transcripts.operations.writing import CannotWriteBack, write_back

__all__ = [
    "PURPOSE",
    "CannotReadSheet",
    "CannotWriteBack",
    "begin_transcripts",
    "carry_over_transcripts",
    "confirm_sheet",
    "read_sheet",
    "stop_waiting",
    "write_back",
]
