"""The broom that comes every night (到期清除)."""

from datetime import datetime

from yimen.foundations.bus.api import defer, job
from yimen.foundations.retention.operations import AT_ONCE, clear_past_term
from yimen.foundations.retention.ports import retentions

PORTION = "retention.clear_portion"


@job("retention.clear", cron="10 4 * * *")
def clear(*, by, at: datetime):
    """Every night: what is past its term goes, kind by kind and portion by portion (到期清除)."""
    for one in retentions:
        defer(PORTION, lock=f"{PORTION}.{one.key}", area="", key=one.key)


@job(PORTION)
def clear_portion(*, by, at: datetime, key: str):
    """One portion (到期清除一批), and the next one when it was full: no night holds a long transaction."""
    if clear_past_term(by=by, at=at, key=key) == AT_ONCE:
        defer(PORTION, lock=f"{PORTION}.{key}", area="", key=key)
