"""Events arrive after commit, once per handler, in order per subject, and only if the deed stood."""

from dataclasses import dataclass
from datetime import date

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from yimen.foundations.audit.api import operation, record
from yimen.foundations.bus import tasks
from yimen.foundations.bus.api import announce, on, run_pending_jobs
from yimen.foundations.bus.events import Event
from yimen.foundations.bus.models import Announcement, Delivery
from yimen.kernel.ids import uuid7

STREET = "330212007"
HEARD = []
GREAT = []


@dataclass(frozen=True, kw_only=True)
class LampBroke(Event):
    name = "tests.lamp_broke"
    number: int
    on: date


@on(LampBroke)
def note_lamp(*, event, by, at):
    HEARD.append((event, by))


@on(LampBroke, number=(8, 9))
def note_great_lamp(*, event, by, at):
    GREAT.append(event.number)


@operation("tests.lamp.broken")
def break_lamp(*, by, at, subject, number, fail=False):
    announce(LampBroke(subject=subject, area=STREET + "001", number=number, on=date(2026, 11, 20)))
    record(subject, kind="lamp", area=STREET)
    if fail:
        raise ZeroDivisionError


@dataclass(frozen=True, kw_only=True)
class LampWentOn(Event):
    name = "tests.lamp_went_on"


@operation("tests.lamp.lit")
def light_lamp(*, by, at, subject):
    announce(LampWentOn(subject=subject, area=STREET))
    record(subject, kind="lamp", area=STREET)


@pytest.fixture(autouse=True)
def _silence():
    HEARD.clear()
    GREAT.clear()


def test_a_handler_hears_the_event_as_system_actor_of_the_street(acting, make_actor, now):
    clerk, lamp = make_actor(), uuid7()
    with acting(clerk):
        break_lamp(by=clerk, at=now, subject=lamp, number=7)
        assert HEARD == []
        run_pending_jobs()
    [(event, by)] = HEARD
    assert event == LampBroke(subject=lamp, area=STREET + "001", number=7, on=date(2026, 11, 20))
    assert by.reach == (STREET,) and by.on_behalf_of == clerk.key


def test_a_handler_may_ask_for_some_events_only_and_no_job_is_made_for_others(acting, make_actor, now):
    clerk = make_actor()
    with acting(clerk):
        for number, jobs in ((7, 1), (8, 2)):
            break_lamp(by=clerk, at=now, subject=uuid7(), number=number)
            assert run_pending_jobs() == jobs
    assert GREAT == [8] and len(HEARD) == 2


def test_a_job_for_whom_it_does_not_concern_any_more_does_nothing(acting, make_actor, now, system):
    clerk = make_actor()
    with acting(clerk):
        break_lamp(by=clerk, at=now, subject=uuid7(), number=7)
        handler = f"{note_great_lamp.__module__}.{note_great_lamp.__name__}"
        tasks.deliver(by=system, at=now, announcement=Announcement.objects.get().id, handler=handler)
    assert GREAT == [] and not Delivery.objects.exists()


def test_what_nobody_listens_to_is_told_without_a_job(acting, make_actor, now):
    clerk, lamp = make_actor(), uuid7()
    with acting(clerk):
        light_lamp(by=clerk, at=now, subject=lamp)
        assert Announcement.objects.get().name == "tests.lamp_went_on"
        assert not ProcrastinateJob.objects.exists()


def test_a_handler_cannot_ask_for_what_the_event_does_not_have():
    with pytest.raises(TypeError, match="colour"):
        on(LampBroke, colour="red")


def test_an_event_of_a_failed_deed_is_never_told(acting, make_actor, now):
    clerk = make_actor()
    with acting(clerk):
        with pytest.raises(ZeroDivisionError):
            break_lamp(by=clerk, at=now, subject=uuid7(), number=1, fail=True)
        assert not Announcement.objects.exists() and not ProcrastinateJob.objects.exists()


def test_a_job_that_runs_twice_delivers_once(acting, make_actor, now, system):
    clerk = make_actor()
    with acting(clerk):
        break_lamp(by=clerk, at=now, subject=uuid7(), number=1)
        told = Announcement.objects.get()
        handler = f"{note_lamp.__module__}.{note_lamp.__name__}"
        for _ in range(2):
            tasks.deliver(by=system, at=now, announcement=told.id, handler=handler)
        assert len(HEARD) == 1 and Delivery.objects.count() == 1


def test_events_of_one_subject_arrive_in_the_order_they_were_told(acting, make_actor, now):
    clerk, lamp = make_actor(), uuid7()
    with acting(clerk):
        for number in range(5):
            break_lamp(by=clerk, at=now, subject=lamp, number=number)
        assert ProcrastinateJob.objects.values("lock").distinct().count() == 1
        run_pending_jobs()
    assert [event.number for event, _ in HEARD] == [0, 1, 2, 3, 4]


def test_an_event_outside_an_operation_is_a_bug():
    with pytest.raises(RuntimeError, match="outside an operation"):
        announce(LampBroke(subject=uuid7(), area=STREET, number=1, on=date(2026, 11, 20)))


def test_a_payload_of_a_newer_release_is_read_by_an_older_worker():
    event = LampBroke(subject=uuid7(), area=STREET, number=1, on=date(2026, 11, 20))
    assert LampBroke.from_payload(event.to_payload() | {"colour": "amber"}) == event


def test_a_handler_listens_to_one_event_only():
    with pytest.raises(ValueError, match="listens already"):
        on(LampBroke)(note_lamp)
