"""A clinician writes in the same second in which the patient takes her consent back (同时办理)."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tests.apps.registers.people.conftest import HOME, ROWS, SINCE
from tests.conftest import NOW, TODAY
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.services.care import api as care
from yimen.services.care.models import CareRecord
from yimen.services.care.permissions import VIEW_MENTAL

SYSTEM = system_actor("tests")


@pytest.fixture
def patient(committed_db, make_actor):
    """Somebody who agreed yesterday, and her doctor."""
    doctor = make_actor("people.find", "people.view_file", "care.record", VIEW_MENTAL, area=HOME)
    with act_as(SYSTEM, on=TODAY):
        rows = [places.AreaRow(*row) for row in ROWS]
        places.import_areas(by=SYSTEM, at=NOW, since=SINCE, rows=rows)
        her = people.register_person(by=SYSTEM, at=NOW, name="王桂英", community=HOME).public_id
    yesterday = NOW - timedelta(days=1)
    with act_as(doctor, on=yesterday.date()):
        care.give_consent(by=doctor, at=yesterday, person=her, kind="mental")
    return her, doctor


def _waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()"
            " AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
        )
        return cursor.fetchone()[0]


def test_what_is_written_while_she_takes_it_back_does_not_stay(patient):
    her, doctor = patient
    taken, written = threading.Event(), threading.Event()

    def take_back():
        try:
            with act_as(doctor, on=TODAY):
                care.withdraw_consent(by=doctor, at=NOW, person=her, kind="mental")
                taken.set()
                until = time.monotonic() + 60
                while not (written.is_set() or _waits_for_a_lock()) and time.monotonic() < until:
                    time.sleep(0.02)
        finally:
            connection.close()

    def write():
        taken.wait(60)
        try:
            with act_as(doctor, on=TODAY), pytest.raises(care.CannotRecord, match="还没有同意"):
                care.record_care(
                    by=doctor, at=NOW, person=her, kind="mental", seen_on=TODAY, words="不该留下"
                )
        finally:
            written.set()
            connection.close()

    with ThreadPoolExecutor(2) as two:
        for done in [two.submit(take_back), two.submit(write)]:
            done.result()
    with act_as(SYSTEM, on=TODAY):
        assert not CareRecord.objects.exists()
