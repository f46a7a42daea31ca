"""Addresses as search keys: 东方丽都3幢2单元501室, 3-2-501 and 3-501 are the same door."""

import re
from functools import lru_cache

from yimen.kernel.text import narrow

_DISTRICT = re.compile(
    r"^(?:\S{1,8}?(?:省|自治区))?(?:\S{1,8}?市)?(?:\S{1,8}?[区县])?"
    r"(?:\S{1,8}?(?:街道|镇|乡))?(?:\S{1,8}?(?:社区|村委会))?"
)
_DOOR = re.compile(
    r"([0-9]{1,4}[a-z]?)(?:幢|栋|号楼|座|#)(?:([0-9]{1,2})单元)?(?:[0-9]{1,2}[层楼])?([0-9]{1,4}[a-z]?)?室?$"
)
_DASHED = re.compile(r"([0-9]{1,4}[a-z]?)-(?:([0-9]{1,2})-)?([0-9]{1,4}[a-z]?)$")
_DASHES = re.compile("[‐‑‒–—―−－_/]")
_LONGEST = 60


def fold_address(text: str) -> str:
    """An address in the shape of a key: narrow, no blanks, doors with dashes ('东方丽都3幢501室' → '东方丽都3-501')."""
    folded = _DASHES.sub("-", narrow(text).casefold()).replace(" ", "")
    found = _DOOR.search(folded)
    if found:
        door = "-".join(part for part in found.groups() if part)
        # A building alone keeps its dash, so that typing on finds its rooms and not building 31.
        folded = folded[: found.start()] + (door if found[3] else door + "-")
    elif re.fullmatch(r".*[0-9]室", folded):
        folded = folded[:-1]
    return folded[:_LONGEST]


# A family and its neighbours come one after another, and most are registered where they live.
@lru_cache(maxsize=4000)
def address_keys(text: str) -> frozenset[str]:
    """Every text under which an address is found: as written, without the district, by its door, by building and room."""
    whole = fold_address(text)
    if not whole:
        return frozenset()
    keys = {whole}
    short = fold_address(_DISTRICT.sub("", narrow(text).replace(" ", ""), count=1))
    if short:
        keys.add(short)
    found = _DASHED.search(whole)
    if found:
        building, unit, room = found.groups()
        estates = {key[: -len(found[0])] for key in keys if key.endswith(found[0])}
        doors = {f"{building}-{room}"} | ({f"{building}-{unit}-{room}"} if unit else set())
        keys |= doors | {estate + door for estate in estates for door in doors}
    return frozenset(keys)


def looks_like_door(text: str) -> bool:
    """Is the text only a door: '3-201', '3幢', '3幢2单元201室'?"""
    return (
        re.fullmatch(r"[0-9]{1,4}[a-z]?-(?:[0-9]{1,4}[a-z]?(?:-[0-9]{1,4}[a-z]?)?)?", fold_address(text))
        is not None
    )
