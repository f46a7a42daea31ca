"""When guessing of passwords is stopped (登录失败锁定). GB/T 22239-2019 8.1.4.1 asks for it; the numbers are settings."""

from collections.abc import Sequence
from datetime import datetime, timedelta


def locked_until(attempts: Sequence[tuple[datetime, bool]], *, limit: int, minutes: int) -> datetime | None:
    """Until when no further attempt is looked at, or None.

    ``attempts`` are the latest ones, newest first, as (when, failed); those made while locked do not count. ``limit``
    failures in a row lock for ``minutes`` from the last of them, however slowly they came; after that each further
    failure locks again, and one success clears all.
    """
    latest = attempts[:limit]
    if len(latest) < limit or not all(failed for _, failed in latest):
        return None
    return latest[0][0] + timedelta(minutes=minutes)
