"""Working-day arithmetic (工作日), with make-up days (调休) and pauses of the clock (中止计时).

The State Council announces each year's days off (国务院办公厅关于部分节假日安排的通知), usually in October or November of
the year before. The announcements are data, passed in. Where a year has none yet, weekdays minus the statutory days
passed in (全国年节及纪念日放假办法) are taken, and every answer that rests on such a year says so in `provisional_years`.

Counting: periods by working days leave out holidays (行政许可法 第82条). The day of acceptance is day 0, the first working
day after it is day 1, and the limit is the end of day N. Limits in plain days or hours do not use this module.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yimen.kernel.clock import spoken_day
from yimen.kernel.periods import Period

_DAY = datetime.timedelta(days=1)
_LONGEST = 5000  # working days, about twenty years: beyond that somebody has mixed up units


@dataclass(frozen=True)
class YearCalendar:
    """The announced calendar of one year (年度放假安排): days off, make-up working days, source.

    `off` may list weekends too. A notice may reach into the December before or the January after. Refused: a make-up day
    that is no weekend, a day both off and made up, a day out of range, a missing source.
    """

    year: int
    off: frozenset[datetime.date]
    made_up: frozenset[datetime.date]
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "off", frozenset(self.off))
        object.__setattr__(self, "made_up", frozenset(self.made_up))
        if not self.source.strip():
            raise ValueError(f"{self.year} 年放假安排缺少来源")
        for day in sorted(self.off | self.made_up):
            if not datetime.date(self.year - 1, 12, 1) <= day <= datetime.date(self.year + 1, 1, 31):
                raise ValueError(f"{day:%Y-%m-%d} 不在 {self.year} 年放假安排的范围内")
        for day in sorted(self.made_up):
            if day in self.off:
                raise ValueError(f"{day:%Y-%m-%d} 既放假又上班，放假安排有误")
            if day.weekday() < 5:
                raise ValueError(f"{day:%Y-%m-%d} 本来就是工作日，不会是调休上班日")


@dataclass(frozen=True)
class DayAnswer:
    """Whether a day is a working day; true and false like the answer itself."""

    is_working_day: bool
    provisional_years: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self.is_working_day


@dataclass(frozen=True)
class Deadline:
    """A day reached by counting working days (到期日); the limit is the end of `day`.

    `with_make_up` says that a make-up working day was counted on the way, `with_holiday` that a holiday on a weekday was
    passed over; `describe` puts them into words.
    """

    day: datetime.date
    provisional_years: tuple[int, ...] = ()
    working_days: int = 0
    with_make_up: bool = False
    with_holiday: bool = False


@dataclass(frozen=True)
class WorkingDayCount:
    """A number of working days; negative when counted backwards or overdue. `paused`: the clock stands still."""

    count: int
    provisional_years: tuple[int, ...] = ()
    paused: bool = False


@dataclass(frozen=True)
class WorkingCalendar:
    """All that is known about days off.

    `announced` are the calendars of announced years, `statutory` the statutory days (法定节假日) for years not announced yet.
    A year twice in `announced` is refused.
    """

    announced: tuple[YearCalendar, ...]
    statutory: Mapping[int, frozenset[datetime.date]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "announced", tuple(self.announced))
        years = [each.year for each in self.announced]
        if len(set(years)) != len(years):
            raise ValueError("同一年份有两份放假安排")
        object.__setattr__(self, "_years", frozenset(years))
        object.__setattr__(self, "_off", frozenset().union(*(each.off for each in self.announced)))
        object.__setattr__(self, "_made_up", frozenset().union(*(each.made_up for each in self.announced)))

    def is_working_day(self, day: datetime.date) -> DayAnswer:
        """Whether people work on a day; provisional when its year is not announced."""
        return DayAnswer(self._works(day), () if day.year in self._years else (day.year,))

    def add_working_days(self, start: datetime.date, n: int) -> Deadline:
        """The limit of n working days that begin after `start`. With 0 it is `start` itself (即办), working day or not."""
        return self._walk(start, n, ())

    def next_working_day(self, day: datetime.date) -> Deadline:
        """The first working day after a day."""
        return self._walk(day, 1, ())

    def working_day_on_or_after(self, day: datetime.date) -> Deadline:
        """The day itself when it is a working day, else the next one (期限最后一日顺延, 民法典 第203条)."""
        answer = self.is_working_day(day)
        return Deadline(day, answer.provisional_years) if answer else self._walk(day, 1, (), seen=(day.year,))

    def working_days_between(self, a: datetime.date, b: datetime.date) -> WorkingDayCount:
        """How many working days come after `a` up to and with `b`; negative the other way round.

        So `working_days_between(start, add_working_days(start, n).day)` is n.
        """
        first, last, sign = (a, b, 1) if a <= b else (b, a, -1)
        days = [first + _DAY * step for step in range(1, (last - first).days + 1)]
        return WorkingDayCount(
            sign * sum(map(self._works, days)), self._provisional(day.year for day in days)
        )

    def _works(self, day: datetime.date) -> bool:
        if day in self._made_up:
            return True
        if day.weekday() >= 5 or day in self._off:
            return False
        return day.year in self._years or day not in self.statutory.get(day.year, ())

    def _provisional(self, years: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(set(years) - self._years))

    def _walk(
        self, start: datetime.date, n: int, pauses: tuple[Period, ...], seen: tuple[int, ...] = ()
    ) -> Deadline:
        if isinstance(n, bool) or not isinstance(n, int) or not 0 <= n <= _LONGEST:
            raise ValueError(f"工作日天数应为 0 至 {_LONGEST} 之间的整数")
        day, counted, years = start, 0, set(seen or (start.year,) if n == 0 else seen)
        with_make_up = with_holiday = False
        while counted < n:
            day += _DAY
            years.add(day.year)
            if any(pause.contains(day) for pause in pauses):
                continue
            if self._works(day):
                counted += 1
                with_make_up = with_make_up or day in self._made_up
            else:
                with_holiday = with_holiday or day.weekday() < 5
        return Deadline(day, self._provisional(years), n, with_make_up, with_holiday)


def due_after_pauses(
    *, start: datetime.date, working_days: int, pauses: Iterable[Period], calendar: WorkingCalendar
) -> Deadline | None:
    """The limit of a clock that stood still in `pauses`; None while a pause has no end, for then no day can be named.

    A pause runs from the day the clock was stopped (waiting for papers from the resident, 补正; hearing or expert review,
    听证、鉴定, 行政许可法 第45条) to the day it ran again, half-open. A day counts when the clock ran at its end: the day of
    stopping does not count, the day of resuming does. Pauses may touch or overlap.
    """
    stops = tuple(pauses)
    if any(pause.until is None for pause in stops):
        return None
    return calendar._walk(start, working_days, stops)


def remaining(
    *,
    start: datetime.date,
    working_days: int,
    pauses: Iterable[Period],
    today: datetime.date,
    calendar: WorkingCalendar,
) -> WorkingDayCount:
    """How many working days are left after today's: 0 on the last day, negative when overdue.

    Before `start` nothing has been used. `paused` is true when the clock stands still today; the count then stays as it is.
    Provisional are the years counted so far; what lies ahead is judged by `due_after_pauses`.
    """
    stops = tuple(pauses)
    days = [start + _DAY * step for step in range(1, (today - start).days + 1)]
    running = [day for day in days if not any(pause.contains(day) for pause in stops)]
    used = sum(map(calendar._works, running))
    paused = any(pause.contains(today) for pause in stops)
    return WorkingDayCount(working_days - used, calendar._provisional(day.year for day in running), paused)


def describe(deadline: Deadline, *, today: datetime.date) -> str:
    """The limit in words: '5 个工作日，10月14日前，含调休'.

    The year is named when it is not today's. '含调休' when a make-up day was counted, '已扣除节假日' when only a holiday
    was passed over. A provisional limit ends with '（2027 年放假安排尚未公布，暂按法定节假日推算）'. Without working days
    (当日) it says the day alone.
    """
    day = deadline.day
    date = spoken_day(day, today=today)
    parts = [f"{deadline.working_days} 个工作日", f"{date}前"] if deadline.working_days else [f"{date}当日"]
    if deadline.with_make_up:
        parts.append("含调休")
    elif deadline.with_holiday:
        parts.append("已扣除节假日")
    return "，".join(parts) + provisional_note(deadline.provisional_years)


def provisional_note(years: tuple[int, ...]) -> str:
    """The sentence that goes with a provisional answer, or '' when everything is announced."""
    if not years:
        return ""
    return f"（{'、'.join(map(str, years))} 年放假安排尚未公布，暂按法定节假日推算）"
