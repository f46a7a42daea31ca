"""The word in the address of a call board (叫号屏网址), made from a key; the database knows only its hash."""

import base64
import hashlib
from uuid import UUID

from yimen.foundations.access.api import keyed_hashes

_LENGTH = 26


def board_words(hall: UUID, edition: int) -> list[str]:
    """What the word may have been: under each key of the house, newest first."""
    keyed = keyed_hashes(f"{hall}:{edition}", field="bookings_hall.board")
    return [base64.b32encode(hashlib.sha256(each.encode()).digest()).decode()[:_LENGTH] for each in keyed]


def word_hash(word: str) -> str:
    """What is kept of a word."""
    return hashlib.sha256(word.upper().encode()).hexdigest()
