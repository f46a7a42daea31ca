"""Background entry points of calls and duty."""

from yimen.foundations.bus.api import job
from yimen.services.hotline import operations


@job("hotline.escalate_unsigned", cron="*/10 * * * *")
def escalate_unsigned(*, by, at):
    """Tell the chief what nobody signed for in time (催交接班签收); the rule knows the hour, this only looks often."""
    operations.escalate_unsigned(by=by, at=at)


@job("hotline.forget_calls", cron="40 3 * * *")
def forget_calls(*, by, at):
    """Blank callers and words of calls that were answered long ago (清除过期来电内容)."""
    operations.forget_calls(by=by, at=at)
