"""A sheet with a column that nobody may collect does not come in, and nothing of it stays (不得收集)."""

import pytest
from django.test import override_settings

from tests.apps.foundations.imports.sheets import HEAD, residents, text_table, xlsx
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.imports.models import Batch, Chunk

pytestmark = pytest.mark.requirement("S3-28")


def _rows(column):
    return [[*HEAD, column], *([*row, "2026-10-01"] for row in residents(4))]


@pytest.mark.parametrize("column", ["末次月经", "是否 怀孕", "经孕情", "Pregnancy"])
def test_a_sheet_that_tells_it_is_turned_away_at_the_door(desk, acting, system, column):
    head = desk()
    for data, name in ((xlsx(("名册", _rows(column))), "名册.xlsx"), (text_table(_rows(column)), "名册.csv")):
        answer = head.send(data, name=name)
        assert answer.status_code == 422 and "只有给她看病的医生" in answer.content.decode()
    with acting(system):
        assert not Batch.objects.exists() and not Chunk.objects.exists()


def test_a_large_sheet_is_cleared_by_the_job_that_reads_it(desk, acting, system):
    head = desk()
    with override_settings(YIMEN_IMPORT_READ_AT_ONCE=10):
        answer = head.send(xlsx(("名册", _rows("孕情"))))
    run_pending_jobs()
    page = head.text(answer.url.replace("columns/", ""))
    assert "只有给她看病的医生" in page and "内容已经清除" in page
    with acting(system):
        [batch] = Batch.objects.all()
        assert (
            batch.state == "dropped"
            and batch.file is None
            and not any(chunk.content for chunk in Chunk.objects.all())
        )


def test_other_columns_come_in_as_before(desk):
    assert desk().send(xlsx(("名册", _rows("经办人")))).status_code == 302
