"""The named reads of transcripts, given the actor."""

from yimen.work.transcripts.queries.cards import Card, cards_of_case, get_card
from yimen.work.transcripts.queries.sheets import get_sheet, rows_of, sheets_before, verdicts_of
from yimen.work.transcripts.queries.transcripts import counts, get_transcript, system_choices, transcripts

__all__ = [
    "Card",
    "cards_of_case",
    "counts",
    "get_card",
    "get_sheet",
    "get_transcript",
    "rows_of",
    "sheets_before",
    "system_choices",
    "transcripts",
    "verdicts_of",
]
