"""Background work: what waits, what runs, what failed (后台作业). About the machine: no row is about a resident."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yimen.doors.office.choices import JOB_STATES, event_words, job_name, work_words
from yimen.doors.office.permissions import VIEW_JOBS
from yimen.foundations.bus import api as bus
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotAllowed

SHOWN = 100
DELIVERY = "bus.deliver"


@dataclass(frozen=True)
class JobLine:
    """One job in words (作业)."""

    number: int
    words: str
    state: str
    state_words: str
    tone: str
    attempts: int
    put_at: datetime | None
    next_at: datetime | None
    ended_badly_at: datetime | None

    @property
    def failed(self) -> bool:
        return self.state == bus.FAILED


@dataclass(frozen=True)
class JobsPage:
    """Failed jobs first, then what runs and waits; and the workers' signs of life."""

    counts: bus.QueueCounts
    failed: tuple[JobLine, ...]
    open: tuple[JobLine, ...]
    workers: tuple[tuple[datetime, bool], ...]
    more: bool


def jobs_page(*, by: Actor, at: datetime) -> JobsPage:
    """How background work stands, in seven queries."""
    if not by.can_somewhere(VIEW_JOBS):
        raise NotAllowed(permission=VIEW_JOBS, area="")
    failed = list(bus.jobs(bus.FAILED).order_by("-id")[: SHOWN + 1])
    waiting = list(bus.jobs(bus.RUNNING, bus.WAITING).order_by("status", "id")[: SHOWN + 1])
    told = {job.args.get("announcement") for job in (*failed, *waiting) if job.task_name == DELIVERY}
    events = bus.announcement_names(told - {None})
    return JobsPage(
        counts=bus.queue_counts(at=at),
        failed=tuple(_line(job, events) for job in failed[:SHOWN]),
        open=tuple(_line(job, events) for job in waiting[:SHOWN]),
        workers=tuple(bus.workers(at=at)),
        more=len(failed) > SHOWN or len(waiting) > SHOWN,
    )


def job_words(job: Any, events: dict[int, str]) -> str:
    """What a job does: 封印操作留痕; for a delivery, who is told of which event."""
    if job.task_name != DELIVERY:
        return job_name(job.task_name)
    parts = str(job.args.get("handler", "")).split(".")
    app = parts[2] if len(parts) > 3 else ""
    event = event_words(events.get(job.args.get("announcement"), ""))
    return f"把“{event}”通知{work_words(app) if app else '相关业务'}"


def _line(job: Any, events: dict[int, str]) -> JobLine:
    words, tone = JOB_STATES[job.status]
    retrying = job.status == bus.WAITING and job.attempts
    return JobLine(
        number=job.id,
        words=job_words(job, events),
        state=job.status,
        state_words="失败后等待重试" if retrying else words,
        tone="warn" if retrying else tone,
        attempts=job.attempts,
        put_at=job.put_at,
        next_at=job.scheduled_at,
        ended_badly_at=job.ended_badly_at,
    )
