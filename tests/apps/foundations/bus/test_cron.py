"""Jobs at an hour run at that hour of the street, once for each day, also when the machine was off (每日作业)."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.conftest import TODAY
from yimen.foundations.bus import tasks
from yimen.foundations.bus.api import act_as, job, run_pending_jobs
from yimen.foundations.bus.engine.daily import DAILY, begin_owed_days, take_day
from yimen.foundations.bus.engine.jobs import hour_of
from yimen.foundations.bus.models import DailyRun
from yimen.foundations.bus.rules import days_owed, latest_due
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import STREET_TIME

SYSTEM = system_actor("tests")
DONE = []


@pytest.fixture
def two_jobs():
    """A job that means its day and one that does not, at half past seven, and no other."""
    kept = dict(DAILY)
    DAILY.clear()
    DONE.clear()

    @job("tests.each_day", cron="30 7 * * *", each_day=True)
    def each_day(*, by, at, on):
        """Note the day (每日)."""
        DONE.append(("each", on))

    @job("tests.as_it_stands", cron="30 7 * * *")
    def as_it_stands(*, by, at):
        """Note that it ran (照现状)."""
        DONE.append(("state", None))

    yield
    DAILY.clear()
    DAILY.update(kept)
    for name in ("tests.each_day", "tests.as_it_stands"):
        del queue.tasks[name]


def at(day, hour=8, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=STREET_TIME)


def begin(moment):
    """What the worker does every minute, and then whatever it put into the queue."""
    tasks.begin_days(by=SYSTEM, at=moment)
    run_pending_jobs()


def days(*numbers):
    return [("each", date(2026, 11, number)) for number in numbers]


@pytest.mark.parametrize(
    ("said", "hour"), [("50 7 * * *", (7, 50)), ("30 16 * * *", (16, 30)), ("20 0 * * *", (0, 20))]
)
def test_an_hour_is_an_hour_of_the_street(said, hour):
    assert hour_of(said) == hour


@pytest.mark.parametrize("said", ["*/5 * * * *", "25 * * * *", "* * * * *", "0 */2 * * *"])
def test_what_runs_every_so_often_has_no_hour(said):
    assert hour_of(said) is None


@pytest.mark.parametrize("said", ["50 7 2 * *", "50 7 * * 1"])
def test_an_hour_on_certain_days_is_refused_when_it_is_declared(said):
    with pytest.raises(ValueError, match="street's date"):
        hour_of(said)


def test_the_daily_jobs_of_the_product_say_whether_their_day_matters():
    assert (DAILY["desk.tell_lateness"].hour, DAILY["desk.tell_lateness"].minute) == (7, 30)
    each = {name for name, daily in DAILY.items() if daily.each_day}
    assert each == {
        "desk.draw_sample",
        "desk.warn_of_delegations",
        "council.remind_of_unanswered",
        "office.find_unusual_reading",
        "people.compare_changed",
    }
    assert {"desk.clear_parked", "bus.remove_old_jobs", "documents.sweep"} <= set(DAILY)


def test_an_hour_that_has_not_come_today_was_due_yesterday():
    assert latest_due(at(20, 7, 29), hour=7, minute=30) == date(2026, 11, 19)
    assert latest_due(at(20, 7, 30), hour=7, minute=30) == date(2026, 11, 20)
    # Half past seven in the street is half past eleven of the evening before in UTC.
    assert latest_due(at(1, 0, 10), hour=23, minute=0) == date(2026, 10, 31)


def test_no_more_than_sixty_days_are_made_up_for():
    owed = days_owed(last=date(2026, 1, 1), latest=TODAY, each_day=True)
    assert len(owed) == 60 and owed[-1] == TODAY and owed == sorted(owed)
    assert days_owed(last=date(2026, 1, 1), latest=TODAY, each_day=False) == [TODAY]
    assert days_owed(last=TODAY, latest=TODAY, each_day=True) == []
    assert days_owed(last=TODAY + timedelta(days=5), latest=TODAY, each_day=True) == []


def test_a_new_installation_begins_with_the_next_hour(acting, two_jobs):
    with acting(SYSTEM):
        begin(at(20, 10))
        begin(at(20, 10, 1))
        assert DONE == []
        begin(at(21, 7, 29))
        assert DONE == []
        begin(at(21, 7, 30))
        assert sorted(DONE, key=str) == [*days(21), ("state", None)]


def test_three_days_off_are_made_up_for_once_and_in_order(acting, two_jobs):
    with acting(SYSTEM):
        begin(at(16))
        begin(at(17))
        DONE.clear()
        begin(at(20, 14))
        begin(at(20, 14, 1))
        assert [one for one in DONE if one[0] == "each"] == days(18, 19, 20)
        assert [one for one in DONE if one[0] == "state"] == [("state", None)]
        assert not DailyRun.objects.filter(done_at=None).exists()


def test_the_missed_days_of_a_job_wait_for_each_other(acting, two_jobs):
    with acting(SYSTEM):
        begin(at(17))
        tasks.begin_days(by=SYSTEM, at=at(20))
        waiting = list(
            ProcrastinateJob.objects.filter(task_name="tests.each_day", status="todo").order_by("id")
        )
    assert [one.args["day"] for one in waiting] == ["2026-11-18", "2026-11-19", "2026-11-20"]
    assert {one.lock for one in waiting} == {"daily:tests.each_day"}


def test_a_clock_set_back_or_far_ahead_does_no_day_twice_and_stops_nothing(acting, two_jobs):
    with acting(SYSTEM):
        for day in (17, 18, 19, 20):
            begin(at(day))
        DONE.clear()
        begin(at(18))
        begin(at(20, 9))
        assert DONE == []
        # For an hour somebody thinks that it is January 2036; back again, tomorrow is done as any other day.
        begin(datetime(2036, 1, 5, 8, 0, tzinfo=STREET_TIME))
        DONE.clear()
        begin(at(20, 10))
        begin(at(21))
        assert [one for one in DONE if one[0] == "each"] == days(21)


def test_a_job_that_runs_again_after_a_crash_does_its_day_once(acting, two_jobs):
    with acting(SYSTEM):
        begin(at(19))
        tasks.begin_days(by=SYSTEM, at=at(20))
        for _ in range(2):  # its worker died between the commit and the word to the queue
            queue.tasks["tests.each_day"].func(day="2026-11-20")
    assert days(20) == DONE


def test_two_workers_begin_and_do_a_day_once(committed_db, two_jobs):
    with act_as(SYSTEM, on=TODAY):
        begin_owed_days(by=SYSTEM, at=at(17))
    begun, taken, gate = [], [], threading.Barrier(4)

    def work():
        gate.wait()
        with act_as(SYSTEM, on=TODAY):
            begun.extend(begin_owed_days(by=SYSTEM, at=at(20)))
        gate.wait()
        with act_as(SYSTEM, on=TODAY):
            taken.append(take_day("tests.each_day", date(2026, 11, 19), by=SYSTEM, at=at(20)))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((daily.name, day.day) for daily, day in begun) == [
        ("tests.as_it_stands", 20),
        ("tests.each_day", 18),
        ("tests.each_day", 19),
        ("tests.each_day", 20),
    ]
    assert sorted(taken) == [False, False, False, True]


def test_old_days_and_finished_jobs_are_forgotten_and_the_newest_day_stays(acting, two_jobs):
    with acting(SYSTEM):
        begin(datetime(2024, 1, 5, 8, 0, tzinfo=STREET_TIME))
        begin(datetime(2024, 1, 7, 8, 0, tzinfo=STREET_TIME))
        tasks.remove_old_jobs(by=SYSTEM, at=at(20))
        assert set(DailyRun.objects.values_list("day", flat=True)) == {date(2024, 1, 7)}
