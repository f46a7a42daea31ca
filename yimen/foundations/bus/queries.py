"""Is everything up, and what waits in the queue (健康与作业). About the machine only: no row here is about anybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.models import Count, OuterRef, QuerySet, Subquery
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinateWorker

from yimen.foundations.bus.models import Announcement

WORKER_SILENT_AFTER = timedelta(seconds=60)
# How a job stands, in the words of the queue; the finished ones are forgotten after a month.
WAITING, RUNNING, FAILED = "todo", "doing", "failed"
OPEN = (WAITING, RUNNING, FAILED)
_ENDED_BADLY = ("failed", "deferred_for_retry")


@dataclass(frozen=True)
class Health:
    """What answers: ``database``, and a ``worker`` that gave a sign of life within a minute. Web answers by answering.

    ``clock`` is what the database takes the time to be.
    """

    database: bool
    worker: bool
    clock: datetime | None = None

    @property
    def up(self) -> bool:
        return self.database and self.worker


@dataclass(frozen=True)
class QueueCounts:
    """How many jobs wait, run and have failed for good, and since when the oldest due one waits (积压)."""

    waiting: int
    running: int
    failed: int
    oldest_due: datetime | None


def health(*, at: datetime) -> Health:
    """Ask the database, and the workers' sign of life in it (健康检查)."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            clock = cursor.fetchone()[0]
        worker = ProcrastinateWorker.objects.filter(last_heartbeat__gte=at - WORKER_SILENT_AFTER).exists()
    except DatabaseError:
        return Health(database=False, worker=False)
    return Health(database=True, worker=worker, clock=clock)


def queue_counts(*, at: datetime) -> QueueCounts:
    """How the queue stands, in two queries."""
    jobs = ProcrastinateJob.objects.filter(status__in=OPEN)
    counts = dict(jobs.order_by().values_list("status").annotate(Count("id")))
    due = ProcrastinateEvent.objects.filter(job__status=WAITING, type="deferred", at__lte=at)
    due = due.exclude(job__scheduled_at__gt=at).order_by("at", "id").values_list("at", flat=True)
    return QueueCounts(counts.get(WAITING, 0), counts.get(RUNNING, 0), counts.get(FAILED, 0), due.first())


def jobs(*statuses: str) -> QuerySet[ProcrastinateJob]:
    """Jobs (作业) with ``put_at`` (when deferred) and ``ended_badly_at`` (the last attempt that failed)."""
    events = ProcrastinateEvent.objects.filter(job=OuterRef("pk")).order_by("-id").values("at")
    return ProcrastinateJob.objects.filter(status__in=statuses or OPEN).annotate(
        put_at=Subquery(events.filter(type="deferred")[:1]),
        ended_badly_at=Subquery(events.filter(type__in=_ENDED_BADLY)[:1]),
    )


def workers(*, at: datetime) -> list[tuple[datetime, bool]]:
    """The workers' last signs of life (后台进程), newest first, and whether each is still heard."""
    signs = ProcrastinateWorker.objects.order_by("-last_heartbeat").values_list("last_heartbeat", flat=True)
    return [(sign, sign >= at - WORKER_SILENT_AFTER) for sign in signs]


def announcement_names(numbers: set[int]) -> dict[int, str]:
    """Which event (事件) an announcement told, by number: to say what a delivery is about."""
    return dict(Announcement.objects.filter(pk__in=numbers).values_list("pk", "name"))
