"""Background entry points of rounds."""

from yimen.foundations.bus.api import job
from yimen.work.rounds import operations


@job("rounds.keep_up", cron="40 7 * * *")
def keep_up(*, by, at):
    """End rounds that are over and tell, some days before, whoever began one what came back (征询到期)."""
    operations.keep_up(by=by, at=at)
