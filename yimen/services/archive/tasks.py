"""Background entry points of the archive."""

from yimen.foundations.bus.api import job
from yimen.services.archive import operations


@job("archive.make_lists", cron="25 * * * *")
def make_lists(*, by, at):
    """Make the hand-over lists that must stand by now (月末生成移交清单); every hour, so that a machine that slept catches up."""
    operations.make_due_lists(by=by, at=at)
