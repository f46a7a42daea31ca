"""Codes and names of areas (区域编码)."""

import re
from collections.abc import Iterable

from yimen.kernel.areas import Level, is_area_code, level

SERIAL_DIGITS = 3


def child_level(parent: str) -> Level | None:
    """The level of areas directly inside ``parent`` (下一级); a grid has none, "" stands above the counties."""
    order = list(Level)
    if not parent:
        return order[0]
    place = order.index(level(parent)) + 1
    return order[place] if place < len(order) else None


def next_code(parent: str, issued: Iterable[str], *, wanted: str = "") -> str | None:
    """The code to issue inside ``parent`` (发号): the wanted one if it fits and was never issued, else the next serial.

    ``issued`` are all codes ever issued inside, of closed areas too: a code is never used again. None when all 999
    serials are spent.
    """
    taken = set(issued)
    fits = wanted.startswith(parent) and len(wanted) == len(parent) + SERIAL_DIGITS and is_area_code(wanted)
    if fits and wanted not in taken:
        return wanted
    serial = max((int(code[-SERIAL_DIGITS:]) for code in taken), default=0) + 1
    if serial <= 999:
        return f"{parent}{serial:03d}"
    free = (f"{parent}{number:03d}" for number in range(1, 1000))
    return next((code for code in free if code not in taken), None)


def short_name(name: str) -> str:
    """The name as people say it (简称): 潘火街道 → 潘火, 东莺社区居委会 → 东莺."""
    return (
        re.sub(r"(社区居委会|社区居民委员会|村村委会|村民委员会|居委会|社区|街道|镇|乡)$", "", name) or name
    )
