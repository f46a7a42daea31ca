"""Background entry points of approvals."""

from yimen.foundations.bus.api import job
from yimen.work.approvals import operations


@job("approvals.remind_signers", cron="45 7 * * *")
def remind_signers(*, by, at):
    """Remind in the morning of steps that wait too long (催签)."""
    operations.remind_signers(by=by, at=at)
