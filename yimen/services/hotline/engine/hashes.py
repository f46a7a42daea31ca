"""Keyed hashes under which callers, doors and words of receipt are known again (带密钥摘要)."""

import base64
import secrets

from yimen.foundations.access.api import keyed_hash, keyed_hashes

_NUMBER, _WORD, _ADDRESS = "hotline_call.phone", "hotline_call.word", "hotline_call.address"


def number_hash(number: str) -> str:
    return keyed_hash(number, field=_NUMBER) if number else ""


def number_hashes(number: str) -> tuple[str, ...]:
    """Under all keys, also while keys are being changed."""
    return keyed_hashes(number, field=_NUMBER)


def address_hash(address: str) -> str:
    return keyed_hash(address, field=_ADDRESS) if address else ""


def address_hashes(address: str) -> tuple[str, ...]:
    """Under all keys, to count by."""
    return keyed_hashes(address, field=_ADDRESS) if address else ()


def new_word() -> str:
    """A word of receipt (查询码): thirteen letters and digits, 65 bits, kept nowhere."""
    return base64.b32encode(secrets.token_bytes(9)).decode()[:13]


def word_hash(word: str) -> str:
    """What is stored of a word; typed words may have blanks, hyphens and small letters."""
    return keyed_hash(_plain(word), field=_WORD)


def word_hashes(word: str) -> tuple[str, ...]:
    return keyed_hashes(_plain(word), field=_WORD)


def _plain(word: str) -> str:
    return "".join(letter for letter in word.upper() if letter.isascii() and letter.isalnum())
