"""Doors as people say and write them (门牌)."""

import re
from dataclasses import dataclass

from yimen.kernel.findings import Finding
from yimen.kernel.text import narrow


@dataclass(frozen=True)
class DoorQuery:
    """What somebody typed for a door (门牌): words that may name the estate, and the parts of the number if any."""

    words: str
    building: str = ""
    unit: str = ""
    room: str = ""


_NUMBER = r"([0-9]{1,4}[A-Z]?)"
_HOUSE = r"([0-9]{1,4}[A-Z]?|[A-Z][0-9]{0,3})"
_ROOM = r"([0-9]{1,4}[A-Z]?|[A-Z][0-9]{1,4})"
_DOOR = re.compile(
    rf"^(?P<words>.*?)\s*(?:{_HOUSE}\s*(?:号楼|幢|栋|座|-|#)\s*)?(?:{_NUMBER}\s*(?P<parted>单元|-)\s*)?"
    rf"(?:[0-9]{{1,3}}[层楼]\s*)?(?:{_ROOM}\s*(?:室|号|房)?)?$"
)
_DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SPOKEN = re.compile(r"([零〇一二两三四五六七八九十]{1,5})(?=\s*(?:号楼|幢|栋|座|单元|室|层|楼))")


def parse_door(text: str) -> DoorQuery:
    """Read 东方丽都3幢2单元501室, 东方丽都 3-2-501, 三号楼二单元501, 3-501 or 东方丽都: building, unit and room as far as said.

    Full-width digits and dashes, 号楼/幢/栋/座/#, spoken numbers and a floor in between all mean the same door.
    """
    typed = _SPOKEN.sub(_as_digits, narrow(text).upper().replace("—", "-").replace("－", "-"))
    found = _DOOR.match(typed)
    if found is None:
        return DoorQuery(words=typed)
    _, building, unit, parted, room = found.groups()
    if unit and not building and parted == "-":  # 3-501 was read as unit and room
        building, unit = unit, ""
    return DoorQuery(found["words"].strip(" -，,、"), building or "", unit or "", room or "")


def _as_digits(spoken: re.Match) -> str:
    """十二 → 12, 五零一 → 501: with 十 it is a number, without it digits read out one by one."""
    word = spoken[1]
    if "十" not in word:
        return "".join(str(_DIGITS[letter]) for letter in word)
    tens, _, ones = word.partition("十")
    if not all(letter in _DIGITS for letter in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return word
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))


def door_label(building: str, unit: str, room: str) -> str:
    """The door as people write it (门牌): 3幢2单元501室."""
    return f"{building}{f'{unit}单元' if unit else ''}{room}室"


def why_not_on_this_floor(floor: int, floors: int, floors_below: int) -> Finding | None:
    """A room can only lie on a floor that the building has (楼层)."""
    if floor == 0 or floor > floors or floor < -floors_below:
        below = f"，地下{floors_below}层" if floors_below else ""
        return Finding("places.no_such_floor", f"这幢楼地上{floors}层{below}，没有第{floor}层。", "floor")
    return None
