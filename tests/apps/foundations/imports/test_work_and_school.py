"""Where residents work or go to school comes in with their list, opens their card to that community, and goes with the batch."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from tests.apps.foundations.imports.sheets import HEAD, residents, xlsx
from tests.apps.work.desk.conftest import HOME
from yimen.foundations.bus.api import run_pending_jobs
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.registers.people.models import LocalTie, Person

pytestmark = pytest.mark.django_db
TIES = ["工作或就学", "工作单位", "单位所在社区", "入职日期", "合同到期", "登记依据"]
WORKS = ["工作", "潜龙机械厂", "潜龙社区", "2024-03-01", "", "劳动合同"]
LEARNS = ["在读", "潘火中心小学", "东莺", "2023年9月1日", "2099-07-01", ""]
NOTHING = [""] * len(TIES)


def sheet(*ties: list[str]) -> bytes:
    """A list of residents, each with what is told of her work or school."""
    rows = [[*row, *tie] for row, tie in zip(residents(len(ties)), ties, strict=True)]
    return xlsx(("名册", [[*HEAD, *TIES], *rows]))


def name(row: int) -> str:
    return residents(row)[row - 1][0]


def test_work_and_school_come_in_and_open_the_card_where_they_lie(desk):
    here = desk()
    page = here.batch(sheet(WORKS, LEARNS, NOTHING))
    assert "3 行合格，没有要改的" in here.text(page)
    here.write(page)
    assert "已导入 3 人" in here.text(page)
    there = desk("farwindow")
    tied = there.text("/people/tied/")
    assert name(1) in tied and "潜龙机械厂" in tied
    assert name(2) not in tied and name(3) not in tied


def test_the_file_says_where_since_when_and_by_what(desk, acting, system):
    here = desk()
    here.write(here.batch(sheet(WORKS, LEARNS)))
    with acting(system):
        ids = {one.name: one.public_id for one in Person.objects.all()}
        basis = dict(LocalTie.objects.values_list("place", "basis"))
    assert basis == {"潜龙机械厂": "劳动合同", "潘火中心小学": "导入的名册"}
    for who, told in (
        (name(1), "潜龙机械厂（工作，鄞州区百丈街道潜龙社区，2024年3月1日 起）"),
        (name(2), "潘火中心小学（就学，鄞州区潘火街道东莺社区，2023年9月1日 起，到 2099年7月1日）"),
    ):
        text = here.text(f"/people/{ids[who]}/")
        assert told in text


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        (0, "退休", "请写工作或就学"),
        (0, "", "请写明是工作还是就学"),
        (1, "", "请填写单位或学校的名称"),
        (2, "", "请写单位或学校在哪个社区"),
        (2, "蓬莱社区", "没有这个社区"),
        (3, "", "请写从哪天起"),
        (3, "去年", "日期看不懂"),
        (3, "2024-02-30", "没有这一天"),
        (3, "1921-01-01", "早于出生日期"),
        (3, "2098-01-01", "在今天之后"),
        (4, "2024-02-01", "结束的日期要晚于开始的日期"),
        (4, "合同期满", "日期看不懂"),
    ],
)
def test_a_cell_that_cannot_be_gets_its_sentence_and_the_row_waits(desk, column, cell, says):
    here = desk()
    wrong = [cell if place == column else told for place, told in enumerate(WORKS)]
    page = here.batch(sheet(NOTHING, NOTHING, wrong))
    assert "2 行合格，1 行要改" in here.text(page)
    book = openpyxl.load_workbook(io.BytesIO(here.browser.get(f"{page}wrong-rows/").content)).active
    marked = {
        cell.column: cell.comment.text for line in book.iter_rows(min_row=2) for cell in line if cell.comment
    }
    assert list(marked) == [len(HEAD) + column + 1]
    assert says in marked[len(HEAD) + column + 1]


def test_a_batch_taken_back_takes_work_and_school_with_it(desk):
    here = desk()
    page = here.batch(sheet(WORKS, LEARNS))
    here.write(page)
    here.post(f"{page}undo/")
    run_pending_jobs()
    assert "已撤销 2 人，全部撤回" in here.text(page)
    assert name(1) not in desk("farwindow").text("/people/tied/")
    here = desk()
    assert "2 行合格" in here.text(here.batch(sheet(WORKS, LEARNS)))


@pytest.mark.parametrize("deed", ["another is noted", "it is ended"])
def test_what_a_worker_said_of_it_since_stays(desk, acting, system, deed):
    here = desk()
    data = sheet(WORKS, NOTHING, NOTHING)
    page = here.batch(data)
    here.write(page)
    now = timezone.now()
    with acting(system):
        [her] = [one.public_id for one in people.find_people(name(1), by=system)]
        if deed == "another is noted":
            told = {"kind": "work", "community": HOME, "place": "东莺菜场", "basis": "本人说明"}
            people.note_local_tie(
                by=system, at=now, person=her, since=day_of(now) - timedelta(days=9), **told
            )
        else:
            [tie] = people.get_file(her, by=system, on=day_of(now)).ties
            people.end_local_tie(
                by=system, at=now, person=her, tie=tie.public_id, on=day_of(now), reason="离职"
            )
    here.post(f"{page}undo/")
    run_pending_jobs()
    text = here.text(page)
    assert "导入以后改过" in text
    with acting(system):
        assert [one.public_id for one in people.find_people(name(1), by=system)] == [her]
