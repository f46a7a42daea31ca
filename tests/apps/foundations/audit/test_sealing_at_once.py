"""Seals cover every row once, however late it is committed, and never read the trail they have sealed (封印)."""

import random
import threading
import time

import psycopg
import pytest
from django.db import connection, connections

from tests.apps.foundations.audit.test_trail import mend_lamp
from tests.conftest import NOW, TODAY
from yimen.foundations.audit.api import seal_state, seal_trail, verify
from yimen.foundations.audit.models import Seal, SealedRow, TrailRow, Unsealed
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.ids import uuid7

SYSTEM = system_actor("tests")
WRITERS, DEEDS = 4, 25


def in_thread(work, wrong):
    def run():
        try:
            work()
        except Exception as error:  # a thread's failure must fail the test
            wrong.append(repr(error))
        finally:
            connection.close()

    return threading.Thread(target=run)


def test_rows_committed_late_between_seals_are_each_covered_once(committed_db):
    wrong, writing = [], threading.Event()
    writing.set()

    def write(seed):
        dice = random.Random(seed)
        for number in range(DEEDS):
            with act_as(SYSTEM, on=TODAY):
                for _ in range(dice.randint(1, 3)):
                    mend_lamp(by=SYSTEM, at=NOW, subject=uuid7(), number=number)
                # The row has its number; others with later numbers are sealed before it is committed.
                time.sleep(dice.choice([0, 0, 0.01, 0.05]))

    def seal():
        while writing.is_set():
            with act_as(SYSTEM, on=TODAY):
                seal_trail(by=SYSTEM, at=NOW)

    writers = [in_thread(lambda seed=seed: write(seed), wrong) for seed in range(WRITERS)]
    sealers = [in_thread(seal, wrong) for _ in range(2)]
    for thread in (*writers, *sealers):
        thread.start()
    for thread in writers:
        thread.join()
    writing.clear()
    for thread in sealers:
        thread.join()
    assert wrong == []
    with act_as(SYSTEM, on=TODAY):
        seal_trail(by=SYSTEM, at=NOW)
        rows = set(TrailRow.objects.values_list("id", flat=True))
        covered = list(SealedRow.objects.order_by("seal_id", "row_id").values_list("row_id", flat=True))
        assert len(covered) == len(rows) and set(covered) == rows
        assert covered != sorted(covered), "no row came late: the test showed nothing"
        assert Seal.objects.count() > 5 and not Unsealed.objects.exists()
        found = verify(by=SYSTEM)
    assert (found.unsealed, found.faults) == (0, ())


def test_a_seal_reads_what_is_new_and_not_the_trail_before(acting):
    with acting(SYSTEM):
        for _ in range(40):
            mend_lamp(by=SYSTEM, at=NOW, subject=uuid7())
        seal_trail(by=SYSTEM, at=NOW)
        with connection.cursor() as cursor:
            # As in a trail of some size, where a scan of everything is never the better way.
            cursor.execute("SET LOCAL enable_seqscan = off")
            before = _rows_read(cursor)
            mend_lamp(by=SYSTEM, at=NOW, subject=uuid7())
            assert seal_trail(by=SYSTEM, at=NOW).rows == 1
            assert seal_state().unsealed == 0
            after = _rows_read(cursor)
            cursor.execute("SET LOCAL enable_seqscan = DEFAULT")
    assert after - before < 10


def _rows_read(cursor):
    cursor.execute(
        "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables"
        " WHERE relname IN ('audit_trailrow', 'audit_sealedrow')"
    )
    return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("tampering", "sentence"),
    [
        ("DELETE FROM audit_unsealed WHERE row_id = (SELECT max(id) FROM audit_trailrow)", "也不在待封之列"),
        (
            "DELETE FROM audit_traildetail WHERE row_id = (SELECT max(id) FROM audit_trailrow);"
            " DELETE FROM audit_trailrow WHERE id = (SELECT max(id) FROM audit_trailrow)",
            "在封印之前被删除",
        ),
        (
            "ALTER TABLE audit_trailrow DISABLE TRIGGER wait_for_seal; INSERT INTO audit_trailrow (public_id, deed, verb,"
            " inner_verb, actor, on_behalf_of, at, subject_kind, subject, area, digest) SELECT gen_random_uuid(), deed, verb,"
            " inner_verb, actor, on_behalf_of, at, subject_kind, subject, area, digest FROM audit_trailrow LIMIT 1;"
            " ALTER TABLE audit_trailrow ENABLE TRIGGER wait_for_seal",
            "也不在待封之列",
        ),
    ],
    ids=["taken out of the queue", "taken out of the trail", "slipped in"],
)
def test_what_is_done_to_a_row_before_its_seal_is_found(committed_db, tampering, sentence):
    with act_as(SYSTEM, on=TODAY):
        mend_lamp(by=SYSTEM, at=NOW, subject=uuid7())
        seal_trail(by=SYSTEM, at=NOW)
        mend_lamp(by=SYSTEM, at=NOW, subject=uuid7())
        assert verify(by=SYSTEM).faults == ()
    owner = connections["owner"].settings_dict
    with psycopg.connect(
        dbname=owner["NAME"],
        user=owner["USER"],
        password=owner["PASSWORD"],
        host=owner["HOST"],
        port=owner["PORT"],
    ) as behind:
        behind.execute(tampering)
    with act_as(SYSTEM, on=TODAY):
        seal_trail(by=SYSTEM, at=NOW)
        faults = verify(by=SYSTEM).faults
    assert any(sentence in fault for fault in faults)
