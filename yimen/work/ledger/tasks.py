"""Background entry points of the ledger."""

from yimen.foundations.bus.api import job
from yimen.work.ledger import operations

BITE = 20_000


@job("ledger.roll_up", cron="* * * * *")
def roll_up(*, by, at):
    """Roll up what waits, in bites, until a bite is not full."""
    while operations.roll_up(by=by, at=at, at_most=BITE) == BITE:
        pass
