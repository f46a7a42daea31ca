"""Half-open periods, months, ages (期间、月份、周岁)."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from yimen.kernel.faults import Fault
from yimen.kernel.text import narrow


@dataclass(frozen=True)
class Period:
    """Days from `since` (included) to `until` (not included); without `until` it has no end yet.

    A period may be empty (`since == until`): a pause that ended on the day it began. `until` before `since` is refused.
    """

    since: datetime.date
    until: datetime.date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError("期间的结束日不能早于开始日")

    @property
    def is_empty(self) -> bool:
        return self.until == self.since

    @property
    def last_day(self) -> datetime.date | None:
        """The last day inside, or None when the period has no end. Refuses an empty period."""
        if self.is_empty:
            raise ValueError("空的期间没有最后一天")
        return None if self.until is None else self.until - datetime.timedelta(days=1)

    def contains(self, day: datetime.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def overlaps(self, other: "Period") -> bool:
        """Whether some day lies in both."""
        return self.intersect(other) is not None

    def intersect(self, other: "Period") -> "Period | None":
        """The days that lie in both, or None when there are none."""
        since = max(self.since, other.since)
        ends = [end for end in (self.until, other.until) if end is not None]
        until = min(ends) if ends else None
        return Period(since, until) if until is None or since < until else None


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month (月份), written '2026-11'. Months compare and sort by time."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= 9999 and 1 <= self.number <= 12):
            raise ValueError("没有这个月份")

    @classmethod
    def of(cls, day: datetime.date) -> "Month":
        """The month a day lies in."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def label(self) -> str:
        """'2026年11月'."""
        return f"{self.year}年{self.number}月"

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, self.number, 1)

    @property
    def last_day(self) -> datetime.date:
        return datetime.date(self.year, self.number, _length_of(self.year, self.number))

    @property
    def period(self) -> Period:
        return Period(self.first_day, self.next().first_day)

    def contains(self, day: datetime.date) -> bool:
        return (day.year, day.month) == (self.year, self.number)

    def plus(self, months: int) -> "Month":
        """The month so many months later; a negative number goes back."""
        year, zero_based = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, zero_based + 1)

    def next(self) -> "Month":
        return self.plus(1)

    def previous(self) -> "Month":
        return self.plus(-1)


def parse_month(text: str) -> Month | Fault:
    """Read '2026-11', '2026-1', '202611', '2026年11月', '2026/11', also in full-width digits."""
    found = re.fullmatch(r"([0-9]{4})(?: ?[-/.年] ?)?([0-9]{1,2}) ?月?", narrow(text))
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
        return Fault("month", "月份请写成 2026-11 这样的形式")
    return Month(int(found[1]), int(found[2]))


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """Every month from `first` to `last`, both included; nothing when `last` is earlier."""
    month = first
    while month <= last:
        yield month
        month = month.next()


def age_on(birth: datetime.date, day: datetime.date) -> int:
    """Full years of age (周岁) on a day; the age rises on the birthday itself.

    Someone born on 29 February has the birthday on 1 March in common years. A day before birth is refused.
    Civil counting: criminal law counts from the day after the birthday, and nothing here decides such a matter.
    """
    if day < birth:
        raise ValueError("日期早于出生日期，无法计算年龄")
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def age_in_months(birth: datetime.date, day: datetime.date) -> int:
    """Full months of age (月龄) on a day; a month without the day of birth is completed on the first of the next one."""
    if day < birth:
        raise ValueError("日期早于出生日期，无法计算月龄")
    return (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day)


def birthday_at(birth: datetime.date, age: int) -> datetime.date:
    """The day on which someone reaches an age, the first with `age_on(birth, day) == age`."""
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return datetime.date(birth.year + age, 3, 1)


@dataclass(frozen=True)
class AgeBand:
    """A band of full years for statistics; `until` is not included, None for the last."""

    key: str
    label: str
    since: int
    until: int | None


AGE_BANDS = tuple(
    AgeBand(
        f"{since}-{until - 1}" if until else f"{since}+",
        f"{since}–{until - 1}岁" if until else f"{since}岁及以上",
        since,
        until,
    )
    for since, until in (
        (0, 3),
        (3, 7),
        (7, 15),
        (15, 18),
        (18, 35),
        (35, 60),
        (60, 65),
        (65, 80),
        (80, None),
    )
)


def age_band(age: int) -> AgeBand:
    """The band an age lies in. The limits are those the house counts by: infants 0–2, kindergarten 3–6, compulsory
    school 7–14, minors to 17, youth to 34, retirement from 60, free health checks from 65, high age from 80."""
    for band in reversed(AGE_BANDS):
        if age >= band.since:
            return band
    raise ValueError("年龄不能为负数")


def _length_of(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
