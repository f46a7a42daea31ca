"""Background entry points of audit."""

from yimen.foundations.audit import operations
from yimen.foundations.audit.gateways import folder_of_archives
from yimen.foundations.audit.rules import archived_before
from yimen.foundations.bus.api import job


@job("audit.seal_trail", cron="*/5 * * * *")
def seal_trail(*, by, at):
    """Seal what is not yet sealed, in bites, until nothing is left."""
    while operations.seal_trail(by=by, at=at):
        pass


@job("audit.archive_trail", cron="25 2 * * *")
def archive_trail(*, by, at, on):
    """Copy the trail of each month that is half a year old into a file that proves itself (每月归档留痕).

    It looks each night and finds something on the first of a month, or on the first night after it when the machine was off then.
    """
    operations.archive_trail(by=by, at=at, before=archived_before(on), folder=folder_of_archives())
