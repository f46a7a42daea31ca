"""The street's day (当日): moments are kept aware; the date they fall on is read in Asia/Shanghai.

The clock itself is read only at the edge (a request, a job, a command) and passed down.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

STREET_TIME = ZoneInfo("Asia/Shanghai")


def day_of(at: datetime) -> date:
    """The date in Shanghai on which the aware moment ``at`` falls."""
    return at.astimezone(STREET_TIME).date()


def midnight(day: date) -> datetime:
    """The moment at which a day begins in the street."""
    return datetime.combine(day, time(), STREET_TIME)


def full_day(day: date) -> str:
    """A date as papers write it, always with its year (成文日期): 2026年11月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def spoken_day(day: date, *, today: date | None) -> str:
    """A date as people say it today: 11月3日, with its year when that is not today's (or nobody knows today)."""
    return f"{day.month}月{day.day}日" if today and day.year == today.year else full_day(day)


def clock_of(at: datetime) -> str:
    """The time of day in Shanghai: 09:05."""
    return f"{at.astimezone(STREET_TIME):%H:%M}"
