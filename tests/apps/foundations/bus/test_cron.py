"""Jobs at an hour run at that hour of the street, although the queue's clock is UTC."""

from datetime import UTC, datetime

import pytest
from procrastinate.contrib.django import app as queue

from yimen.foundations.bus.engine.jobs import in_utc
from yimen.kernel.clock import STREET_TIME


@pytest.mark.parametrize(
    ("said", "hour", "minute"), [("50 7 * * *", 7, 50), ("30 16 * * *", 16, 30), ("20 0 * * *", 0, 20)]
)
def test_an_hour_is_an_hour_of_the_street(said, hour, minute):
    from croniter import croniter

    start = datetime(2026, 11, 20, 3, 0, tzinfo=STREET_TIME)
    moment = croniter(in_utc(said), start_time=start.timestamp()).get_next(float)
    told = datetime.fromtimestamp(moment, tz=UTC).astimezone(STREET_TIME)
    assert (told.hour, told.minute) == (hour, minute)


@pytest.mark.parametrize("said", ["*/5 * * * *", "25 * * * *", "* * * * *", "0 */2 * * *"])
def test_what_runs_every_so_often_stays_as_it_is(said):
    assert in_utc(said) == said


@pytest.mark.parametrize("said", ["50 7 2 * *", "50 7 * * 1"])
def test_an_hour_on_certain_days_is_refused_when_it_is_declared(said):
    with pytest.raises(ValueError, match="street's date"):
        in_utc(said)


def test_the_morning_jobs_of_the_product_are_queued_for_the_street_s_morning():
    crons = {task.periodic_id: task.cron for task in queue.periodic_registry.periodic_tasks.values()}
    assert crons["desk.tell_lateness"] == "30 23 * * *"
