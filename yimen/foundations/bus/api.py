"""The door of bus: units of work, events, jobs, and whether everything is up."""

from yimen.foundations.bus.engine.announcing import announce, on, take_unheard, write_announcements
from yimen.foundations.bus.engine.jobs import defer, job, job_title, retry_job, run_pending_jobs
from yimen.foundations.bus.engine.kept import NotKeepable, kept
from yimen.foundations.bus.engine.marks import Mark, columns, forget_mark, hear, mark, marks
from yimen.foundations.bus.engine.unit import (
    Deed,
    act_as,
    current_deed,
    may_write,
    one_snapshot,
    open_deed,
    set_reach,
    today_acted,
    unit_of_work,
)
from yimen.foundations.bus.engine.writing import Statement, add_rows, leave_rows, update_row
from yimen.foundations.bus.postgresql.guard import WriteOutsideOperation
from yimen.foundations.bus.queries import (
    FAILED,
    RUNNING,
    WAITING,
    Health,
    QueueCounts,
    announcement_names,
    health,
    jobs,
    queue_counts,
    workers,
)

__all__ = [
    "FAILED",
    "RUNNING",
    "WAITING",
    "Deed",
    "Health",
    "Mark",
    "NotKeepable",
    "QueueCounts",
    "Statement",
    "WriteOutsideOperation",
    "act_as",
    "add_rows",
    "announce",
    "announcement_names",
    "columns",
    "current_deed",
    "defer",
    "forget_mark",
    "health",
    "hear",
    "job",
    "job_title",
    "jobs",
    "kept",
    "leave_rows",
    "mark",
    "marks",
    "may_write",
    "on",
    "one_snapshot",
    "open_deed",
    "queue_counts",
    "retry_job",
    "run_pending_jobs",
    "set_reach",
    "take_unheard",
    "today_acted",
    "unit_of_work",
    "update_row",
    "workers",
    "write_announcements",
]
