"""Background entry points of audit."""

from yimen.foundations.audit import operations
from yimen.foundations.bus.api import job


@job("audit.seal_trail", cron="*/5 * * * *")
def seal_trail(*, by, at):
    """Seal what is not yet sealed, in bites, until nothing is left."""
    while operations.seal_trail(by=by, at=at):
        pass
