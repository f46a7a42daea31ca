"""What a newer national list changes (全国区划清单)."""

import re
from collections.abc import Mapping
from typing import NamedTuple

NATIONAL_DIGITS = (2, 4, 6, 9, 12)
_NATIONAL_LEVELS = {2: "省", 4: "市", 6: "区县", 9: "街道（乡镇）", 12: "社区（村）"}


def is_national_code(text: str) -> bool:
    """Is this a code of the national list (区划代码)? Two digits for a province, then four, six, nine and twelve."""
    return len(text) in NATIONAL_DIGITS and text.isascii() and text.isdigit() and text[0] != "0"


def national_level(digits: int) -> str:
    """What so many digits stand for (层级)."""
    return _NATIONAL_LEVELS[digits]


class ListChange(NamedTuple):
    """What a list of areas changes (清单差异): codes that are new, called otherwise, and gone."""

    new: set[str]
    renamed: set[str]
    ended: set[str]


def compare_lists(standing: Mapping[str, str], listed: Mapping[str, str]) -> ListChange:
    """Compare what stands with a list (比对清单), both names by code.

    A code is gone when the list names others of its parent and not it; with it goes all below. A list of some streets says
    nothing of the rest of the country.
    """
    spoken_of = {(len(code), _national_parent(code)) for code in listed}
    missing = [code for code in standing if code not in listed]
    gone = {code for code in missing if (len(code), _national_parent(code)) in spoken_of}
    return ListChange(
        new={code for code in listed if code not in standing},
        renamed={code for code, name in listed.items() if standing.get(code, name) != name},
        ended={code for code in missing if any(code[:digits] in gone for digits in NATIONAL_DIGITS)}
        if gone
        else set(),
    )


def _national_parent(code: str) -> str:
    return code[: max((digits for digits in NATIONAL_DIGITS if digits < len(code)), default=0)]


def area_of_committee(name: str) -> str:
    """The area that an entry of the list means (区域名称): 东莺社区居委会 → 东莺社区, 王家村委会 → 王家村, 潘火街道 stays."""
    plain = re.sub(r"(居民委员会|居委会)$", "", name)
    if plain != name:
        return plain if plain.endswith(("社区", "村", "区")) else f"{plain}社区"
    plain = re.sub(r"(村民委员会|村委会)$", "", name)
    if plain != name:
        return plain if plain.endswith("村") else f"{plain}村"
    return name
