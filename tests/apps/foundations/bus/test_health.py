"""Is everything up, what waits, and how a failed job runs again."""

from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from yimen.foundations.bus.api import FAILED, WAITING, defer, health, jobs, queue_counts, retry_job, workers

pytestmark = pytest.mark.django_db


def _beat(at):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [at])


def _fail(number):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [number])


def test_a_worker_that_was_not_heard_for_a_minute_is_down(now):
    assert not health(at=now).up
    _beat(now - timedelta(seconds=61))
    assert not health(at=now).worker
    _beat(now)
    assert health(at=now).up
    assert [heard for _, heard in workers(at=now)] == [True, False]


def test_jobs_are_counted_by_how_they_stand_and_a_failed_one_is_put_back(now):
    defer("audit.seal_trail")
    [job] = jobs(WAITING)
    assert job.put_at is not None
    assert queue_counts(at=now + timedelta(days=999)).oldest_due == job.put_at
    assert not retry_job(job.id, at=now)
    _fail(job.id)
    assert (queue_counts(at=now).waiting, queue_counts(at=now).failed) == (0, 1)
    assert jobs(FAILED).get().ended_badly_at is not None
    assert retry_job(job.id, at=now)
    assert ProcrastinateJob.objects.get(pk=job.id).status == WAITING
    assert queue_counts(at=now).failed == 0
