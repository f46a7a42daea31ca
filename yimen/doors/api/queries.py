"""Is everything up? (健康检查)"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from procrastinate.contrib.django.models import ProcrastinateWorker

WORKER_SILENT_AFTER = timedelta(seconds=60)


@dataclass(frozen=True)
class Health:
    """What answers: ``database``, and a ``worker`` that gave a sign of life within a minute. Web answers by answering."""

    database: bool
    worker: bool

    @property
    def up(self) -> bool:
        return self.database and self.worker


def health(*, at: datetime) -> Health:
    """Ask the database, and the worker's sign of life in it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        worker = ProcrastinateWorker.objects.filter(last_heartbeat__gte=at - WORKER_SILENT_AFTER).exists()
    except DatabaseError:
        return Health(database=False, worker=False)
    return Health(database=True, worker=worker)
