"""Background entry points of the ledger."""

from yimen.foundations.bus.api import defer, job
from yimen.work.ledger import operations

BITE = 20_000


ROLL_UP_JOB = "ledger.roll_up"


@job(ROLL_UP_JOB, cron="* * * * *")
def roll_up(*, by, at):
    """Roll up what waits (台账汇总), a bite a transaction: rows deleted within one still lie in the way of its next look.

    What an import of hundreds of thousands left is worked off when nothing else waits.
    """
    if operations.roll_up(by=by, at=at, at_most=BITE) == BITE:
        defer(ROLL_UP_JOB, lock=ROLL_UP_JOB, later=True)
