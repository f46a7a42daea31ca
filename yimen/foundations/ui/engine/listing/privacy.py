"""What leaves the house by a list is masked (导出脱敏): whole rows leave by a request of their own, to a named receiver."""

from collections.abc import Callable
from datetime import date
from typing import Any

from yimen.foundations.ui.engine.listing.columns import Column, words
from yimen.standards.masking import (
    LeakKind,
    find_leaks,
    mask_address,
    mask_id_number,
    mask_name,
    mask_phone,
)

# An id number beside a birth date would tell what is masked in it, so of a date only the year leaves.
_MASKS: dict[str, Callable[[str], str]] = {
    "name": mask_name,
    "phone": mask_phone,
    "address": mask_address,
    "id_number": mask_id_number,
    "birth": lambda told: f"{told[:4]}年" if told[:4].isdigit() else "",
}
PRIVATE = frozenset(_MASKS)
LEAST_DIGITS = 10


def masked_value(column: Column, row: Any) -> Any:
    """The value of a cell as it may leave: what the column calls private is masked, and numbers in free words too."""
    value = column.value_of(row)
    private = column.private(row) if callable(column.private) else column.private
    if private and value not in (None, ""):
        told = value.isoformat() if isinstance(value, date) else words(value)
        return _MASKS[private](told)
    return _without_numbers(value) if isinstance(value, str) else value


def _without_numbers(text: str) -> str:
    """Id numbers, mobile numbers and cards in what somebody wrote; a landline may be an office's own."""
    if sum(map(str.isdecimal, text)) < LEAST_DIGITS:
        return text
    for leak in reversed(find_leaks(text)):
        if leak.kind is not LeakKind.LANDLINE:
            text = f"{text[: leak.start]}{leak.shown}{text[leak.end :]}"
    return text
