"""Large tables are filled by a job, empty ones with a chosen set, and an edition says what changed since the last."""

import io
from datetime import date, timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl.styles import Border, Side

from tests.apps.steering.returns.test_filling import (
    LI,
    SHEET,
    WANG,
    _opened,
    _save,
    _send,
    enter,
    residents,
    street,
)
from tests.apps.steering.returns.workbooks import column, forty_columns, number_of
from tests.apps.work.desk.conftest import HOME, STREET
from yimen.foundations.audit.api import trail
from yimen.foundations.bus.api import run_pending_jobs
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.steering.returns.models import Edition
from yimen.steering.returns.operations import portions

__all__ = ["enter", "residents", "street"]
LARGE = 503


def _post(browser, page, **told):
    return browser.post(page, {"request_key": str(uuid4()), **told})


def _many(lines=LARGE):
    known = [{"姓名": "王桂英", "公民身份号码": WANG}, {"姓名": "李国强", "公民身份号码": LI}]
    return forty_columns([*known, *({"姓名": f"外来{n}"} for n in range(lines - 2))])


def _empty(*, below=""):
    """A table of one heading row and one framed line, as departments send it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    frame = Border(bottom=Side("thin"))
    for place, title in enumerate(("序号", "姓名", "公民身份号码", "现住址", "低保等级"), start=1):
        sheet.cell(1, place, title)
        sheet.cell(2, place).border = frame
    sheet["C2"].number_format = "@"
    if below:
        sheet["A4"] = below
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def small_portions(monkeypatch):
    monkeypatch.setattr(portions, "PORTION", 200)


@pytest.mark.requirement("S1-110")
def test_a_large_table_is_filled_by_a_job_with_progress_and_leaves_as_an_edition(enter, small_portions):
    browser = enter("worker")
    page = _send(browser, _many()).url
    waiting = browser.get(page).content.decode()
    assert "正在自动填" in waiting and f"0 / {LARGE} 行" in waiting and "下载填好的表" not in waiting
    assert _post(browser, f"{page}editions/").status_code in (409, 422)
    assert browser.get(f"{page}download/").status_code in (409, 422)
    run_pending_jobs(limit=1)
    half = browser.get(page, headers={"HX-Request": "true", "HX-Target": "progress"})
    assert f"200 / {LARGE} 行" in half.content.decode() and "HX-Refresh" not in half.headers
    run_pending_jobs()
    end = browser.get(page, headers={"HX-Request": "true", "HX-Target": "progress"})
    assert end.headers.get("HX-Refresh") == "true"
    text = browser.get(page).content.decode()
    assert f"共 {LARGE} 人" in text and f"未对上 {LARGE - 2} 人" in text and "正在自动填" not in text
    shown = browser.get(f"{page}?view=all").content.decode()
    assert "东方丽都3幢501室" in shown and WANG not in shown
    # What is typed on a page of a large table counts at once, and stays when it is filled anew.
    before = browser.get(page).context["page"]["full"].open
    assert _save(browser, page, **{f"cell_5_{column('民族')}": "汉族"}).status_code == 302
    assert browser.get(page).context["page"]["full"].open == before - 1
    assert _post(browser, f"{page}again/").status_code == 302
    run_pending_jobs()
    assert browser.get(page).context["page"]["full"].open == before - 1
    made = _post(browser, f"{page}editions/")
    assert "正在出" in browser.get(made.url).content.decode()
    assert browser.get(f"{made.url}download/").status_code in (409, 422)
    run_pending_jobs()
    assert "这是第一版" in browser.get(made.url).content.decode()
    book = _opened(browser.get(f"{made.url}download/"))
    sheet = book[SHEET]
    assert sheet.cell(5, column("公民身份号码")).value == WANG
    assert sheet.cell(5, column("民族")).value == "汉族" and sheet.cell(6, column("性别")).value == "男"
    assert sheet.cell(LARGE + 4, column("姓名")).value == f"外来{LARGE - 3}"
    assert sheet.cell(LARGE + 4, column("合计")).value == f"=Z{LARGE + 4}*AA{LARGE + 4}"
    sources = [[cell.value for cell in row] for row in book["数据来源"].iter_rows()]
    assert "第 1 版，worker员出" in sources[1][0]
    assert next(row for row in sources if row[1] == "居住情况 · 现住址")[3] == "2 格"


def test_a_portion_costs_as_many_statements_however_many_rows_it_has(enter, acting, system, monkeypatch):
    told = {"by": system, "at": timezone.now() - timedelta(days=3), "community": HOME}
    numbers = [number_of("19550505", sequence) for sequence in range(100, 140)]
    with acting(system):
        for sequence, number in enumerate(numbers):
            people.register_person(**told, name=f"周测{sequence}", id_number=number)
    browser = enter("worker")
    costs = []
    for size in (10, 40):
        monkeypatch.setattr(portions, "PORTION", size)
        rows = [{"姓名": f"周测{n}", "公民身份号码": number} for n, number in enumerate(numbers)]
        _send(browser, forty_columns([*rows, *({"姓名": f"外来{n}"} for n in range(LARGE))]), title=f"{size}")
        with CaptureQueriesContext(connection) as queries:
            run_pending_jobs(limit=1)
        costs.append(len(queries))
        monkeypatch.setattr(portions, "PORTION", 1000)
        run_pending_jobs()
    assert costs[0] == costs[1]


def test_an_empty_table_is_filled_with_a_chosen_set_in_its_own_layout(enter):
    browser = enter("worker")
    page = _send(browser, _empty()).url
    assert browser.get(page).url == f"{page}people/"
    text = browser.get(f"{page}people/").content.decode()
    assert "一张表最多 5000 人" in text
    nothing = _post(browser, f"{page}people/")
    assert nothing.status_code == 422 and "至少选一个条件" in nothing.content.decode()
    assert _post(browser, f"{page}people/", community=HOME).status_code == 302
    text = browser.get(f"{page}?view=all").content.decode()
    assert "共 4 人" in text and "王桂英" in text and "东方丽都3幢501室" in text
    sheet = _opened(browser.get(f"{page}download/"))[SHEET]
    names = {sheet.cell(row, 2).value: row for row in range(2, 6)}
    assert set(names) == {"王桂英", "李国强", "陈伟"} and sheet.max_row == 5
    wang = names["王桂英"]
    assert sheet.cell(wang, 3).value == WANG and sheet.cell(wang, 4).value == "东方丽都3幢501室"
    assert [sheet.cell(row, 1).value for row in range(2, 6)] == [1, 2, 3, 4]
    assert sheet.cell(5, 4).border.bottom.style == "thin" and sheet.cell(5, 3).number_format == "@"


def test_a_set_that_would_cover_what_stands_below_is_refused_and_a_double_click_is_one_choice(enter):
    browser = enter("worker")
    page = _send(browser, _empty(below="填表人：")).url
    refused = _post(browser, f"{page}people/", community=HOME)
    assert refused.status_code == 422 and "表头下面只空 2 行" in refused.content.decode()
    free = _send(browser, _empty(), title="可填").url
    key = str(uuid4())
    for _ in range(2):
        told = {"request_key": key, "community": HOME}
        assert browser.post(f"{free}people/", told).status_code == 302
    assert "共 4 人" in browser.get(free).content.decode()
    named = _send(browser, _many(3), title="有名单").url
    refused = _post(browser, f"{named}people/", community=HOME)
    assert refused.status_code == 422 and "已经有姓名" in refused.content.decode()
    # Nobody of another community stands on a table of theirs.
    stranger = enter("farworker")
    own = _send(stranger, _empty()).url
    answer = _post(stranger, f"{own}people/", community=HOME)
    assert answer.status_code == 422
    assert stranger.get(f"{page}people/").status_code == 404


def test_an_edition_says_who_is_new_who_is_gone_and_which_cell_changed(enter, acting, system):
    browser = enter("worker")
    first = _send(browser, forty_columns([{"姓名": "王桂英", "公民身份号码": WANG}, {"姓名": "赵无名"}])).url
    _save(
        browser, first, **{f"cell_5_{column('政治面貌')}": "群众", f"cell_6_{column('备查1')}": "13800001234"}
    )
    one = _post(browser, f"{first}editions/").url
    _save(
        browser, first, **{
            f"cell_5_{column('政治面貌')}": "党员", f"was_5_{column('政治面貌')}": "群众",
            f"cell_6_{column('备查1')}": "13911112222", f"was_6_{column('备查1')}": "13800001234",
        },
    )  # fmt: skip
    two = _post(browser, f"{first}editions/").url
    text = browser.get(two).content.decode()
    assert "新增 0 人，去掉 0 人，变了内容的 2 人" in text and "基本信息 · 政治面貌：群众 → 党员" in text
    assert "13911112222" not in text and "13800001234" not in text
    # An edition stays as it was, whatever is typed later.
    assert _opened(browser.get(f"{one}download/"))[SHEET].cell(5, column("政治面貌")).value == "群众"
    # Next month's table with the same heading is compared with the last edition of this one.
    rows = [{"姓名": "王桂英", "公民身份号码": WANG}, {"姓名": "李国强", "公民身份号码": LI}]
    later = _send(browser, forty_columns(rows), title="下月").url
    text = browser.get(_post(browser, f"{later}editions/").url).content.decode()
    assert "和“困难老人排查”第 2 版" in text and "新增 1 人，去掉 1 人，变了内容的 1 人" in text
    with acting(system):
        assert {"returns.edition.begun", "returns.edition.exported"} <= set(
            trail(by=system).values_list("verb", flat=True)
        )
        assert Edition.objects.count() == 3
        with connection.cursor() as cursor:
            cursor.execute("SELECT content::text FROM returns_editionpart")
            assert WANG not in str(cursor.fetchall())
    for stranger in ("farworker", "far"):
        other = enter(stranger)
        assert other.get(two).status_code == 404 and other.get(f"{two}download/").status_code == 404
        for deed in ("again", "editions", "people"):
            assert _post(other, f"{first}{deed}/", community=HOME).status_code == 404


def test_who_reaches_fewer_residents_makes_an_edition_of_her_own(enter, acting, system):
    told, next_door = {"by": system, "at": timezone.now() - timedelta(days=2)}, f"{STREET}002"
    with acting(system):
        row = places.AreaRow(next_door, "隔壁社区")
        places.import_areas(**told, since=date(2015, 1, 1), rows=[row])
        people.register_person(**told, community=next_door, name="周远方", lives_address="远处9号")
    page = _send(enter("worker"), _empty()).url
    officer = enter("officer")
    assert _post(officer, f"{page}people/", community=next_door).status_code == 302
    made = _post(officer, f"{page}editions/").url
    assert _opened(officer.get(f"{made}download/"))[SHEET].cell(2, 2).value == "周远方"
    worker = enter("worker")
    assert "不在您范围内的居民" in worker.get(made).content.decode()
    assert worker.get(f"{made}download/").status_code == 422
    own = _post(worker, f"{page}editions/").url
    for text in (worker.get(page).content.decode(), worker.get(own).content.decode()):
        assert "周远方" not in text and "远处9号" not in text
    assert _opened(worker.get(f"{own}download/"))[SHEET].cell(2, 2).value is None
