"""What full exports do when something was told."""

from yimen.foundations.access.events import AccountClosed
from yimen.foundations.bus.api import on
from yimen.foundations.exports import operations


@on(AccountClosed)
def cancel_for_a_leaver(*, event, by, at):
    """A colleague left: nobody approves for her any more, and no file waits for her (取消离岗同事的导出)."""
    operations.cancel_exports_of(by=by, at=at, account=event.subject)
