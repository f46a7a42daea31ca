"""Background entry points of the queue."""

from yimen.foundations.bus.api import job
from yimen.work.bookings import operations


@job("bookings.close_days", cron="15 0 * * *")
def close_days(*, by, at):
    """After midnight close what still waits of the day before, and note who did not come (收起昨天的号)."""
    operations.close_days(by=by, at=at)
    operations.close_bookings(by=by, at=at)
