"""The write guard: whatever the way, a write outside an operation does not reach the database."""

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from yimen.foundations.bus.api import WriteOutsideOperation
from yimen.foundations.bus.models import Announcement
from yimen.foundations.bus.postgresql.guard import written_tables

WRITES = [
    'INSERT INTO "desk_case" ("id") VALUES (1)',
    "insert\n  into desk_case values (1)",
    "UPDATE desk_case SET state = 'x'",
    'UPDATE ONLY "public"."desk_case" AS c SET state = 1',
    "DELETE FROM desk_case",
    "WITH gone AS (DELETE FROM desk_case RETURNING id) SELECT * FROM gone",
    "COPY desk_case (id) FROM STDIN",
    "TRUNCATE TABLE desk_case",
    "MERGE INTO desk_case USING x ON true WHEN MATCHED THEN DELETE",
    "SELECT 1; /* quiet */ DELETE /* very */ FROM desk_case",
]
READS = [
    "SELECT * FROM desk_case FOR UPDATE",
    'SELECT * FROM desk_case FOR NO KEY UPDATE OF "desk_case" SKIP LOCKED',
    "SELECT deleted_from, update_set FROM desk_case",
    "COPY (SELECT 1) TO STDOUT",
    "SELECT set_config('yimen.reach', '', true)",
]


@pytest.mark.parametrize("statement", WRITES)
def test_a_statement_that_writes_is_seen_to_write(statement):
    assert written_tables(statement) == ("desk_case",)


@pytest.mark.parametrize("statement", READS)
def test_a_statement_that_only_reads_passes(statement):
    assert written_tables(statement) == ()


@given(st.sampled_from(WRITES), st.sampled_from([str.upper, str.lower]))
def test_the_case_of_letters_does_not_open_the_gate(statement, change):
    assert [name.lower() for name in written_tables(change(statement))] == ["desk_case"]


@pytest.mark.django_db
def test_every_road_into_the_table_is_closed_outside_an_operation():
    roads = [
        lambda: Announcement.objects.update(name="x"),
        lambda: Announcement._base_manager.all().update(name="x"),
        lambda: Announcement.objects.all()._raw_delete("default"),
        lambda: Announcement(name="x", subject="00000000-0000-0000-0000-000000000000").save(),
        lambda: connection.cursor().execute("DELETE FROM bus_announcement"),
        lambda: connection.cursor().executemany("UPDATE bus_announcement SET name = %s", [["x"]]),
        lambda: connection.connection.cursor().execute("DELETE FROM bus_announcement"),
        lambda: connection.cursor().copy("COPY bus_announcement FROM STDIN").__enter__(),
    ]
    for road in roads:
        with pytest.raises(WriteOutsideOperation), transaction.atomic():
            road()
