"""What may be kept as a filter of the residents' list (常用筛选)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from yimen.standards.masking import find_leaks

MOST_OWN = 30
LONGEST_NAME = 20


@dataclass(frozen=True)
class Ages:
    """A band of ages (年龄段), from the birthday of the youngest to the day before that of who is too old."""

    label: str
    least: int
    most: int


AGES = {
    "0-5": Ages("5岁以下", 0, 5),
    "6-17": Ages("6至17岁", 6, 17),
    "18-59": Ages("18至59岁", 18, 59),
    "60-79": Ages("60至79岁", 60, 79),
    "80": Ages("80岁以上", 80, 150),
}


def born_between(band: str, *, on: date) -> tuple[date, date]:
    """From which day until which day those of a band were born (出生日期范围)."""
    ages = AGES[band]
    return _years_before(on, ages.most + 1) + timedelta(days=1), _years_before(on, ages.least)


def _years_before(on: date, years: int) -> date:
    leap = (on.month, on.day) == (2, 29)
    # Of a year without the 29th of February, who was born on the 28th is old enough and who was born on 1 March is not.
    return (
        on.replace(year=on.year - years, day=28) if leap and years % 4 else on.replace(year=on.year - years)
    )


def why_not_save(*, name: str, conditions: Mapping[str, str], own: int, taken: bool) -> str:
    """Why a filter cannot be kept like this (为什么不能保存); "" when it can."""
    if not name:
        return "请给这组条件起个名称。"
    if len(name) > LONGEST_NAME:
        return f"名称最多{LONGEST_NAME}个字。"
    if find_leaks(name):
        return "名称里不要写号码：名称会给别人看到，只写是哪一类人。"
    if not conditions:
        return "请先选条件，再保存。"
    if taken:
        return f"您已经有一个叫“{name}”的常用筛选，请换个名称。"
    if own >= MOST_OWN:
        return f"最多保存{MOST_OWN}个常用筛选，请先删除不用的。"
    return ""
