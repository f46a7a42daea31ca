"""Recurring jobs when somebody sets the machine's clock."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate import App, periodic, testing
from procrastinate.contrib.django import app as queue

from yimen.foundations.bus import tasks

NOON = datetime(2026, 11, 20, 12, 0, 30, tzinfo=UTC)


@pytest.fixture
def ticks():
    """``ticks(at)``: the minutes that would be put into the queue at that moment."""
    app = App(connector=testing.InMemoryConnector())

    @app.periodic(cron="* * * * *")
    @app.task
    def each_minute(timestamp):
        """Nothing."""

    deferrer = periodic.PeriodicDeferrer(registry=app.periodic_registry)

    def at(moment: datetime) -> list[datetime]:
        found = deferrer.get_previous_tasks(at=moment.timestamp())
        return [datetime.fromtimestamp(tick, UTC) for _, tick in found]

    return at


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0)


@pytest.mark.parametrize(
    "leap", [timedelta(hours=-2), timedelta(days=-1), timedelta(days=1), timedelta(days=400)]
)
def test_a_leap_of_the_clock_goes_on_with_the_tick_that_is_due(ticks, leap):
    assert ticks(NOON) == [_minute(NOON)]
    assert ticks(NOON + timedelta(minutes=1)) == [_minute(NOON) + timedelta(minutes=1)]
    after = NOON + leap + timedelta(minutes=2)
    assert ticks(after) == [_minute(after)]
    assert ticks(after + timedelta(seconds=20)) == []
    assert ticks(after + timedelta(minutes=1)) == [_minute(after) + timedelta(minutes=1)]


def test_a_short_pause_is_made_up(ticks):
    ticks(NOON)
    assert len(ticks(NOON + timedelta(minutes=3))) == 3


def test_a_worker_heard_in_the_future_is_not_for_ever_alive_and_a_dropped_job_runs_again(committed_db):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()), (now() + interval '2 hours') RETURNING id"
        )
        living, dead = (row[0] for row in cursor.fetchall())
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id) VALUES"
            " ('default', 'tests.this', 'doing', %s), ('default', 'tests.dropped', 'doing', %s),"
            " ('default', 'tests.lost', 'doing', %s) RETURNING id",
            [living, living, dead],
        )
        this, dropped, lost = (row[0] for row in cursor.fetchall())

    async def free() -> None:
        async with working.open_async():
            context = SimpleNamespace(app=working, job=SimpleNamespace(id=this, worker_id=living))
            await tasks.free_stalled.func(context, 0)

    worker = queue.connector.get_worker_connector()
    # In a thread of its own: a browser test of the same process leaves its loop running in this one.
    with queue.replace_connector(worker) as working, ThreadPoolExecutor(1) as beside:
        beside.submit(lambda: asyncio.run(free())).result()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status FROM procrastinate_jobs")
        assert dict(cursor.fetchall()) == {this: "doing", dropped: "todo", lost: "doing"}
        cursor.execute(
            "SELECT last_heartbeat <= now() + interval '1 minute' FROM procrastinate_workers WHERE id = %s",
            [dead],
        )
        assert cursor.fetchone()[0], "within a minute it counts as dead, and its job runs again"
