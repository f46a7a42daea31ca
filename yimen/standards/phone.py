"""Telephone numbers (电话号码) of the mainland: mobile, landline, 400 and 800.

Numbering: 工业和信息化部《电信网编号计划》. A missing or odd number must never block a case: the caller decides whether a
fault is a refusal or a hint.
"""

import enum
import re
from dataclasses import dataclass

from yimen.kernel.faults import Fault
from yimen.kernel.text import narrow

_MOBILE = re.compile("1[3-9][0-9]{9}")
_LANDLINE = re.compile("(010|02[0-9]|0[3-9][0-9]{2})([2-8][0-9]{6,7})")
_SERVICE = re.compile("[48]00[0-9]{7}")
_EXTENSION = re.compile("(.*?[0-9])(?: ?(?:转|分机|ext\\.?|x|#) ?|(?<=[0-9]{7})-)([0-9]{1,6})", re.IGNORECASE)


class PhoneKind(enum.StrEnum):
    """Mobile (手机), landline (固定电话), 400 and 800 numbers (服务热线)."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"


@dataclass(frozen=True)
class Phone:
    """A number as it is kept: '13812345678', '0574-87654321', '4001234567'; the extension apart."""

    number: str
    kind: PhoneKind
    extension: str = ""

    def __str__(self) -> str:
        return f"{self.number}-{self.extension}" if self.extension else self.number


def parse_phone(text: str) -> Phone | Fault:
    """Read a typed number; +86, 0086 and 86, full-width digits, blanks, brackets and hyphens are tolerated.

    An extension follows '转', '分机', '#', 'x' or a hyphen after the full number. Refuses letters, unknown beginnings, wrong
    lengths and a landline without its area code (区号).
    """
    if _MOBILE.fullmatch(text):
        return Phone(text, PhoneKind.MOBILE)
    typed = re.sub("[‐‑‒–—―−]", "-", narrow(text))
    if not typed:
        return Fault("empty", "请填写电话号码")
    extension = ""
    if split := _EXTENSION.fullmatch(typed):
        typed, extension = split[1], split[2]
    digits = re.sub(r"[\s()\-.]", "", typed)
    digits = re.sub(r"^(?:\+86|0086|86(?=1[3-9][0-9]{9}$))", "", digits)
    if re.fullmatch("[0-9]+", digits) is None:
        return Fault("characters", "电话号码只有数字，座机请写成 0574-87654321")
    if _SERVICE.fullmatch(digits):
        return Phone(digits, PhoneKind.SERVICE, extension)
    if _MOBILE.fullmatch(digits):
        return Phone(digits, PhoneKind.MOBILE, extension)
    if landline := _LANDLINE.fullmatch(digits):
        return Phone(f"{landline[1]}-{landline[2]}", PhoneKind.LANDLINE, extension)
    return Fault(*_why_not(digits))


def _why_not(digits: str) -> tuple[str, str]:
    if digits.startswith("1"):
        if len(digits) != 11:
            return "length", f"手机号码应为 11 位，现在是 {len(digits)} 位"
        return "beginning", "手机号码的第二位应在 3 至 9 之间，请再核对一遍"
    if len(digits) in (7, 8) and digits[0] in "2345678":
        return "no_area_code", "座机号码缺少区号，请写成 0574-87654321 这样的形式"
    return "shape", "不是手机号码，也不是带区号的座机号码，请再核对一遍"
