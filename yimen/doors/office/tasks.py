"""Background entry points of the office."""

from yimen.doors.office import operations
from yimen.foundations.bus.api import job
from yimen.kernel.actor import system_actor


@job("office.verify_trail")
def verify_trail(*, by, at, area, asked_by):
    """Verify the trail for an auditor who asked for it."""
    verifier = system_actor("office.verify_trail", on_behalf_of=asked_by)
    operations.verify_trail(by=verifier, at=at, area=area)
