"""Background entry points of gatherings."""

from yimen.foundations.bus.api import job
from yimen.work.gatherings import operations


@job("gatherings.remind_leaders", cron="20 8 * * *")
def remind_leaders(*, by, at):
    """A week before, ask in the morning whoever leads a gathering and said nothing yet (提前一周对接)."""
    operations.remind_leaders(by=by, at=at)
