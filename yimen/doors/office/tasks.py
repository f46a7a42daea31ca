"""Background entry points of the office."""

from datetime import date, datetime, timedelta

from yimen.doors.office import operations
from yimen.foundations.audit.api import last_proving
from yimen.foundations.bus.api import job
from yimen.kernel.actor import system_actor

# Some hours less than seven days, so that the night of the week stays the same.
WEEKLY = timedelta(days=6, hours=12)


@job("office.verify_trail")
def verify_trail(*, by, at, area, asked_by):
    """Verify the trail for an auditor who asked for it."""
    verifier = system_actor("office.verify_trail", on_behalf_of=asked_by)
    operations.verify_trail(by=verifier, at=at, area=area)


@job("office.prove_numbers", cron="20 4 * * *")
def prove_numbers(*, by, at):
    """Recompute every derived number once a week, at night (核对数字)."""
    last = last_proving()
    if last is None or at - last.made_at > WEEKLY:
        operations.prove_numbers(by=by, at=at)


@job("office.find_unusual_reading", cron="50 5 * * *", each_day=True)
def find_unusual_reading(*, by, at: datetime, on: date):
    """Find what stood out in reading on the day before (查找异常查阅)."""
    operations.find_unusual_reading(by=by, at=at, on=on - timedelta(days=1))
