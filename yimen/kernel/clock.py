"""The street's day (当日): moments are kept aware; the date they fall on is read in Asia/Shanghai.

The clock itself is read only at the edge (a request, a job, a command) and passed down.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

STREET_TIME = ZoneInfo("Asia/Shanghai")


def day_of(at: datetime) -> date:
    """The date in Shanghai on which the aware moment ``at`` falls."""
    return at.astimezone(STREET_TIME).date()
