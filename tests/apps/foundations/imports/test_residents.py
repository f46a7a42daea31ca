"""A list of residents comes in: checked whole, marked, written, taken back."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.apps.foundations.imports.sheets import HEAD, number_of, residents, text_table, xlsx
from tests.apps.work.desk.conftest import HOME, STREET
from yimen.foundations.audit.api import prove
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.imports.rules import plain_value
from yimen.kernel.clock import day_of
from yimen.kernel.text import clean_name
from yimen.registers.people import api as people
from yimen.registers.people.models import Household, Person, PersonDocument

pytestmark = pytest.mark.django_db


def everybody(acting, system):
    with acting(system):
        return sorted(
            Person.objects.values_list("name", "sex", "address", "householder", "phone_tail", "community")
        )


def proven(acting, system):
    with acting(system), connection.cursor() as cursor:
        return [one for one in prove(cursor, only=["people."]) if one.found.different]


@pytest.mark.parametrize("form", ["xlsx", "utf-8-sig", "utf-8", "gb18030", "tabs"])
def test_a_list_comes_in_from_every_kind_of_file(desk, acting, system, form):
    rows = residents(7)
    if form == "xlsx":
        data, name = xlsx(("名册", [HEAD, *rows])), "名册.xlsx"
    elif form == "tabs":
        data, name = text_table([HEAD, *rows], delimiter="\t"), "名册.csv"
    else:
        data, name = text_table([HEAD, *rows], encoding=form), "名册.csv"
    here = desk()
    page = here.batch(data, name=name)
    assert "7 行合格，没有要改的" in here.text(page)
    assert everybody(acting, system) == []
    assert here.write(page).status_code == 302
    assert "已导入 7 人" in here.text(page)
    found = everybody(acting, system)
    assert [one[0] for one in found] == sorted(row[0] for row in rows)
    assert {(one[0], one[2]) for one in found} == {(row[0], row[4]) for row in rows}
    heads = {row[5]: row[0] for row in rows if row[6] == "户主"}
    assert {(one[0], one[3]) for one in found} == {(row[0], heads[row[5]]) for row in rows}
    assert all(one[5] == HOME for one in found)
    with acting(system):
        assert Household.objects.count() == 4


def test_wrong_cells_come_back_marked_and_the_good_rows_go_in(desk, acting, system):
    rows = residents(6)
    rows[0][1] = rows[0][1][:-1] + ("0" if rows[0][1][-1] != "0" else "1")  # a wrong check character
    rows[2][2] = "不详"
    rows[4][0] = ""
    rows[5][1] = rows[3][1]
    here = desk()
    page = here.batch(xlsx(("名册", [HEAD, *rows])))
    text = here.text(page)
    assert "2 行合格，4 行要改" in text and "性别请写男或女" in text and "“姓名”没有填" in text
    assert "和第 5 行是同一个证件号码" in text
    assert rows[0][1] not in text and rows[3][1] not in text
    refused = here.post(f"{page}write/", way="all")
    assert refused.status_code == 422 and "还有 4 行不合格" in refused.content.decode()
    book = openpyxl.load_workbook(io.BytesIO(here.browser.get(f"{page}wrong-rows/").content)).active
    assert [cell.value for cell in book[1]] == [*HEAD, "不合格原因", "原表行号"]
    assert [line[-1].value for line in book.iter_rows(min_row=2)] == ["2", "4", "6", "7"]
    marked = [(cell.row, cell.column) for line in book.iter_rows(min_row=2) for cell in line if cell.comment]
    assert marked == [(2, 2), (3, 3), (4, 1), (5, 2)]
    assert book.cell(3, 3).comment.text.startswith("性别请写男或女")
    here.write(page, "good")
    assert "已导入 2 人，4 行没有导入" in here.text(page)
    assert len(everybody(acting, system)) == 2


def test_the_marked_sheet_mended_comes_in_without_telling_the_columns_again(desk, acting, system):
    rows = residents(3)
    rows[1][2] = "?"
    here = desk()
    odd = ["大名", *HEAD[1:]]
    answer = here.send(xlsx(("名册", [odd, *rows])))
    page = here.check(answer.url, column_0="name")
    here.write(page, "good")
    book = openpyxl.load_workbook(io.BytesIO(here.browser.get(f"{page}wrong-rows/").content))
    book.active.cell(2, 3).value = "女"
    for column in (9, 8):
        book.active.delete_cols(column)
    sent = io.BytesIO()
    book.save(sent)
    again = here.send(sent.getvalue())
    assert "表头相同，已按那次的对应" in here.text(again.url)
    page = here.check(again.url)
    here.write(page)
    assert len(everybody(acting, system)) == 3


def test_who_is_on_file_already_is_told_and_not_written_twice(desk, acting, system):
    here = desk()
    data = xlsx(("名册", [HEAD, *residents(3)]))
    here.write(here.batch(data))
    page = here.batch(data)
    assert "0 行合格，3 行要改" in here.text(page) and "已经建档，档案号" in here.text(page)
    assert here.post(f"{page}write/", way="good").status_code == 422
    assert len(everybody(acting, system)) == 3


def test_the_page_follows_the_work_and_loads_itself_anew_at_its_end(desk):
    here = desk()
    page = here.batch(xlsx(("名册", [HEAD, *residents(4)])))
    here.post(f"{page}write/", way="all")
    asks = {"HX-Request": "true", "HX-Target": "progress"}
    going = here.browser.get(page, headers=asks)
    assert "正在写入：0 / 4 行" in going.content.decode() and "HX-Refresh" not in going
    run_pending_jobs()
    done = here.browser.get(page, headers=asks)
    assert done["HX-Refresh"] == "true" and "已导入 4 人" in done.content.decode()


def test_a_double_click_writes_once(desk, acting, system):
    here = desk()
    page = here.batch(xlsx(("名册", [HEAD, *residents(4)])))
    told = {"request_key": "one", "way": "all"}
    first, second = (here.browser.post(f"{page}write/", told) for _ in "12")
    assert (first.status_code, second.status_code) == (302, 302)
    run_pending_jobs()
    assert len(everybody(acting, system)) == 4
    assert here.post(f"{page}write/", way="all").status_code == 409


def test_a_batch_is_taken_back_whole_and_the_numbers_agree(desk, acting, system):
    here = desk()
    here.write(here.batch(xlsx(("名册", [HEAD, *residents(5)]))))
    before, figures = everybody(acting, system), figure(acting, system)
    with override_settings(YIMEN_IMPORT_CHUNK_ROWS=4):
        page = here.batch(xlsx(("名册", [HEAD, *residents(15, start=21)])))
        here.write(page)
        assert len(everybody(acting, system)) == 20
        assert proven(acting, system) == []
        here.post(f"{page}undo/")
        run_pending_jobs()
    assert "已撤销 15 人，全部撤回" in here.text(page)
    assert everybody(acting, system) == before
    assert figure(acting, system) == figures
    assert proven(acting, system) == []
    # What was taken back may come in again.
    page = here.batch(xlsx(("名册", [HEAD, *residents(15, start=21)])))
    assert "15 行合格" in here.text(page)


def figure(acting, system):
    with acting(system):
        return people.population(STREET, on=day_of(timezone.now()), by=system)


def test_what_was_written_upon_stays_with_its_household_and_says_why(desk, acting, system):
    here = desk()
    page = here.batch(xlsx(("名册", [HEAD, *residents(6)])))
    here.write(page)
    with acting(system):
        touched = Person.objects.get(name=residents(2)[1][0])
        people.correct_person(
            by=system, at=timezone.now(), person=touched.public_id, name="新名字", reason="户口簿", version=1
        )
    here.post(f"{page}undo/")
    run_pending_jobs()
    text = here.text(page)
    assert "已撤销 4 人，留下 2 人" in text and "导入以后改过" in text and "同一户里有人留下" in text
    assert [one[0] for one in everybody(acting, system)] == sorted(["新名字", residents(1)[0][0]])
    assert proven(acting, system) == []


def test_the_file_of_a_resident_says_from_which_batch_she_came(desk, acting, system):
    here = desk()
    page = here.batch(xlsx(("名册", [HEAD, *residents(2)])))
    here.write(page)
    number = here.text(page).split("<h1>导入 ")[1].split("<")[0].strip()
    with acting(system):
        person = Person.objects.get(name=residents(1)[0][0])
    here.browser.post(f"/people/{person.public_id}/", {"why": "window"})
    text = here.text(f"/people/{person.public_id}/")
    assert f"批量导入 {number}" in text and "第 2 行" in text


def test_who_may_be_somebody_on_file_is_asked_about_after_the_import(desk, acting, system):
    with acting(system):
        people.register_person(
            by=system,
            at=timezone.now(),
            name="王秀兰",
            sex="female",
            birth_on=date(1949, 12, 31),
            community=HOME,
        )
    here = desk()
    rows = [["王秀兰", "1949-12-31", "女"], ["李平", "1980-01-02", "男"]]
    page = here.batch(xlsx(("名册", [["姓名", "出生日期", "性别"], *rows])))
    assert "2 行合格" in here.text(page)
    here.write(page)
    assert "已导入 2 人" in here.text(page) and "有 1 对可能是同一个人" in here.text(page)
    here.post(f"{page}undo/")
    run_pending_jobs()
    assert [one[0] for one in everybody(acting, system)] == ["王秀兰"]


def test_another_street_neither_sees_nor_touches_a_batch(desk):
    here = desk()
    page = here.batch(xlsx(("名册", [HEAD, *residents(2)])))
    number = here.text(page).split("<h1>导入 ")[1].split("<")[0].strip()
    for username in ("farhead", "farwindow"):
        far = desk(username)
        assert number not in far.text("/imports/")
        assert far.browser.get(page).status_code == 404
        assert far.browser.get(f"{page}wrong-rows/").status_code == 404
        assert far.browser.get(f"{page}columns/").status_code == 404
        for deed in ("write", "stop", "resume", "undo", "drop"):
            assert far.post(f"{page}{deed}/", way="all").status_code == 404
        refused = far.send(xlsx(("名册", [HEAD, *residents(1)])), area=HOME)
        assert refused.status_code == 422
    worker = desk("worker")
    assert worker.browser.get("/imports/").status_code == 403


def test_the_sheet_may_not_reach_into_another_community(desk):
    here = desk()
    rows = [[*row, place] for row, place in zip(residents(2), ("东莺", "潜龙社区"), strict=True)]
    page = here.batch(xlsx(("名册", [[*HEAD, "所属社区"], *rows])))
    assert "1 行合格，1 行要改" in here.text(page) and "没有这个社区" in here.text(page)


TEXT = st.text(st.sampled_from("王李张刘陈欧阳秀英伟芳娜·abcＡ１ 　-(（）)\u200b=+'\"，,\t"), max_size=12)


@given(
    told=st.lists(
        st.fixed_dictionaries(
            {
                "name": TEXT,
                "birth": st.dates(date(1920, 1, 1), date(2030, 12, 31)),
                "address": TEXT,
                "written": st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]),
                "form": st.sampled_from(["xlsx", "utf-8", "gb18030"]),
            }
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_was_written_is_what_stood_in_the_sheet_cleaned(desk, acting, system, told):
    form = told[0]["form"]
    rows = [[one["name"], one["birth"].strftime(one["written"]), one["address"]] for one in told]
    head = ["姓名", "出生日期", "现住址"]
    if form == "xlsx":
        data, name = xlsx(("名册", [head, *rows])), "名册.xlsx"
    else:
        data, name = text_table([head, *rows], encoding=form), "名册.csv"
    here = desk()
    page = here.batch(data, name=name)
    today = day_of(timezone.now())
    good = [
        (clean_name(plain_value(one["name"])), one["birth"], plain_value(one["address"]))
        for one in told
        if clean_name(plain_value(one["name"])) and one["birth"] <= today
    ]
    with acting(system):
        before = set(Person.objects.values_list("id", flat=True))
    here.write(page, "good")
    with acting(system):
        made = Person.objects.exclude(id__in=before).order_by("id")
        assert list(made.values_list("name", "birth_on", "address")) == good
    if good:
        here.post(f"{page}undo/")
        run_pending_jobs()
    with acting(system):
        assert set(Person.objects.values_list("id", flat=True)) == before


def test_content_is_cleared_after_the_stated_days(desk, acting, system):
    from yimen.foundations.imports.api import scrub_batches
    from yimen.foundations.imports.models import Batch, Chunk

    here = desk()
    page = here.batch(xlsx(("名册", [HEAD, *residents(2)])))
    here.write(page)
    with acting(system):
        assert scrub_batches(by=system, at=timezone.now(), before=timezone.now()) == 1
        assert [one.content for one in Chunk.objects.all()] == [""]
        assert Batch.objects.get().file is None
    assert "清除" in here.text(page)
    assert here.browser.get(f"{page}wrong-rows/").status_code == 422
    here.post(f"{page}undo/")
    run_pending_jobs()
    assert everybody(acting, system) == []


def test_numbers_that_a_spreadsheet_spoilt_are_refused_with_a_sentence(desk):
    here = desk()
    good, bad = residents(2)
    bad[1] = 330212199001011234
    here_page = here.batch(xlsx(("名册", [HEAD, good, bad])))
    text = here.text(here_page)
    assert "1 行合格，1 行要改" in text and "15 位以后的数字已经丢失" in text
    page = here.batch(text_table([HEAD, good, [bad[0], "3.30212E+17", *bad[2:]]]), name="名册.csv")
    assert "15 位以后的数字已经丢失" in here.text(page)


def test_days_full_width_and_old_numbers_are_understood(desk, acting, system):
    here = desk()
    head = ["姓名", "身份证号码", "出生日期", "入住日期"]
    rows = [
        ["王　小明", "３３０２１２" + number_of("19500301", 122)[6:], date(1950, 3, 1), "2020年1月5日"],
        ["李四", "330212480101122", "19480101", "2020.1.5"],
        ["赵五", "", "1990/2/3", date(2021, 5, 6)],
        ["钱六", "", "1990-02", ""],
        ["孙七", "", "1990-02-30", ""],
    ]
    page = here.batch(xlsx(("名册", [head, *rows])))
    text = here.text(page)
    assert "3 行合格，2 行要改" in text and "日期看不懂" in text and "没有这一天" in text
    here.write(page, "good")
    with acting(system):
        born = dict(Person.objects.values_list("name", "birth_on"))
        assert born == {"王小明": date(1950, 3, 1), "李四": date(1948, 1, 1), "赵五": date(1990, 2, 3)}
        assert sorted(len(one.number) for one in PersonDocument.objects.all()) == [18, 18]
        assert {one.lives_since for one in Person.objects.all()} == {date(2020, 1, 5), date(2021, 5, 6)}


def test_a_household_is_kept_whole_across_portions_and_a_torn_one_is_refused(desk, acting, system):
    here = desk()
    rows = residents(12)
    for row in rows[2:9]:
        row[5], row[6] = "大户", "子" if row is not rows[2] else "户主"
    with override_settings(YIMEN_IMPORT_CHUNK_ROWS=3):
        page = here.batch(xlsx(("名册", [HEAD, *rows])))
        assert "12 行合格" in here.text(page)
        here.write(page)
        with acting(system):
            assert Person.objects.filter(householder=rows[2][0]).count() == 7
        torn = residents(9, start=100)
        torn[8][5] = torn[0][5]
        page = here.batch(xlsx(("名册", [HEAD, *torn])))
        text = here.text(page)
        assert "没有排在一起" in text
