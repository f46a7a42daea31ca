"""The door of transcripts (抄录)."""

from yimen.work.transcripts.choices import Standing
from yimen.work.transcripts.engine.loading import NoTranscript, TranscriptChanged
from yimen.work.transcripts.operations import CannotWriteBack, write_back
from yimen.work.transcripts.queries import cards_of_case, counts, transcripts

__all__ = [
    "CannotWriteBack",
    "NoTranscript",
    "Standing",
    "TranscriptChanged",
    "cards_of_case",
    "counts",
    "transcripts",
    "write_back",
]
