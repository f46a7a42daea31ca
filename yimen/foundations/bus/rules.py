"""Which days a daily job owes (每日作业): plain Python."""

from datetime import date, datetime, time, timedelta

from yimen.kernel.clock import STREET_TIME, day_of

# A machine that was off for longer than this has other worries.
CAUGHT_UP_DAYS = 60
_DAY = timedelta(days=1)


def latest_due(at: datetime, *, hour: int, minute: int) -> date:
    """The last day whose hour has come: today by the street's clock, or yesterday while it is still earlier."""
    today = day_of(at)
    come = at.astimezone(STREET_TIME).time() >= time(hour, minute)
    return today if come else today - _DAY


def days_owed(*, last: date, latest: date, each_day: bool) -> list[date]:
    """The days after ``last`` up to ``latest``, in order: each of them, or only the last one where the day does not matter."""
    first = max(last + _DAY, latest - (CAUGHT_UP_DAYS - 1) * _DAY)
    days = [first + number * _DAY for number in range((latest - first).days + 1)]
    return days if each_day else days[-1:]
