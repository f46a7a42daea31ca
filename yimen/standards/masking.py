"""Masking for lists that the public sees, and a scan for what must not be in them (公示脱敏).

There is no national norm for the table; it is the usual practice (for showing personal information at all: GB/T
35273-2020, 个人信息的展示限制). Masking is not anonymity: a list says no more than its matter needs. Disease, disability and
family matters never go into a public list, and no function here makes them fit.
"""

import enum
import re
from dataclasses import dataclass

from yimen.kernel.text import clean_line, clean_name
from yimen.standards.citizen_id import check_character

NOT_PUBLISHED = "（不公开姓名）"

_BUILDING = re.compile(r".*?[0-9０-９A-Za-z一二三四五六七八九十甲乙丙丁东西南北中]+\s*(?:号楼|幢|栋|座)")
_STREET_NUMBER = re.compile(r".*?[0-9]+(?:-[0-9]+)?\s*(?:弄\s*[0-9]+\s*)?号(?!线|院|小区|社区|村)")
_ROOM = re.compile(
    r"\s*(?:(?:[0-9A-Za-z一二三四五六七八九十甲乙丙丁]+\s*(?:单元|门|层|楼|室|户|房))+[0-9A-Za-z]*|[0-9]+(?:[-－—#][0-9]+)*)\s*$"
)
_HYPHENED = re.compile(r"(.*?[0-9A-Za-z]+)\s*(?:[-－—#][0-9A-Za-z]+)+\s*室?$")


def mask_name(name: str) -> str:
    """A name for a public list: 张三 → '张*', 张三丰 → '张*丰', 欧阳娜娜 → '欧**娜', 阿依古丽·买买提 → '阿******提'.

    Two characters keep the first; longer names keep first and last with a star for each between; one character is '*'.
    """
    name = clean_name(name)
    if len(name) <= 2:
        return name[:1] + "*" if len(name) == 2 else "*" * len(name)
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def public_name(name: str, *, is_minor: bool, is_unattended: bool = False) -> str:
    """What a public list shows for a person: the masked name; of minors, orphans and unattended children (孤儿、事实无人抚养儿童)
    no part of the name at all. The answer is the same for all of them, so it does not tell which it is."""
    return NOT_PUBLISHED if is_minor or is_unattended else mask_name(name)


def mask_id_number(number: str) -> str:
    """A document number for internal screens: '440106********1234', 'H1****78', 'E1****78'.

    A public list never shows one, masked or not; nor may a screen show this beside the birth date.
    """
    if len(number) in (15, 18):
        return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"
    if len(number) < 6:
        return "*" * len(number)
    return f"{number[:2]}{'*' * (len(number) - 4)}{number[-2:]}"


def mask_phone(number: str) -> str:
    """A telephone number: '138****5678', '0574-****4321'; an extension goes."""
    digits = re.sub("[^0-9]", "", number)
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[:3]}****{digits[-4:]}"
    if landline := re.fullmatch("(010|02[0-9]|0[3-9][0-9]{2})-?([0-9]{3,4})([0-9]{4})(?:-[0-9]+)?", number):
        return f"{landline[1]}-{'*' * len(landline[2])}{landline[3]}"
    return "*" * max(len(digits) - 2, 0) + digits[-2:] if len(digits) > 4 else "*" * len(digits)


def mask_bank_card(number: str) -> str:
    """A bank card or account by its last four digits: '尾号 1234'."""
    digits = re.sub("[^0-9]", "", number)
    return f"尾号 {digits[-4:]}" if len(digits) > 8 else "尾号 ****"


def mask_address(address: str) -> str:
    """An address down to the building: unit, floor and room go.

    '学府一号小区3幢2单元501室' → '学府一号小区3幢'; '中山路12号301室' → '中山路12号'; '花园新村3-2-501' → '花园新村3'.
    Where no building can be told, whatever looks like a room at the end goes.
    """
    line = clean_line(address)
    for pattern in (_BUILDING, _STREET_NUMBER):
        if found := pattern.match(line):
            return found[0]
    if found := _HYPHENED.fullmatch(line):
        return found[1]
    while _ROOM.search(line):
        line = _ROOM.sub("", line)
    return line


class LeakKind(enum.StrEnum):
    """What was found. A landline may be meant: a notice names the office's own."""

    ID_NUMBER = "id_number"
    MOBILE = "mobile"
    LANDLINE = "landline"
    BANK_CARD = "bank_card"

    @property
    def label(self) -> str:
        return {
            "id_number": "身份证号码",
            "mobile": "手机号码",
            "landline": "座机号码",
            "bank_card": "银行卡号",
        }[self.value]


@dataclass(frozen=True)
class Leak:
    """A place in a text: `text[start:end]`. `shown` is masked, so that a message about a leak does not leak again."""

    kind: LeakKind
    start: int
    end: int
    shown: str


_GAP = r"[ \u3000\-]?"
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_BEFORE, _AFTER = r"(?<![0-9A-Za-z*])", r"(?![0-9A-Za-z*])"
_LANDLINE = r"\(?(?:010|02[0-9]|0[3-9][0-9]{2})\)?[ \-]?[2-8][0-9]{2,3}[ \-]?[0-9]{4}"
_PATTERNS = (
    (
        LeakKind.ID_NUMBER,
        re.compile(
            rf"(?<![0-9*])[1-9][0-9]{{5}}(?:18|19|20)[0-9]{{2}}{_MONTH_DAY}[0-9]{{3}}[0-9Xx](?![0-9*])"
        ),
    ),
    (LeakKind.ID_NUMBER, re.compile(rf"{_BEFORE}[1-9](?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx]{_AFTER}")),
    (LeakKind.ID_NUMBER, re.compile(rf"{_BEFORE}[1-8][0-9]{{5}}[0-9]{{2}}{_MONTH_DAY}[0-9]{{3}}{_AFTER}")),
    (
        LeakKind.BANK_CARD,
        re.compile(rf"(?<![0-9*])[3-69][0-9]{{3}}(?:{_GAP}[0-9]{{4}}){{3}}(?:{_GAP}[0-9]{{1,3}})?(?![0-9*])"),
    ),
    (LeakKind.BANK_CARD, re.compile(r"(?<![0-9*])[3-69][0-9]{15,18}(?![0-9*])")),
    (
        LeakKind.MOBILE,
        re.compile(rf"(?<![0-9*])(?:(?:\+|00)?86{_GAP})?1[3-9][0-9](?:{_GAP}[0-9]{{4}}){{2}}(?![0-9*])"),
    ),
    (LeakKind.MOBILE, re.compile(rf"(?<![0-9*])1[3-9][0-9]{{2}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{4}}(?![0-9*])")),
    (LeakKind.LANDLINE, re.compile(rf"(?<![0-9*]){_LANDLINE}(?![0-9*])")),
)
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(dash): ord("-") for dash in "‐‑‒–—―−－"
}


def find_leaks(text: str) -> tuple[Leak, ...]:
    """Id numbers, mobile and landline numbers and bank cards in a text that is to be published, in order of place.

    Written together, an id number is reported by its shape and birth date even when its check is wrong (a slip of the pen
    leaks as much); written with gaps only when the check holds. A bank card must pass Luhn (ISO/IEC 7812-1). Masked numbers
    are left alone. A help for the second pair of eyes, not a proof that a text is clean.
    """
    folded = text.translate(_FOLD)  # character by character, so that places stay the same
    found: list[Leak] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            bare = re.sub("[^0-9Xx]", "", match[0]).upper()
            overlaps = any(match.start() < leak.end and leak.start < match.end() for leak in found)
            if not overlaps and _is_likely(kind, bare, match[0]):
                found.append(Leak(kind, *match.span(), _shown(kind, bare)))
    return tuple(sorted(found, key=lambda leak: leak.start))


def _is_likely(kind: LeakKind, bare: str, written: str) -> bool:
    if kind is LeakKind.ID_NUMBER and len(written) > len(bare):
        return len(bare) == 18 and check_character(bare[:17]) == bare[17]
    if (
        kind is LeakKind.ID_NUMBER
        and len(bare) == 18
        and re.fullmatch(f".{{6}}(?:18|19|20)..{_MONTH_DAY}.{{4}}", bare) is None
    ):
        return False
    return _passes_luhn(bare) if kind is LeakKind.BANK_CARD else True


def _passes_luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return len(digits) >= 16 and sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _shown(kind: LeakKind, bare: str) -> str:
    if kind is LeakKind.BANK_CARD:
        return mask_bank_card(bare)
    return f"{bare[:3]}****{bare[-2:]}"
