"""The door of bus: units of work, events and jobs."""

from yimen.foundations.bus.engine.announcing import announce, on
from yimen.foundations.bus.engine.jobs import defer, job, run_pending_jobs
from yimen.foundations.bus.engine.unit import Deed, act_as, current_deed, may_write, open_deed, set_reach
from yimen.foundations.bus.postgresql.guard import WriteOutsideOperation

__all__ = [
    "Deed",
    "WriteOutsideOperation",
    "act_as",
    "announce",
    "current_deed",
    "defer",
    "job",
    "may_write",
    "on",
    "open_deed",
    "run_pending_jobs",
    "set_reach",
]
