"""Unified social credit code (统一社会信用代码): GB 32100-2015; within it the organisation code (组织机构代码): GB 11714-1997."""

import re
from dataclasses import dataclass

from yimen.kernel.faults import Fault
from yimen.kernel.text import narrow

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_UNUSED = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}

_DEPARTMENTS = {"1": "机构编制", "5": "民政", "9": "市场监管"}
_CATEGORIES = {
    ("1", "1"): "机关",
    ("1", "2"): "事业单位",
    ("1", "3"): "群众团体",
    ("1", "9"): "其他",
    ("5", "1"): "社会团体",
    ("5", "2"): "民办非企业单位",
    ("5", "3"): "基金会",
    ("5", "9"): "其他",
    ("9", "1"): "企业",
    ("9", "2"): "个体工商户",
    ("9", "3"): "农民专业合作社",
}


@dataclass(frozen=True)
class CreditCode:
    """A valid code taken apart: registering department, category, division (6 digits), organisation code (9 characters).

    `organisation_code_holds` is only a hint: old organisation codes exist that break their own check.
    """

    number: str
    department: str
    category: str
    division: str
    organisation_code: str
    organisation_code_holds: bool

    @property
    def kind(self) -> str:
        """What registered it, in words: '民政登记的民办非企业单位'; '' where we do not know the department."""
        department = _DEPARTMENTS.get(self.department)
        category = _CATEGORIES.get((self.department, self.category), "组织")
        return f"{department}登记的{category}" if department else ""


def parse_credit_code(text: str) -> CreditCode | Fault:
    """Read a typed code; full-width characters, blanks, hyphens and small letters are tolerated.

    Refuses a wrong length, characters outside the alphabet of the norm (I, O, S, V, Z are not used), a division that is not
    six digits, a wrong check character. Test numbers: 91110000600037341L, 53100000500020288W.
    """
    number = re.sub(r"[\s\-‐–—]", "", narrow(text)).upper()
    if not number:
        return Fault("empty", "请填写统一社会信用代码")
    if len(number) != 18:
        return Fault("length", f"统一社会信用代码应为 18 位，现在是 {len(number)} 位")
    for character in number:
        if character in _UNUSED:
            return Fault(
                "characters", f"统一社会信用代码不使用字母 {character}，是否应为 {_UNUSED[character]}？"
            )
        if character not in _ALPHABET:
            return Fault("characters", "统一社会信用代码只有数字和大写字母")
    if not number[2:8].isdigit():
        return Fault("division", "统一社会信用代码的第 3 至 8 位是登记机关区划，应为数字")
    if check_character(number[:17]) != number[17]:
        return Fault("check", "统一社会信用代码的校验位不对，可能有一位写错，请再核对一遍")
    organisation = number[8:17]
    return CreditCode(
        number,
        number[0],
        number[1],
        number[2:8],
        organisation,
        organisation_check_character(organisation[:8]) == organisation[8],
    )


def check_character(first17: str) -> str:
    """Position 18 of the credit code for positions 1–17 (weights 3^(i−1) mod 31)."""
    total = sum(
        _ALPHABET.index(character) * weight for character, weight in zip(first17, _WEIGHTS, strict=True)
    )
    return _ALPHABET[-total % 31]


def organisation_check_character(first8: str) -> str:
    """Position 9 of the organisation code for positions 1–8 (letters A=10 … Z=35, mod 11)."""
    total = sum(
        int(character, 36) * weight for character, weight in zip(first8, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]
