"""The one search box: which keys a person is found under, and which keys a typed text asks for.

A key begins with one letter: n name, s a later part of the name, p pinyin, i initials, a address, f file number,
d keyed hash of a document number, l keyed hash of the last four, t keyed hash of a telephone. Those that need the
house's secret are named here and hashed by the engine.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from yimen.kernel.pinyin import KeyKind, name_keys, query_key
from yimen.kernel.text import is_all_han, is_han, narrow
from yimen.registers.people.rules.addresses import address_keys, fold_address, looks_like_door
from yimen.standards.citizen_id import upgrade

LONGEST_KEY = 200
_LAST = "\U0010ffff"
_FILLERS = re.compile(r"[\s\-()]")
_NO_DIGIT = re.compile("[^0-9]")
_LETTER_OF = {
    KeyKind.NAME: "n",
    KeyKind.GIVEN: "s",
    KeyKind.PINYIN: "p",
    KeyKind.GIVEN_PINYIN: "p",
    KeyKind.INITIALS: "i",
}


@dataclass(frozen=True, order=True)
class Secret:
    """A key that must be hashed first: ``letter`` d, l or t, and the plain text."""

    letter: str
    text: str


@dataclass(frozen=True)
class Ask:
    """One look-up: ``key`` exactly, or everything that begins with it. A smaller ``rank`` is the better answer.

    Of what begins with a key, the key itself sorts first and counts half a rank better.
    """

    rank: int
    key: str | Secret
    prefix: bool

    @property
    def bounds(self) -> tuple[str, str]:
        """The half-open range of a plain key in C collation."""
        key = str(self.key)
        return (key, key + _LAST) if self.prefix else (key, key + "\x01")


@dataclass(frozen=True)
class Search:
    """What was typed, understood: for each word the look-ups of which one must hit; ``id_number`` when it is complete."""

    words: tuple[tuple[Ask, ...], ...]
    id_number: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


# Names repeat, the more the commoner they are.
@lru_cache(maxsize=20_000)
def keys_of_name(name: str) -> frozenset[str]:
    """Plain keys of a name: whole, every later part (小明 of 王小明, 明), pinyin in every reading, initials."""
    found = {_LETTER_OF[kind] + key for kind, key in name_keys(name)}
    whole = query_key(name)
    if is_all_han(whole):
        found |= {"s" + whole[start:] for start in range(1, len(whole))}
    return frozenset([key[:LONGEST_KEY] for key in found])


def plain_keys(*, names: Iterable[str], addresses: Iterable[str], number: str) -> frozenset[str]:
    """All keys of a person that need no secret."""
    keys = {key for name in names for key in keys_of_name(name)}
    keys |= {"a" + key for address in addresses for key in address_keys(address)}
    return frozenset(keys | {"f" + number})


def fold_number(text: str) -> str:
    """A document number for comparing: narrow, no blanks or dashes, capitals."""
    plain = text if text.isascii() and text.isalnum() else _FILLERS.sub("", narrow(text))
    return plain.upper()


def number_forms(number: str) -> tuple[str, ...]:
    """A number, and the other way an id number was written: 15 digits before 1999, 18 since (旧号码)."""
    folded = fold_number(number)
    if re.fullmatch("[0-9]{15}", folded):
        return folded, upgrade(folded)
    if re.fullmatch("[0-9]{6}19[0-9]{9}[0-9X]", folded):
        return folded, folded[:6] + folded[8:17]
    return (folded,)


def fold_phone(text: str) -> str:
    """A telephone number for comparing: digits only, without the country code."""
    digits = text if text.isascii() and text.isdigit() else _NO_DIGIT.sub("", narrow(text))
    return digits[2:] if digits.startswith("86") and len(digits) == 13 else digits


def understand(text: str) -> Search:
    """Decide by its shape what a typed text asks for; an empty search for nothing or for only signs."""
    typed = narrow(text)
    whole = fold_number(typed)
    if as_id_number(typed):
        forms = [Ask(0, Secret("d", form), prefix=False) for form in number_forms(whole)]
        return Search(((*forms, Ask(1, "f" + whole, prefix=False)),), id_number=whole)
    if re.fullmatch(r"\+?[0-9][0-9 \-]*[0-9X]", typed.upper()) and not looks_like_door(typed):
        return Search((_digits(whole.lstrip("+")),))
    words = tuple(asks for asks in (_word(word) for word in typed.split()) if asks)
    if len(words) > 1 and all(word.isascii() for word in typed.split()) and not re.search("[0-9]", typed):
        words = (_latin(typed),)  # 'wang xiaoming', 'John Smith': one name
    return Search(words[:3])


def as_id_number(text: str) -> str:
    """The typed text as an id number when it has the shape of a complete one (完整证件号码), right or wrong; else ""."""
    folded = fold_number(text)
    return folded if re.fullmatch(r"[0-9]{17}[0-9X]|[0-9]{15}", folded) else ""


def _word(word: str) -> tuple[Ask, ...]:
    folded = fold_number(word)
    if looks_like_door(word):
        return (Ask(0, "a" + fold_address(word), prefix=True),)
    if re.fullmatch("[0-9]{2,}[0-9X]|[0-9]{1,2}", folded):
        return _digits(folded)
    if re.fullmatch("(?=.*[0-9])(?=.*[A-Z])[0-9A-Z]+", folded):
        return (Ask(0, Secret("d", folded), prefix=False), *_latin(word))
    if any(map(is_han, word)):
        name = query_key(word)
        if re.search("[0-9]", folded):  # an address, or a number with characters in it (潘2009字0117)
            return (Ask(0, Secret("d", folded), prefix=False), Ask(1, "a" + fold_address(word), prefix=True))
        asks = [Ask(1, "n" + name, prefix=True), Ask(2, "s" + name, prefix=True)]
        return (*asks, Ask(3, "a" + fold_address(word), prefix=True))
    return _latin(word)


def _latin(word: str) -> tuple[Ask, ...]:
    key = query_key(word)
    if not key:
        return ()
    return Ask(1, "p" + key, prefix=True), Ask(2, "i" + key, prefix=True)


def _digits(digits: str) -> tuple[Ask, ...]:
    if not re.fullmatch("[0-9]*[0-9X]", digits):
        return ()
    asks = []
    if len(digits) == 4:
        asks.append(Ask(0, Secret("l", digits), prefix=False))
    if len(digits) >= 7:
        asks += [
            Ask(0, Secret("t", fold_phone(digits)), prefix=False),
            Ask(1, Secret("d", digits), prefix=False),
        ]
        asks.append(Ask(2, "f" + digits, prefix=False))
    if len(digits) <= 4:
        asks.append(Ask(2, "a" + digits.casefold(), prefix=True))
    elif len(digits) < 7:
        asks.append(Ask(2, Secret("d", digits), prefix=False))
    return tuple(asks)
