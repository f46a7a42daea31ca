"""Keyed hashes of numbers and telephones, as search keys and as marks of uniqueness."""

from collections.abc import Iterable

from django.db import connection

from yimen.foundations.access.fields import key_is_changing, keyed_hash, keyed_hashes, lock_number
from yimen.registers.people.rules.search import Ask, Secret, fold_number, fold_phone

_FIELD_OF = {
    "d": "people_persondocument.number",
    "l": "people_persondocument.tail",
    "t": "people_person.phone",
}
SHORTEST_WITH_TAIL = 8


def number_hash(number: str) -> str:
    """The hash under which a document number is found in the whole installation."""
    return keyed_hash(fold_number(number), field=_FIELD_OF["d"])


def tail_hash(number: str) -> str:
    """The hash of the last four; "" for a number so short that four digits would give it away."""
    folded = fold_number(number)
    return keyed_hash(folded[-4:], field=_FIELD_OF["l"]) if len(folded) >= SHORTEST_WITH_TAIL else ""


def phone_key(phone: str) -> str:
    """The search key of a telephone; "" when there is none."""
    digits = fold_phone(phone)
    return "t" + keyed_hash(digits, field=_FIELD_OF["t"]) if len(digits) >= 7 else ""


def phone_keys(phone: str) -> tuple[str, ...]:
    """The search keys of a telephone under all keys in use, for looking it up; none when there is no telephone."""
    digits = fold_phone(phone)
    return (
        tuple("t" + each for each in keyed_hashes(digits, field=_FIELD_OF["t"])) if len(digits) >= 7 else ()
    )


def older_phone_keys(phone: str) -> frozenset[str]:
    """Under what a telephone may still stand while the index key is being changed; nothing while there is one key."""
    return frozenset(phone_keys(phone)[1:]) if key_is_changing() else frozenset()


def number_hashes(number: str) -> tuple[str, ...]:
    """The hashes of a number under all keys in use, for looking it up while keys are being changed."""
    return keyed_hashes(fold_number(number), field=_FIELD_OF["d"])


def one_at_a_time(hashes: Iterable[tuple[str, ...]]) -> None:
    """Whoever writes one of these numbers meanwhile is waited for, and seen; costs nothing while there is one key.

    Each is the hashes of one number. The unique index compares hashes under one key only.
    """
    if locks := sorted({lock for each in hashes if (lock := lock_number(each))}):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended('people.number:' || each, 0)) FROM unnest(%s::text[]) each",
                [locks],
            )


def bounds_of(ask: Ask) -> list[tuple[str, str]]:
    """The ranges of keys of a look-up; a secret has one for each key in use."""
    if not isinstance(ask.key, Secret):
        return [ask.bounds]
    hashes = keyed_hashes(ask.key.text, field=_FIELD_OF[ask.key.letter])
    return [Ask(ask.rank, ask.key.letter + each, prefix=False).bounds for each in hashes]
