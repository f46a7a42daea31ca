"""The address on a printed sheet (申报码): signed, for one building or dwelling, and only until a day."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yimen.foundations.access.api import keyed_hash, keyed_hashes

BUILDING, DWELLING = "b", "d"
_FIELD = "people_declaration.sheet"
_SIGNED = 26


@dataclass(frozen=True)
class Sheet:
    """What a sheet is for (申报纸): a building or one dwelling, and its last day."""

    kind: str
    place: UUID
    until: date


def word_of_sheet(sheet: Sheet) -> str:
    """The last piece of the address that stands in the code."""
    told = f"{sheet.kind}{sheet.place.hex}{sheet.until:%Y%m%d}"
    return told + _signature(keyed_hash(told, field=_FIELD))


def sheet_of_word(word: str, *, on: date) -> Sheet | None:
    """The sheet, None when it was not made here or has run out; nobody learns which of the two."""
    told, signed = word[:41], word[41:]
    if len(signed) != _SIGNED or not word.isascii():
        return None
    if not any(
        hmac.compare_digest(signed.upper(), _signature(one)) for one in keyed_hashes(told, field=_FIELD)
    ):
        return None
    sheet = Sheet(told[0], UUID(told[1:33]), date.fromisoformat(told[33:]))
    return sheet if on <= sheet.until else None


def source_hash(source: str) -> str:
    """Under what the place a declaration came from is counted (来源摘要), not read back."""
    return keyed_hash(source, field="people_declaration.source") if source else ""


def source_hashes(source: str) -> tuple[str, ...]:
    """The same under every key, to count by."""
    return keyed_hashes(source, field="people_declaration.source") if source else ()


def sent_hashes(sent_as: str) -> tuple[str, ...]:
    """Under what a page may have been kept."""
    return keyed_hashes(sent_as[:200], field="people_declaration.sent") if sent_as else ()


def sent_hash(sent_as: str) -> str:
    """Under what a page sent twice is known again."""
    return keyed_hash(sent_as[:200], field="people_declaration.sent") if sent_as else ""


def _signature(keyed: str) -> str:
    return base64.b32encode(hashlib.sha256(keyed.encode()).digest()).decode()[:_SIGNED]
