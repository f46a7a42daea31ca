"""Background entry points of access."""

from yimen.foundations.access.operations.sessions import end_sessions_of_leavers as end_them
from yimen.foundations.bus.api import job


@job("access.end_sessions_of_leavers", cron="* * * * *")
def end_sessions_of_leavers(*, by, at):
    """Sign out whose last role has ended (离岗退出登录)."""
    end_them(by=by, at=at)
