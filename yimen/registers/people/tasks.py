"""Background entry points of people."""

from yimen.foundations.bus.api import job
from yimen.registers.people.operations.figures import roll_up_population


@job("people.roll_up_population", cron="*/5 * * * *")
def roll_up(*, by, at):
    """Every five minutes: population changes into tallies."""
    while roll_up_population(by=by, at=at):
        pass
