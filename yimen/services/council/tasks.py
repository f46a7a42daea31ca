"""Background entry points of community self-government."""

from yimen.foundations.bus.api import job
from yimen.services.council import operations


@job("council.remind_of_promises", cron="50 7 * * *")
def remind_of_promises(*, by, at):
    """Tell in the morning whose answer is owed within two days."""
    operations.remind_of_promises(by=by, at=at)


@job("council.remind_of_unanswered", cron="30 16 * * *", each_day=True)
def remind_of_unanswered(*, by, at, on):
    """Tell in the afternoon which visitor of the day has neither answer nor date (提醒当日未答复来访)."""
    operations.remind_of_unanswered(by=by, at=at, of=on)
