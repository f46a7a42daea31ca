"""Declared lists: paging by key, filters in the address, export of exactly what is shown."""

import re
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.foundations.ui import pages
from tests.apps.foundations.ui.pages import NOW
from yimen.foundations.audit.api import record_look
from yimen.foundations.audit.models import TrailDetail, TrailRow
from yimen.foundations.ui.api import Column, workbook
from yimen.kernel.ids import uuid7


@pytest.fixture
def looks(make_actor, acting):
    """Eight looks, several at the same moment, one that a spreadsheet would run; and the one who reads them."""
    reader = make_actor("ui.export_lists", name="查阅员")

    with acting(reader):
        for number in range(8):
            record_look(
                by=reader,
                at=NOW - timedelta(days=number // 3),
                subject=uuid7(),
                area="330212007001" if number % 2 else "330212007002",
                why="=1+1" if number == 7 else f"事由{number}",
            )
    return reader


def reasons(response):
    return re.findall(r'href="/looks/[^"]+">([^<]+)<', response.content.decode())


def link(response, words):
    """Where the button with these words leads; None when there is no such button."""
    for button in re.findall(r'<a class="btn"[^>]*>.*?</a>', response.content.decode(), re.S):
        if words in button:
            return re.search(r'href="([^"]+)"', button)[1].replace("&amp;", "&")
    return None


def test_the_pages_together_are_the_whole_list_without_gap_or_repeat(site, looks):
    site.acts_as(looks)
    seen, url, count = [], "/looks", 0
    while url:
        response = site.get(url)
        seen += reasons(response)
        url = link(response, "下一页")
        count += 1
    assert count == 3
    assert len(seen) == len(set(seen)) == 8
    assert seen[:3] == ["事由0", "事由1", "事由2"]


def test_going_back_leads_to_the_same_page(site, looks):
    site.acts_as(looks)
    first = site.get("/looks")
    second = site.get(link(first, "下一页"))
    again = site.get(link(second, "上一页"))
    assert reasons(again) == reasons(first)
    assert link(again, "上一页") is None
    assert link(again, "下一页")


def test_the_address_of_a_page_holds_no_value_of_the_list(site, looks):
    site.acts_as(looks)
    assert re.fullmatch(r"/looks\?after=[0-9a-f-]{36}", link(site.get("/looks"), "下一页"))


@pytest.mark.parametrize("place", ["nonsense", "01890000-0000-7000-8000-000000000000", "-1", "=1"])
def test_a_page_that_is_gone_leads_to_the_first(site, looks, place):
    site.acts_as(looks)
    assert reasons(site.get("/looks", {"after": place})) == ["事由0", "事由1", "事由2"]


def test_a_filter_narrows_stays_in_the_address_and_can_be_cleared(site, looks):
    site.acts_as(looks)
    response = site.get("/looks", {"area": "330212007002", "sort": "why"})
    assert reasons(response) == ["事由0", "事由2", "事由4"]
    assert link(response, "下一页").startswith("/looks?area=330212007002&sort=why&after=")
    assert 'aria-current="true"' in response.content.decode()
    assert "清除条件" in response.content.decode()


def test_text_and_dates_narrow_too(site, looks):
    site.acts_as(looks)
    assert reasons(site.get("/looks", {"why": "事由4"})) == ["事由4"]
    day = (NOW - timedelta(days=1)).date().isoformat()
    assert set(reasons(site.get("/looks", {"at_from": day, "at_to": day}))) == {"事由3", "事由4", "事由5"}


def test_a_filter_that_is_not_understood_narrows_nothing(site, looks):
    site.acts_as(looks)
    response = site.get("/looks", {"area": "'; DROP", "at_from": "2026-13-99", "sort": "secret"})
    assert len(reasons(response)) == 3


def test_an_empty_list_says_what_to_do(site, make_actor):
    site.acts_as(make_actor())
    text = site.get("/looks").content.decode()
    assert "打开一份档案就会留下一条。" in text
    text = site.get("/looks", {"why": "无此"}).content.decode()
    assert "没有符合条件的记录" in text


def test_an_action_that_cannot_be_done_says_why(site, looks):
    site.acts_as(looks)
    assert "今天已满" in site.get("/looks").content.decode()


@pytest.mark.parametrize("address", ["/looks", "next"])
def test_a_list_asks_the_database_the_same_however_long_it_is(site, looks, address):
    site.acts_as(looks)
    url = link(site.get("/looks"), "下一页") if address == "next" else address
    with CaptureQueriesContext(connection) as asked:
        site.get(url)
    selects = [q["sql"] for q in asked if "audit_look" in q["sql"]]
    assert len(selects) == (2 if address == "next" else 1)
    assert not any("COUNT(" in each or "OFFSET" in each for each in selects)


def test_the_export_holds_exactly_what_the_filters_show_and_runs_nothing(site, looks):
    site.acts_as(looks)
    response = site.get("/looks", {"area": "330212007001", "export": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][0] == "查阅记录"
    assert rows[1][0] == "区域：东莺"
    assert "查阅员" in rows[2][0]
    assert rows[3] == ["事由", "查阅人", "时间", "区域", "配好的名称"]
    assert [row[0] for row in rows[4:]] == ["事由1", "事由3", "事由5", "'=1+1"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert rows[4][2] == NOW.replace(tzinfo=None)
    assert "%E6%9F%A5%E9%98%85" in response["Content-Disposition"]


def test_the_rows_of_a_page_and_of_an_export_are_dressed_together(site, looks):
    site.acts_as(looks)
    pages.dressed_together.clear()
    assert "事由0给查阅员" in site.get("/looks").content.decode()
    site.get("/looks", {"export": "xlsx"})
    assert pages.dressed_together == [3, 8]


def test_an_export_leaves_a_trail_without_its_values(site, looks, acting):
    site.acts_as(looks)
    site.get("/looks", {"why": "事由4", "export": "xlsx"})
    with acting(looks):
        row = TrailRow.objects.get(verb="ui.list.exported")
        assert row.actor == looks.key
        assert TrailDetail.objects.get(row=row).body == {
            "list": "tests.looks",
            "conditions": ["why"],
            "filters": ["事由：（文字）"],
            "rows": 1,
        }


def test_who_may_not_export_finds_no_button_and_no_way(site, make_actor):
    site.acts_as(make_actor())
    assert "导出" not in site.get("/looks").content.decode()
    assert site.get("/looks", {"export": "xlsx"}).status_code == 403


def test_a_list_in_memory_pages_and_filters_too(site, make_actor):
    site.acts_as(make_actor("ui.view_gallery"))
    first = site.get("/ui/gallery/list").content.decode()
    assert "SL0006" in first
    assert "SL0007" not in first
    assert "SL0007" in site.get("/ui/gallery/list", {"after": "6"}).content.decode()
    late = site.get("/ui/gallery/list", {"state": "已超期"}).content.decode()
    assert late.count("badge-late") == 4


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"]


def test_a_sheet_masks_what_is_private_and_runs_nothing():
    columns = [
        Column("name", "姓名", private="name"),
        Column("phone", "电话", private="phone"),
        Column("address", "住址", private="address"),
        Column("number", "证件号码", private="id_number"),
        Column("birth_on", "出生", private="birth"),
        Column("note", "说明"),
        Column("debtor", "对谁", private=lambda row: row["kind"]),
    ]
    row = {
        "name": "王小明", "phone": "13800138000", "address": "东方丽都3幢501室", "number": "11010519491231002X",
        "birth_on": date(1949, 12, 31), "note": "打过 13800138000，证号11010519491231002X，座机0574-88880000",
        "debtor": "东莺社区居委会", "kind": "",
    }  # fmt: skip
    empty = dict.fromkeys(row, None) | {"kind": "name"}
    hostile = [row | dict.fromkeys(("name", "address", "phone", "note"), each) for each in HOSTILE]
    body, count = workbook("名册", ["=备注"], columns, [row, empty, *hostile])
    assert count == 2 + len(HOSTILE)
    sheet = openpyxl.load_workbook(BytesIO(body)).active
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    assert lines[1][0] == "'=备注"
    assert lines[3] == [
        "王*明", "138****8000", "东方丽都3幢", "110105********002X", "1949年",
        "打过 138****00，证号110****2X，座机0574-88880000", "东莺社区居委会",
    ]  # fmt: skip
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    assert not any(str(cell)[:1] in "=+-@\t\r\n" for line in lines[5:] for cell in line if cell)
