"""The worker dies at any statement of any step of an import, and between its work and its report: no row is lost or doubled."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.apps.foundations.imports.sheets import HEAD, residents, xlsx
from tests.apps.foundations.imports.test_residents import everybody, proven
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.imports.models import Batch, Chunk, ImportedRow

pytestmark = pytest.mark.django_db
SMALL = {"YIMEN_IMPORT_CHUNK_ROWS": 2, "YIMEN_IMPORT_READ_AT_ONCE": 10, "YIMEN_IMPORT_LANES": 2}
ROWS = residents(4)
_ENDS = ("SAVEPOINT", "RELEASE", "ROLLBACK")
_REPORT = 'DELETE FROM "procrastinate_jobs"'


class Died(BaseException):
    """The process is gone: nothing of ours may catch it."""


@contextmanager
def dying_at(statement: int):
    """The process dies as it sends this statement. Savepoints are not counted: here they stand for the job's transaction, whose
    own end a database does or does not do."""
    sent = []

    def send(execute, sql, params, many, context):
        if not sql.startswith(_ENDS):
            sent.append(sql)
            if len(sent) == statement:
                raise Died(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(send):
        yield


def work_off(standing) -> set[str]:
    """Run what waits, and die at each statement of each job before it may go through; answers in which states that was.

    ``standing()`` tells what there is: what a job that died has left is what was there before it.
    """
    died_in = set()
    while (first := ProcrastinateJob.objects.filter(status="todo").order_by("id").first()) is not None:
        before, statement = standing(), 1
        while (died := _run_one(statement)) and not died.startswith(_REPORT):
            assert standing() == before, died
            died_in.add(before[0])
            statement += 1
        if ProcrastinateJob.objects.filter(pk=first.pk).exists():
            # All was done and nobody heard of it: the job comes again, and does no more than is due.
            run_pending_jobs(limit=1)
    return died_in


def _run_one(statement: int) -> str:
    """Run the next job and die at this statement; answers which it was, "" when the job ended before it."""
    try:
        with dying_at(statement):
            run_pending_jobs(limit=1)
    except Died as died:
        return str(died)
    return ""


@pytest.fixture
def standing(acting, system):
    """The state of the newest batch, its portions and what became of its rows, and who is on file."""

    def look():
        folk = everybody(acting, system)
        with acting(system):
            batch = Batch.objects.order_by("-id").first()
            chunks = Chunk.objects.filter(batch=batch).order_by("ordinal")
            kept = ImportedRow.objects.filter(batch=batch).order_by("row", "id")
            return (
                batch.state,
                [(one.state, one.rows, one.written, one.bad) for one in chunks],
                list(kept.values_list("row", "subject", "undone")),
                folk,
            )

    return look


def test_a_batch_that_dies_at_every_statement_of_every_step_comes_in_whole_and_goes_whole(
    desk, acting, system, standing
):
    here = desk()
    before = everybody(acting, system)
    with override_settings(**SMALL):
        columns = here.send(xlsx(("名册", [HEAD, *ROWS]))).url
        died = work_off(standing)
        page = here.browser.get(f"{columns}columns/").context["page"]["form"]
        told = {name: page.initial.get(name, "") for name in page.fields}
        columns = here.post(f"{columns}columns/", **told).url
        died |= work_off(standing)
        assert "4 行合格" in here.text(columns)
        assert here.post(f"{columns}write/", way="all").status_code == 302
        died |= work_off(standing)
        assert sorted({row[0] for row in everybody(acting, system)} - {row[0] for row in before}) == sorted(
            row[0] for row in ROWS
        )
        _, _, kept, folk = standing()
        assert [row for row, *_ in kept] == [2, 3, 4, 5] and len({subject for _, subject, _ in kept}) == 4
        assert len(folk) == len(before) + 4
        assert "已导入 4 人" in here.text(columns)
        assert proven(acting, system) == []
        assert here.post(f"{columns}undo/").status_code == 302
        died |= work_off(standing)
    assert everybody(acting, system) == before
    assert proven(acting, system) == []
    assert died >= {"reading", "checking", "writing", "undoing"}
