"""Background entry points of the desk."""

from datetime import timedelta

from yimen.foundations.bus.api import job
from yimen.work.desk import operations


@job("desk.draw_sample", cron="10 7 * * *", each_day=True)
def draw_sample(*, by, at, on):
    """Draw from what was settled on the spot the day before."""
    operations.draw_sample(by=by, at=at, settled_on=on - timedelta(days=1))


@job("desk.tell_lateness", cron="30 7 * * *")
def tell_lateness(*, by, at):
    """Tell in the morning what is late."""
    operations.tell_lateness(by=by, at=at)


@job("desk.chase_follow_ups", cron="35 7 * * *")
def chase_follow_ups(*, by, at):
    """Remind in the morning of bad ratings whose day comes or has passed (催办差评)."""
    operations.chase_follow_ups(by=by, at=at)


@job("desk.clear_parked", cron="30 20 * * *")
def clear_parked(*, by, at, on):
    """In the evening nothing half-done is kept (清理挂起的受理); what was parked since stays until the next."""
    operations.clear_parked(by=by, at=at, of=on)


@job("desk.sweep_trays", cron="20 2 * * *")
def sweep_trays(*, by, at):
    """Clear what was handed in for applications that nobody accepted (清理未受理的材料)."""
    operations.sweep_trays(by=by, at=at)


@job("desk.chase_shares", cron="40 7 * * *")
def chase_shares(*, by, at):
    """Remind in the morning of answers of other units that are late (催办超期协办)."""
    operations.chase_shares(by=by, at=at)


@job("desk.warn_of_delegations", cron="40 7 * * *", each_day=True)
def warn_of_delegations(*, by, at, on):
    """Tell in the morning which delegations run out soon (提醒下放到期)."""
    operations.warn_of_delegations(by=by, at=at, of=on)


@job("desk.chase_papers", cron="35 7 * * *")
def chase_papers(*, by, at):
    """Remind in the morning of papers that are to follow (催补容缺材料)."""
    operations.chase_papers(by=by, at=at)
