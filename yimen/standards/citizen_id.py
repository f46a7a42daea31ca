"""Citizen id number (公民身份号码): GB 11643-1999, and the documents of those who have another one.

Eighteen characters: division at first issue (6; abolished counties stay valid, so only the province is looked at), birth date
(8), sequence (3, its last digit odd for men and even for women), check character (ISO 7064 MOD 11-2). Residence permits for
Hong Kong, Macao and Taiwan residents (港澳台居民居住证, 国办发〔2018〕81号) begin with 81, 82, 83; the foreigner's permanent
residence card of 2023 (外国人永久居留身份证) begins with 9, then province (2) and nationality (3). Both follow the same check.
"""

import datetime
import enum
import re
from dataclasses import dataclass
from operator import mul

from yimen.kernel.faults import Fault
from yimen.kernel.periods import age_on
from yimen.kernel.text import narrow
from yimen.standards.province import PROVINCES
from yimen.standards.sex import Sex

OLDEST = 130
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FILLERS = re.compile(r"[\s\-‐‑‒–—―−·.]")


class IdKind(enum.StrEnum):
    """Whose number it is."""

    RESIDENT = "resident"
    HK_MACAO_TAIWAN_RESIDENT = "hk_macao_taiwan_resident"
    FOREIGN_RESIDENT = "foreign_resident"

    @property
    def label(self) -> str:
        """'居民身份证', '港澳台居民居住证', '外国人永久居留身份证'."""
        return _LABELS[self]


_LABELS = {
    IdKind.RESIDENT: "居民身份证",
    IdKind.HK_MACAO_TAIWAN_RESIDENT: "港澳台居民居住证",
    IdKind.FOREIGN_RESIDENT: "外国人永久居留身份证",
}


@dataclass(frozen=True)
class CitizenId:
    """A valid number of 18 characters and what it tells. `legacy` says that 15 digits were typed."""

    number: str
    division: str
    birth_date: datetime.date
    sex: Sex
    kind: IdKind
    legacy: bool = False


def parse_citizen_id(text: str, *, today: datetime.date) -> CitizenId | Fault:
    """Read a typed number; full-width digits, blanks, hyphens and a small x are tolerated.

    Fifteen digits (issued before 1999-10) are upgraded: '19' goes before the year and the check is computed. Refuses, each with
    its own sentence: wrong length, wrong characters, unknown province, a birth date that does not exist or lies after `today`,
    an age above 130, a wrong check character.
    """
    number = normalise(text)
    if not number:
        return Fault("empty", "请填写身份证号码")
    if len(number) not in (15, 18):
        return Fault("length", f"身份证号码应为 18 位，现在是 {len(number)} 位")
    if re.fullmatch("[0-9]{15}|[0-9]{17}[0-9X]", number) is None:
        return Fault("characters", "身份证号码只有数字，最后一位可以是 X")
    legacy = len(number) == 15
    if legacy:
        number = upgrade(number)
    kind = _kind_of(number)
    if kind is None:
        return Fault("division", "身份证号码的前两位不是任何省份的代码，请再核对一遍")
    birth = _date_or_none(number[6:14])
    if birth is None:
        return Fault("birth_date", f"身份证号码中的出生日期（{_spoken(number[6:14])}）不存在")
    if birth > today:
        return Fault("future", f"身份证号码中的出生日期（{_spoken(number[6:14])}）在今天之后")
    if age_on(birth, today) > OLDEST:
        return Fault("too_old", f"按身份证号码计算的年龄超过 {OLDEST} 岁，请再核对一遍")
    if check_character(number[:17]) != number[17]:
        return Fault("check", "身份证号码的校验位不对，可能有一位写错，请再核对一遍")
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return CitizenId(number, number[:6], birth, sex, kind, legacy)


def normalise(text: str) -> str:
    """The number without blanks, hyphens and full-width characters, x in capitals; not judged."""
    return _FILLERS.sub("", narrow(text)).upper()


def check_character(first17: str) -> str:
    """Position 18 for positions 1–17: '0' to '9' or 'X'."""
    if len(first17) != len(_WEIGHTS):
        raise ValueError("校验位由前 17 位算出")
    total = sum(map(mul, map(int, first17), _WEIGHTS))
    return "10X98765432"[total % 11]


def upgrade(legacy: str) -> str:
    """The 18 characters of a 15-digit number."""
    if re.fullmatch("[0-9]{15}", legacy) is None:
        raise ValueError("旧身份证号码应为 15 位数字")
    first17 = f"{legacy[:6]}19{legacy[6:]}"
    return first17 + check_character(first17)


def last_four(number: str) -> str:
    """The last four characters, by which people are asked to name a number. Never shown beside the birth date."""
    return normalise(number)[-4:]


def differences(
    citizen_id: CitizenId, *, birth_date: datetime.date | None = None, sex: Sex | None = None
) -> tuple[Fault, ...]:
    """Where typed facts differ from the number; to be shown as hints, for numbers issued in error exist."""
    found = []
    if birth_date is not None and birth_date != citizen_id.birth_date:
        found.append(Fault("birth_date_differs", "填写的出生日期与身份证号码不一致，请核对"))
    if sex in (Sex.MALE, Sex.FEMALE) and sex != citizen_id.sex:
        found.append(Fault("sex_differs", "填写的性别与身份证号码不一致，请核对"))
    return tuple(found)


def _kind_of(number: str) -> IdKind | None:
    if number[0] == "9":
        return IdKind.FOREIGN_RESIDENT if number[1:3] in PROVINCES else None
    if number[:2] in ("81", "82", "83"):
        return IdKind.HK_MACAO_TAIWAN_RESIDENT
    return IdKind.RESIDENT if number[:2] in PROVINCES else None


def _date_or_none(digits: str) -> datetime.date | None:
    try:
        return datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _spoken(digits: str) -> str:
    return f"{digits[:4]}年{int(digits[4:6])}月{int(digits[6:])}日"
