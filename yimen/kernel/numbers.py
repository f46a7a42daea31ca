"""Numbers that people say, type and write on a folder.

`CaseNumber` (办件编号) is what a resident is given; gaps are allowed. `ArchiveNumber` (档号) is given once, at hand-over to the
archive, without gaps; the operation that gives it counts, here is only its shape.
"""

import datetime
import re
from dataclasses import dataclass

from yimen.kernel.areas import Level, is_area_code, level
from yimen.kernel.faults import Fault
from yimen.kernel.text import clean_line, narrow

_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−_/]")
_CATEGORY = re.compile(r"[\w]{1,12}")


@dataclass(frozen=True)
class CaseNumber:
    """A case number: street short code (3 digits) + yymmdd + sequence of the day (4 to 6 digits) + check digit.

    Written '007-261121-0042-7', kept and searched as digits only. The street short code is the last three digits of the
    street's area code, unique within a county. The day is between 2000 and 2099. The check digit follows ISO/IEC 7064
    MOD 11,10: of the standard systems it is the one whose check is a single decimal digit, so the number can be
    typed on a phone's number pad and said aloud; MOD 11-2 needs an X and MOD 97-10 two digits. It finds every single wrong
    digit and nearly every exchange of two neighbours.
    """

    street: str
    day: datetime.date
    sequence: int

    def __post_init__(self) -> None:
        if re.fullmatch("[0-9]{3}", self.street) is None:
            raise ValueError("街道短码应为 3 位数字")
        if not 2000 <= self.day.year <= 2099:
            raise ValueError("办件编号只能表示 2000 至 2099 年")
        if not 1 <= self.sequence <= 999_999:
            raise ValueError("当日流水号应在 1 至 999999 之间")

    @property
    def digits(self) -> str:
        """The number without hyphens: '00726112100427'."""
        body = f"{self.street}{self.day:%y%m%d}{self.sequence:04d}"
        return body + check_digit(body)

    def __str__(self) -> str:
        return spoken_case_number(self.digits)


def spoken_case_number(digits: str) -> str:
    """The digits of a case number as people read them aloud: 007-261121-0042-7."""
    return f"{digits[:3]}-{digits[3:9]}-{digits[9:-1]}-{digits[-1]}"


def check_digit(digits: str) -> str:
    """The check digit of ISO/IEC 7064 MOD 11,10 for a text of decimal digits."""
    if re.fullmatch("[0-9]+", digits) is None:
        raise ValueError("校验位只能由数字计算")
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def parse_case_number(text: str) -> CaseNumber | Fault:
    """Read a typed case number; blanks, hyphens of any kind and full-width digits are tolerated."""
    digits = _SEPARATORS.sub("", narrow(text))
    if not digits:
        return Fault("empty", "请填写办件编号")
    if re.fullmatch("[0-9]+", digits) is None:
        return Fault("characters", "办件编号只有数字，请检查是否混入了字母或汉字")
    if not 14 <= len(digits) <= 16:
        return Fault("length", f"办件编号应为 14 至 16 位数字，现在是 {len(digits)} 位")
    if check_digit(digits[:-1]) != digits[-1]:
        return Fault("check", "办件编号的校验位不对，可能有一位写错，请再核对一遍")
    try:
        day = datetime.date(2000 + int(digits[3:5]), int(digits[5:7]), int(digits[7:9]))
        number = CaseNumber(digits[:3], day, int(digits[9:-1]))
    except ValueError:
        return Fault("date", "办件编号中的日期不存在，请再核对一遍")
    if number.digits != digits:  # a sequence padded with more zeros than we write
        return Fault("length", "办件编号的流水号写法不对，请再核对一遍")
    return number


@dataclass(frozen=True)
class ArchiveNumber:
    """An archive number 年度-社区-类别-流水, for instance '2026-330212007001-低保-0012'.

    `area` is the code of the community that keeps the file, or of the street where the street keeps it. `category` is one
    word of letters, digits or Han without hyphen. `serial` counts from 1 within year, area and category.
    """

    year: int
    area: str
    category: str
    serial: int

    def __post_init__(self) -> None:
        if not 1900 <= self.year <= 9999:
            raise ValueError("档号的年度应为四位数")
        if not is_area_code(self.area) or level(self.area) not in (Level.STREET, Level.COMMUNITY):
            raise ValueError("档号的单位应为社区或街道的区域代码")
        if _CATEGORY.fullmatch(self.category) is None:
            raise ValueError("档号的类别应为 1 至 12 个汉字、字母或数字，不含横线")
        if self.serial < 1:
            raise ValueError("档号的流水从 1 开始")

    def __str__(self) -> str:
        return f"{self.year}-{self.area}-{self.category}-{self.serial:04d}"


def parse_archive_number(text: str) -> ArchiveNumber | Fault:
    """Read a typed archive number with hyphens of any kind."""
    parts = [part.strip() for part in re.split("[-‐‑‒–—―−－]", clean_line(text))]
    if len(parts) != 4 or not all(re.fullmatch("[0-9]+", parts[place]) for place in (0, 1, 3)):
        return Fault("shape", "档号由年度、社区、类别、流水四段组成，中间用横线隔开")
    try:
        return ArchiveNumber(int(parts[0]), parts[1], parts[2], int(parts[3]))
    except ValueError as error:
        return Fault("shape", str(error))
