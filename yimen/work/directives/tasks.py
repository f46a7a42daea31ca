"""Background entry points of directives."""

from yimen.foundations.bus.api import job
from yimen.work.directives import operations


@job("directives.chase", cron="50 7 * * *")
def chase(*, by, at):
    """Remind who has to answer, and tell owner and giver once when the day has passed (督办提醒)."""
    operations.chase_directives(by=by, at=at)
