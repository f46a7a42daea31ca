"""Nested area codes (区域代码).

An area code is trimmed to its level: 6 digits for a county (区县), 9 for a street (街道), 12 for a community (社区),
15 for a grid (网格). The shape follows the national statistical code (统计用区划代码, 国家统计局
《统计用区划代码和城乡划分代码编制规则》), but a code is issued by the product and never reused; so only the shape is judged
here, never whether a place exists. Codes are text: zeros count.
"""

import enum
import re

_SHAPE = re.compile(r"[1-9][0-9]{5}(?:[0-9]{3}){0,3}")


class AreaCodeError(ValueError):
    """The text is not an area code. Carries a Chinese sentence."""


class Level(enum.StrEnum):
    """The four levels of an area, widest first."""

    COUNTY = "county"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"

    @property
    def label(self) -> str:
        """The Chinese word: 区县, 街道, 社区, 网格."""
        return _LABELS[self]

    @property
    def digits(self) -> int:
        """How many digits a code of this level has."""
        return _DIGITS[self]


_LABELS = {Level.COUNTY: "区县", Level.STREET: "街道", Level.COMMUNITY: "社区", Level.GRID: "网格"}
_DIGITS = {Level.COUNTY: 6, Level.STREET: 9, Level.COMMUNITY: 12, Level.GRID: 15}
_LEVELS = {digits: level for level, digits in _DIGITS.items()}


def is_area_code(text: object) -> bool:
    """Whether the text has the shape of an area code: 6, 9, 12 or 15 ASCII digits, the first not zero."""
    return isinstance(text, str) and _SHAPE.fullmatch(text) is not None


def level(code: str) -> Level:
    """The level of a code: '330212007' → STREET. Refuses what is not an area code."""
    return _LEVELS[len(_checked(code))]


def code_at(code: str, wanted: Level) -> str | None:
    """The code trimmed to the wanted level, or None when the code is itself wider than that."""
    return _checked(code)[: wanted.digits] if len(code) >= wanted.digits else None


def parent(code: str) -> str | None:
    """The next wider code: a community's street, a street's county. A county has none."""
    return _checked(code)[:-3] if len(code) > Level.COUNTY.digits else None


def county_of(code: str) -> str:
    """The county a code lies in; every code has one."""
    return _checked(code)[: Level.COUNTY.digits]


def street_of(code: str) -> str | None:
    """The street a code lies in (itself for a street), or None for a county."""
    return code_at(code, Level.STREET)


def community_of(code: str) -> str | None:
    """The community a code lies in (itself for a community), or None for a street or a county."""
    return code_at(code, Level.COMMUNITY)


def lineage(code: str) -> tuple[str, ...]:
    """The code with all wider ones, widest first: ('330212', '330212007', '330212007001')."""
    _checked(code)
    return tuple(code[:digits] for digits in _LEVELS if digits <= len(code))


def covers(prefix: str, code: str) -> bool:
    """Whether the area `prefix` contains the area `code`, or is that area.

    Both must be area codes: an empty or half-typed prefix is refused instead of covering everything, so that a reach
    built from bad data fails closed.
    """
    return _checked(code).startswith(_checked(prefix))


def bounds(code: str) -> tuple[str, str]:
    """The half-open range of texts that the area covers, for an index in C collation: code >= low and code < high."""
    return _checked(code), code + ":"  # ':' is the character after '9'


def _checked(code: str) -> str:
    if not is_area_code(code):
        raise AreaCodeError("区域代码应为 6、9、12 或 15 位数字，分别对应区县、街道、社区、网格")
    return code
