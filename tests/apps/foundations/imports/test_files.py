"""Files as they come, and files that mean harm."""

import io
import zipfile

import pytest
from django.test import override_settings

from tests.apps.foundations.imports.sheets import HEAD, residents, text_table, xlsx
from tests.apps.work.desk.conftest import HOME, STREET
from yimen.foundations.bus.api import run_pending_jobs

pytestmark = pytest.mark.django_db


def test_titles_hidden_sheets_repeated_headings_and_empty_rows_do_no_harm(desk):
    rows = residents(4)
    data = xlsx(
        ("说明", [["填表说明"], ["请如实填写"]]),
        ("旧表", [HEAD, *residents(9, start=50)]),
        ("名册", [["东莺社区居民名册"], [], HEAD, rows[0], [], rows[1], HEAD, rows[2], [], [], rows[3]]),
        hidden=("旧表",),
    )
    here = desk()
    answer = here.send(data)
    text = here.text(answer.url)
    assert "4 行" in text and "有 1 行重复的表头，已跳过" in text and "旧表" not in text
    page = here.check(answer.url)
    assert "4 行合格，没有要改的" in here.text(page)


def test_what_is_merged_downwards_counts_for_each_row(desk, acting, system):
    from yimen.registers.people.models import Person

    rows = residents(3)
    rows[1][5] = rows[2][5] = ""
    rows[0][5] = lambda sheet, line, place: sheet.merge_range(line, place, line + 2, place, "甲户")
    rows[1][5] = rows[2][5] = lambda sheet, line, place: None
    rows[2][6] = "子"
    here = desk()
    page = here.batch(xlsx(("名册", [HEAD, *rows])))
    here.write(page)
    with acting(system):
        assert list(Person.objects.values_list("householder", flat=True)) == [rows[0][0]] * 3


def test_a_sheet_that_begins_further_in_keeps_its_row_numbers_and_its_merged_cells(desk):
    rows = residents(3)
    rows[0][5] = lambda sheet, line, place: sheet.merge_range(line, place, line + 2, place, "甲户")
    rows[1][5] = rows[2][5] = lambda sheet, line, place: None
    rows[2][2], rows[2][6] = "？", "子"
    here = desk()
    page = here.batch(xlsx(("名册", [[], [], *([""] * 2 + row for row in [HEAD, *rows])])))
    text = here.text(page)
    assert "2 行合格，1 行要改" in text and "第 6 行" in text


def test_a_formula_counts_for_what_it_came_to_and_nothing_runs(desk):
    rows = residents(2)
    rows[0][4] = lambda sheet, line, place: sheet.write_formula(
        line, place, '="东方丽都"&"1号"', None, "东方丽都1号"
    )
    rows[1][2] = "=cmd|' /C calc'!A0"
    here = desk()
    page = here.batch(xlsx(("名册", [HEAD, *rows])))
    assert "1 行合格，1 行要改" in here.text(page)
    body = here.browser.get(f"{page}wrong-rows/").content
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/"))
    assert "<f>" not in text and "'=cmd" in text


def test_another_sheet_and_another_row_may_be_taken(desk):
    data = xlsx(("一", [HEAD, *residents(2)]), ("二", [["表"], ["大名", "号"], ["王五", ""], ["赵六", ""]]))
    here = desk()
    columns = here.send(data).url
    answer = here.post(columns, look="1", sheet="二", head_row="2")
    assert answer.status_code == 302
    assert "大名" in here.text(columns)
    page = here.check(columns, column_0="name")
    assert "2 行合格" in here.text(page)
    wrong = here.post(columns, look="1", sheet="二", head_row="150")
    assert wrong.status_code == 422 and "没有表头" in wrong.content.decode()


def test_a_sheet_without_the_needed_column_and_one_told_twice_are_refused(desk):
    here = desk()
    columns = here.send(xlsx(("名册", [["甲", "乙"], ["王五", "赵六"]]))).url
    answer = here.post(columns)
    assert answer.status_code == 422 and "缺少“姓名”" in answer.content.decode()
    answer = here.post(columns, column_0="name", column_1="name")
    assert answer.status_code == 422 and "对应了两列" in answer.content.decode()


def _bomb():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")
        book.writestr("xl/worksheets/sheet1.xml", b"0" * (300 * 1024 * 1024))
    return target.getvalue()


def _torn():
    whole = xlsx(("名册", [HEAD, *residents(30)]))
    return whole[: len(whole) // 2]


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("名册.xlsx", lambda: b"", "空的"),
        ("名册.xlsx", _torn, "打不开"),
        ("名册.xlsx", _bomb, "解开后过大"),
        ("名册.xls", lambda: b"\xd0\xcf\x11\xe0" + b"0" * 600, "旧版 Office"),
        ("名册.xlsx", lambda: b"PK\x03\x04" + b"junk" * 50, "打不开"),
        ("名册.xlsx", lambda: b"%PDF-1.4 something", "这里只收"),
        ("名册.csv", lambda: "姓名,电话\n".encode("utf-16"), "Unicode 文本"),
        ("名册.csv", lambda: b"name,\xff\xff\xff\x80\x00", "看不出"),
        ("名册.csv", lambda: b"<html><script>a,b</script>", "网页文件"),
        ("名册.xlsx", lambda: xlsx(("空表", [])), "没有找到表头"),
        ("名册.xlsx", lambda: xlsx(("名册", [HEAD])), "表头下面没有内容"),
        ("名册.csv", lambda: text_table([HEAD, [str(n) for n in range(7)]] * 1), ""),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(desk, name, make, sentence):
    here = desk()
    answer = here.send(make(), name=name)
    if not sentence:
        assert answer.status_code == 302
        return
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert "DR" not in here.text("/imports/").split("<main")[1]


def test_limits_are_settings(desk):
    here = desk()
    with override_settings(YIMEN_IMPORT_MOST_ROWS=3):
        answer = here.send(xlsx(("名册", [HEAD, *residents(4)])))
        assert answer.status_code == 422 and "最多 3 行" in answer.content.decode()
    with override_settings(YIMEN_IMPORT_MOST_COLUMNS=3):
        answer = here.send(xlsx(("名册", [HEAD, *residents(4)])))
        assert answer.status_code == 422 and "最多 3 列" in answer.content.decode()


def test_a_large_file_is_read_by_a_job_and_one_that_cannot_be_read_says_so(desk):
    here = desk("window")
    with override_settings(YIMEN_IMPORT_READ_AT_ONCE=10):
        answer = here.send(
            xlsx(("名册", [[*HEAD, "社区"], *([*row, "东莺社区"] for row in residents(5))])), area=STREET
        )
        assert "正在读表" in here.text(answer.url)
        run_pending_jobs()
        columns = f"{answer.url}columns/"
        assert "每一列是什么" in here.text(columns)
        page = here.check(columns)
        assert "5 行合格" in here.text(page)
        answer = here.send(xlsx(("空", [])), area=HOME)
        run_pending_jobs()
        assert "停下了" in here.text(answer.url) and "没有找到表头" in here.text(answer.url)
        assert here.post(f"{answer.url}drop/").status_code == 302
        assert "这一批没有导入" in here.text(answer.url)


def test_who_loses_the_right_halts_the_batch_and_another_goes_on(desk, acting, system):
    from django.utils import timezone

    from yimen.foundations.access import api as access
    from yimen.kernel.clock import day_of

    here = desk()
    page = here.batch(xlsx(("名册", [HEAD, *residents(3)])))
    here.post(f"{page}write/", way="all")
    with acting(system, on=day_of(timezone.now())):
        account = next(one for one in access.accounts(by=system) if one.username == "head")
        access.close_account(by=system, at=timezone.now(), account=account.public_id, reason="调离")
    run_pending_jobs()
    other = desk("window")
    assert "停下了" in other.text(page)
    other.post(f"{page}resume/")
    run_pending_jobs()
    assert "已导入 3 人" in other.text(page)
