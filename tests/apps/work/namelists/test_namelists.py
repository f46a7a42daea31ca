"""A list of names (名单任务) as a section sends it out, workers work it off, and the same sheet goes back."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.work.namelists.conftest import FAR, HERE, OTHER_STREET, THERE, given, number_of, sheet
from yimen.foundations.audit.models import TrailRow
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.messages.models import Message
from yimen.foundations.retention import api as retention
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.work.namelists import api as namelists
from yimen.work.namelists.models import ListRow, NameList, RowDeed

WANG, LI = number_of("19500301", 1), number_of("19620708", 2)


def text_of(response):
    text = response.content.decode()
    assert "{%" not in text and "{{" not in text
    return text


def at(found, more=""):
    return f"/namelists/{found.public_id}/{more}"


def done(browser, row, **answers):
    told = {"outcome": "done", "way": "visit", "q1": "yes"} | answers
    return browser.post(f"/namelists/rows/{row.public_id}/", told)


def say(browser, row, outcome, way="phone"):
    return browser.post(f"/namelists/rows/{row.public_id}/", {"outcome": outcome, "way": way})


def cells(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        page.title: ({cell.coordinate: cell.value for line in page for cell in line if cell.value is not None},
                     sorted(map(str, page.merged_cells.ranges)))
        for page in book
    }  # fmt: skip


def test_rows_are_matched_by_number_else_by_name_with_telephone_or_address_and_never_guessed(
    officer, resident, uploaded, rows
):
    wang = resident("王桂英", number=WANG)
    zhao = resident("赵敏", phone="13800138000")
    resident("张伟", phone="13700137001")
    resident("张伟", phone="13700137002")
    found = uploaded(
        [
            ("王桂英", WANG, "", "", ""),
            ("赵敏", "", "13800138000", "", ""),
            ("张伟", "", "", "", ""),
            ("诸葛无人", "", "13600136000", "", ""),
        ]
    )
    stand = rows(found)
    assert stand[4].person == wang and stand[4].fit == "matched"
    assert stand[5].person == zhao and stand[5].fit == "matched"
    assert stand[6].person is None and stand[6].fit == "several" and len(stand[6].candidates) == 2
    assert stand[7].person is None and stand[7].fit == "nobody"
    assert set(stand) == {4, 5, 6, 7}
    page = text_of(officer.get(at(found, "rows/?fit=several")))
    assert "张伟" in page and "王桂英" not in page
    assert WANG not in text_of(officer.get(at(found))) + text_of(officer.get(at(found, "rows/")))


def test_a_row_is_matched_by_hand_or_goes_to_a_community_as_a_name(officer, resident, uploaded, rows):
    first, second = resident("张伟", phone="13700137001"), resident("张伟", phone="13700137002")
    found = uploaded([("张伟", "", "", "", ""), ("诸葛无人", "", "", "", "")])
    several, nobody = rows(found).values()
    address = f"/namelists/rows/{several.public_id}/settle/"
    page = text_of(officer.get(address))
    assert str(first) in page and str(second) in page
    assert officer.post(address, {"person": "", "community": ""}).status_code == 422
    assert officer.post(address, {"person": str(second), "community": ""}).status_code == 302
    officer.post(f"/namelists/rows/{nobody.public_id}/settle/", {"community": THERE})
    several, nobody = rows(found).values()
    assert (several.person, several.fit, several.area) == (second, "matched", HERE)
    assert (nobody.person, nobody.fit, nobody.area) == (None, "nobody", THERE)
    third = resident("诸葛无人", phone="13700137003")
    address = f"/namelists/rows/{nobody.public_id}/settle/"
    page = text_of(officer.post(address, {"seek": "诸葛无人", "look": "1"}))
    assert str(third) in page and "?seek" not in page
    officer.post(address, {"seek": "诸葛无人", "person": str(third), "community": ""})
    assert rows(found)[5].person == third
    officer.post(address, {"community": THERE})
    # Read anew with the same columns, what was told by hand stays.
    officer.post(at(found, "columns/"), {"sheet": "排查名单", "head": "3", "name": "2", "address": "5"})
    assert rows(found)[4].person == second and rows(found)[5].area == THERE


def test_the_officer_says_which_column_is_the_name_where_no_heading_does(officer, resident, uploaded, rows):
    wang = resident("王桂英", phone="13800138000")
    data = sheet([("王桂英", "", "13800138000", "", "")], heads=("一", "对象", "证", "号", "在哪", "备注"))
    found = uploaded((), data=data)
    assert not found.columns and not rows(found)
    assert "确认哪一列" in text_of(officer.get(at(found)))
    page = text_of(officer.get(at(found, "columns/?head=3&sheet=排查名单")))
    assert "B 列：对象" in page
    told = {"sheet": "排查名单", "head": "3"}
    assert officer.post(at(found, "columns/"), told).status_code == 422
    answer = officer.post(at(found, "columns/"), told | {"name": "2", "phone": "4"})
    assert answer.status_code == 302
    assert rows(found)[4].person == wang


def test_rows_go_to_the_grid_of_the_home_and_the_worker_there_works_them_off(
    officer, grids, resident, sent, rows, signed_in, acting, system
):
    (one, door), (other, other_door) = grids
    resident("王桂英", number=WANG, lives_at=door)
    resident("李小明", number=LI, lives_at=other_door)
    worker = signed_in("grid_worker", area=one, name="郑网格")
    community = signed_in("community_worker", name="周敏")
    found = sent(
        [("王桂英", WANG, "13800138000", "", ""), ("李小明", LI, "", "", ""), ("诸葛无人", "", "", "", "")]
    )
    wang, li, nobody = rows(found).values()
    assert (wang.area, li.area, nobody.area) == (one, other, HERE)
    mine = text_of(worker.get("/namelists/"))
    assert "王桂英" in mine and "李小明" not in mine and "出租房消防排查" in mine
    everybody = text_of(community.get("/namelists/"))
    assert "王桂英" in everybody and "李小明" in everybody and "诸葛无人" in everybody
    assert "我的名单" in text_of(worker.get("/")) and "还有 1 户" in text_of(worker.get("/"))
    with acting(system):
        assert Message.objects.filter(title="新的名单任务：出租房消防排查").count() == 2
    page = text_of(worker.get(f"/namelists/rows/{wang.public_id}/"))
    assert (
        "tel:13800138000" in page
        and "核对出租房住了谁" in page
        and "还住在这里吗" in page
        and WANG not in page
    )
    assert worker.get(f"/namelists/rows/{li.public_id}/").status_code == 404
    assert done(worker, wang, q1="").status_code == 422
    assert done(worker, wang, q2="3").status_code == 302
    assert say(community, nobody, "not_found").url == f"/namelists/rows/{li.public_id}/"
    wang, li, nobody = rows(found).values()
    assert (wang.outcome, wang.answers, wang.worked_by_name) == ("done", {"q1": True, "q2": 3}, "郑网格")
    assert (nobody.outcome, nobody.way, li.outcome) == ("not_found", "phone", "waiting")
    assert "都核实完了" in text_of(worker.get("/namelists/"))
    page = text_of(officer.get(at(found)))
    assert "一网格" in page and "二网格" in page and "东莺社区" in page


def test_a_row_that_goes_nowhere_stops_the_sending_out(officer, uploaded, rows):
    found = uploaded([("诸葛无人", "", "", "", "")])
    answer = officer.post(at(found, "send/"), {"community": ""})
    assert answer.status_code == 422 and "1 行不知道交给谁" in text_of(answer)
    assert officer.post(at(found, "send/"), {"community": THERE}).status_code == 302
    assert rows(found)[4].area == THERE
    assert officer.post(at(found, "send/"), {"community": HERE}).status_code == 409
    row = rows(found)[4]
    assert officer.get(f"/namelists/rows/{row.public_id}/settle/").url == f"/namelists/rows/{row.public_id}/"


def test_a_result_is_corrected_and_taken_back_on_the_day_and_every_step_stays(
    sent, rows, signed_in, acting, system, make_actor
):
    worker = signed_in("community_worker")
    found = sent([("诸葛无人", "", "", "", "")])
    row = rows(found)[4]
    say(worker, row, "again")
    done(worker, row)
    done(worker, row, q1="no")
    assert rows(found)[4].answers == {"q1": False}
    page = text_of(worker.get(f"/namelists/rows/{row.public_id}/"))
    assert "撤回" in page and "办完（上门）" in page and "None" not in page
    worker.post(f"/namelists/rows/{row.public_id}/undo/")
    assert rows(found)[4].answers == {"q1": True}
    worker.post(f"/namelists/rows/{row.public_id}/undo/")
    assert rows(found)[4].outcome == "again"
    with acting(system):
        deeds = list(RowDeed.objects.filter(row=row).order_by("id").values_list("outcome", flat=True))
    assert deeds == ["again", "done", "done", "undone", "undone"]
    other = signed_in("community_head", name="陈书记")
    assert other.post(f"/namelists/rows/{row.public_id}/undo/").status_code == 422
    done(worker, row)
    tomorrow = timezone.now() + timedelta(days=1)
    later = make_actor("namelists.work", area=HERE)
    with acting(later, on=day_of(tomorrow)):
        with pytest.raises(namelists.CannotWork, match="当天"):
            namelists.undo_row(by=later, at=tomorrow, row=row.public_id)
        with pytest.raises(namelists.CannotWork, match="当天"):
            namelists.work_row(by=later, at=tomorrow, row=row.public_id, outcome="moved", way="visit")


def test_who_is_behind_is_reminded_once_a_day_and_more_time_needs_a_reason(
    officer, sent, rows, signed_in, acting, system
):
    worker = signed_in("community_worker")
    found = sent([("诸葛无人", "", "", "", "")])
    assert officer.post(at(found, "chase/")).status_code == 302
    assert officer.post(at(found, "chase/")).status_code == 409
    with acting(system):
        assert Message.objects.filter(title="催办：出租房消防排查").count() == 1
    later = str(day_of(timezone.now()) + timedelta(days=9))
    assert officer.post(at(found, "extend/"), {"until": later, "reason": " "}).status_code == 422
    early = officer.post(at(found, "extend/"), {"until": str(day_of(timezone.now())), "reason": "台风"})
    assert early.status_code == 422 and "晚于" in text_of(early)
    assert officer.post(at(found, "extend/"), {"until": later, "reason": "台风停了两天"}).status_code == 302
    page = text_of(worker.get(at(found)))
    assert "台风停了两天" in page
    assert worker.post(at(found, "chase/")).status_code == 403
    done(worker, rows(found)[4])


def test_the_same_sheet_comes_back_with_its_cells_untouched_and_ours_beside_them(
    officer, resident, sent, rows, signed_in, acting, system
):
    resident("王桂英", number=WANG)
    worker = signed_in("community_worker", name="=周敏")
    data = sheet([("王桂英", WANG, "", "", "=1+1"), ("诸葛无人", "", "", "", "看门")])
    found = sent((), data=data)
    done(worker, rows(found)[4], q2="3", q3="阳台堆了纸箱")
    assert officer.post(at(found, "close/")).status_code == 302
    answer = officer.get(at(found, "sheet/"))
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    was, now = cells(data), cells(answer.content)
    assert list(was) == list(now) == ["排查名单", "填表说明"]
    assert now["填表说明"] == was["填表说明"]
    (old, merges), (new, merges_now) = was["排查名单"], now["排查名单"]
    assert merges == merges_now == ["A1:F2"]
    assert {place: new[place] for place in old} == old
    ours = {place: value for place, value in new.items() if place not in old}
    assert {re.sub(r"\d", "", place) for place in ours} == set("GHIJKLM")
    assert [new[f"{letter}3"] for letter in "GHIJKLM"] == [
        "核实结果", "核实日期", "核实人", "怎么核实", "还住在这里吗？", "家里几个人", "还有什么要说",
    ]  # fmt: skip
    assert [new.get(f"{letter}4") for letter in "GIJKLM"] == [
        "办完",
        "'=周敏",
        "上门",
        "是",
        "3",
        "阳台堆了纸箱",
    ]
    assert new["G5"] == "还没有做" and "H5" not in new
    with acting(system):
        assert TrailRow.objects.filter(verb="namelists.list.returned").exists()
    assert worker.get(at(found, "sheet/")).status_code == 403
    assert say(worker, rows(found)[5], "moved").status_code == 409
    assert officer.post(at(found, "extend/"), {"until": "2099-01-01", "reason": "再等等"}).status_code == 409


def test_a_list_of_plain_text_comes_back_as_one(officer, sent, rows, signed_in):
    data = '编号,姓名,电话\r\n7,诸葛无人,13600136000\r\n8,"欧阳,无名",\r\n'.encode("gb18030")
    found = sent((), data=data, name="list.csv")
    assert [one.name for one in rows(found).values()] == ["诸葛无人", "欧阳,无名"]
    say(signed_in("community_worker"), rows(found)[2], "refused")
    back = list(csv.reader(io.StringIO(officer.get(at(found, "sheet/")).content.decode("utf-8-sig"))))
    assert [line[:3] for line in back] == [
        ["编号", "姓名", "电话"],
        ["7", "诸葛无人", "13600136000"],
        ["8", "欧阳,无名", ""],
    ]
    assert back[0][3] == "核实结果" and back[1][3] == "不愿配合"


def test_what_is_no_plain_sheet_or_has_no_purpose_is_refused_and_nothing_stays(officer, acting, system):
    bomb = b"PK\x03\x04" + b"\0" * 200
    tries = [
        given(bomb),
        given(b"%PDF-1.4", name="list.xlsx"),
        given(sheet([("王桂英", "", "", "", "")]), basis=" "),
        given(sheet([("王桂英", "", "", "", "")]), **{"q3-label": "", "q2-label": ""}),
        given(sheet([])),
        given(sheet([("王桂英", "", "", "", "")]), **{"q2-label": "怀孕几个月了"}),
    ]
    for told in tries:
        answer = officer.post("/namelists/new/", told)
        assert answer.status_code == 422, told
    with acting(system):
        assert not NameList.objects.exists() and not ListRow.objects.exists()


def test_another_street_sees_neither_list_nor_row(officer, sent, rows, signed_in):
    found = sent([("诸葛无人", "", "", "", "")])
    row = rows(found)[4]
    neighbour = signed_in("section_officer", area=OTHER_STREET)
    far = signed_in("community_head", area=FAR)
    beside = signed_in("community_worker", area=THERE)
    for browser in (neighbour, far, beside):
        assert "出租房消防排查" not in text_of(browser.get("/namelists/lists/"))
        assert browser.get(at(found)).status_code == 404
        assert browser.get(f"/namelists/rows/{row.public_id}/").status_code == 404
    assert neighbour.get(at(found, "sheet/")).status_code == 404
    assert say(beside, row, "moved").status_code == 404


def test_a_double_click_is_one_deed(officer, sent, rows, signed_in, acting, system):
    key = "0192f0c0-0000-7000-8000-00000000abcd"
    for _ in range(2):
        officer.post("/namelists/new/", given(sheet([("诸葛无人", "", "", "", "")]), request_key=key))
    with acting(system):
        assert NameList.objects.count() == 1
    worker, found = signed_in("community_worker"), sent([("欧阳无名", "", "", "", "")])
    row = rows(found)[4]
    told = {"outcome": "moved", "way": "visit", "request_key": "0192f0c0-0000-7000-8000-00000000abce"}
    for _ in range(2):
        worker.post(f"/namelists/rows/{row.public_id}/", told)
    with acting(system):
        assert RowDeed.objects.filter(row=row).count() == 1


def test_nobody_is_sent_to_the_dead_or_to_who_wants_her_data_used_for_little(
    officer, resident, sent, rows, acting, system
):
    wang = resident("王桂英", number=WANG)
    found = sent([("王桂英", WANG, "", "", "")])
    with acting(system):
        people.record_death(
            by=system, at=timezone.now(), person=wang, died_on=day_of(timezone.now()), source="document"
        )
    run_pending_jobs()
    assert rows(found)[4].outcome == "dropped"


def test_eight_hundred_rows_come_in_by_as_many_statements_as_eight(officer, acting, system, uploaded):
    counted = []
    for size in (8, 800):
        data = sheet([(f"诸葛{n:03d}", "", "", f"东方丽都{n}号", "") for n in range(size)])
        with CaptureQueriesContext(connection) as told:
            found = uploaded((), data=data)
        counted.append(len(told))
        with acting(system):
            assert ListRow.objects.filter(name_list=found).count() == size
    assert counted[1] <= counted[0] + 3
    pages = []
    for path in (at(found), at(found, "rows/")):
        with CaptureQueriesContext(connection) as told:
            assert officer.get(path).status_code == 200
        pages.append(len(told))
    assert max(pages) < 40


def test_rows_and_sheet_go_a_year_after_the_end(officer, sent, rows, signed_in, acting, system):
    worker, found = signed_in("community_worker"), sent([("诸葛无人", "", "", "", "")])
    done(worker, rows(found)[4])
    officer.post(at(found, "close/"))
    with acting(system):
        when = timezone.now() + timedelta(days=300)
        assert retention.clear_past_term(by=system, at=when, key="namelists_rows") == 0
        when = timezone.now() + timedelta(days=370)
        assert retention.clear_past_term(by=system, at=when, key="namelists_rows") == 1
        assert not ListRow.objects.exists() and not RowDeed.objects.exists()
    assert officer.get(at(found)).status_code == 200
    assert officer.get(at(found, "sheet/")).status_code == 404
