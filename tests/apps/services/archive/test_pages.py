"""The pages of the archive over HTTP, as each post meets them."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.services.archive.conftest import lines
from tests.apps.work.desk.conftest import FAR, HOME, OTHER_STREET, STREET
from yimen.kernel.actor import Hold
from yimen.kernel.refusals import NotAllowed
from yimen.services.archive import api as archive
from yimen.services.archive.queries import boxes_with_room, find_item

BOX = {"label": "救助-01", "room": "三楼档案室", "shelf": "2号柜3层", "capacity": "10"}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def handover(acting, system, case, now):
    """A list of three cases of today, made by hand over HTTP as the clerk does."""
    for n in range(3):
        case(now - timedelta(minutes=30 - n))

    def made():
        with acting(system, on=timezone.localdate()):
            return archive.find_lists(by=system).get().public_id

    return made


@pytest.fixture
def received(handover, signed_in, acting, system):
    """Signed by both, the second line missing; answers the browser of the keeper and the lines."""
    clerk = signed_in("li", "window_clerk")
    assert clerk.post("/archive/lists/make/", {"area": HOME}).status_code == 302
    address = f"/archive/lists/{handover()}/"
    assert clerk.post(f"{address}send/", {"lines": "3"}).status_code == 302
    keeper = signed_in("zhou", "archive_keeper", area=STREET)
    with acting(system, on=timezone.localdate()):
        items = lines(handover(), by=system)
    missing = {"verdict": "missing", "note": "=整件没交来"}
    assert keeper.post(f"{address}{items[1].public_id}/", missing).status_code == 302
    assert keeper.post(f"{address}rest/").status_code == 302
    assert keeper.post(f"{address}sign/").status_code == 302
    with acting(system, on=timezone.localdate()):
        return keeper, lines(handover(), by=system)


def page(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


@pytest.mark.requirement("S0-09")
def test_the_clerk_signs_the_keeper_ticks_and_what_differs_stays_on_both_first_pages(
    handover, signed_in, acting, system
):
    clerk = signed_in("li", "window_clerk")
    assert "待移交 3 件" in page(clerk, "/")
    keeper = signed_in("zhong", "archive_keeper", area=STREET)
    first_page = page(keeper, "/")
    assert "待移交 3 件" in first_page and 'href="/desk/lists/archive/"' not in first_page
    clerk = signed_in("liu", "window_clerk")
    assert "现在做本月清单" in page(clerk, "/archive/lists/")
    assert clerk.post("/archive/lists/make/", {"area": HOME}).status_code == 302
    assert "待签字" in page(clerk, "/")
    address = f"/archive/lists/{handover()}/"
    shown = page(clerk, address)
    assert (
        "签字移交 3 件" in shown and "王桂英" in shown and "保管 10 年" in shown and "签字接收" not in shown
    )
    assert clerk.post(f"{address}send/", {"lines": "2"}).status_code == 409
    assert clerk.post(f"{address}send/", {"lines": "3"}).status_code == 302
    assert clerk.post(f"{address}rest/").status_code == 403
    keeper = signed_in("zhou", "archive_keeper", area=STREET)
    assert "待接收" in page(keeper, "/")
    with acting(system, on=timezone.localdate()):
        first, second, _ = lines(handover(), by=system)
    early = keeper.post(f"{address}sign/")
    assert early.status_code == 422 and "还有 3 件没有核对" in early.content.decode()
    assert keeper.post(f"{address}{first.public_id}/", {"verdict": "received"}).status_code == 302
    silent = keeper.post(f"{address}{second.public_id}/", {"verdict": "missing", "note": ""})
    assert silent.status_code == 422 and "请填写。" in silent.content.decode()
    told = {"verdict": "missing", "note": "整件没交来"}
    assert keeper.post(f"{address}{second.public_id}/", told).status_code == 302
    assert keeper.post(f"{address}rest/").status_code == 302
    assert keeper.post(f"{address}sign/").status_code == 302
    shown = page(keeper, address)
    year = timezone.localdate().year
    assert f"{year}-{HOME}-救助-0001" in shown and f"{year}-{HOME}-救助-0002" in shown
    assert f"{year}-{HOME}-救助-0003" not in shown
    assert "移交差异 1 件" in page(keeper, "/")
    clerk = signed_in("wang", "window_clerk")
    assert "整件没交来" in page(clerk, "/")
    difference = f"/archive/differences/{second.public_id}/"
    assert "转下次移交" in page(clerk, difference) and "现在收" not in page(clerk, difference)
    keeper = signed_in("wu", "archive_keeper", area=STREET)
    assert keeper.post(difference, {"how": "found", "note": "补来了"}).status_code == 302
    assert f"{year}-{HOME}-救助-0003" in page(keeper, difference)
    assert "整件没交来" not in page(signed_in("qian", "window_clerk"), "/")


def test_the_list_is_printed_with_two_signatures_and_exported_without_formulas(received, handover):
    keeper, _ = received
    sheet = page(keeper, f"/archive/lists/{handover()}/sheet/")
    assert "移交人（签字）" in sheet and "接收人（签字）" in sheet and "整件没交来" in sheet
    answer = keeper.get(f"/archive/lists/{handover()}/?export=xlsx")
    assert answer.status_code == 200 and answer["Content-Type"].endswith("sheet")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        said = "".join(packed.read(name).decode() for name in packed.namelist())
    assert "<f>" not in sheet and "整件没交来" in said and ">=整件没交来" not in said


@pytest.mark.requirement("S0-10")
def test_search_says_room_shelf_and_box_how_long_it_is_kept_and_who_looked(
    received, acting, system, signed_in
):
    keeper, items = received
    bad = keeper.post("/archive/boxes/new/", BOX | {"capacity": "0"})
    assert bad.status_code == 422
    assert keeper.post("/archive/boxes/new/", BOX).status_code == 302
    assert "已经有了" in keeper.post("/archive/boxes/new/", BOX).content.decode()
    number = items[0].archive_number
    with acting(system, on=timezone.localdate()):
        files = {file.archive_number: file.public_id for file in archive.find_files(by=system)}
        box = archive.boxes(by=system).get().public_id
        case = items[0].case
    for posted, sentence in (({"file": list(files.values())}, "先选一个"), ({"box": str(box)}, "先勾选")):
        refused = keeper.post("/archive/boxes/fill/", posted)
        assert refused.status_code == 422 and sentence in refused.content.decode()
    filled = keeper.post("/archive/boxes/fill/", {"box": str(box), "file": list(files.values())})
    assert filled.status_code == 302
    place = "三楼档案室 2号柜3层 救助-01"
    today = timezone.localdate()
    for typed in (
        f"archive_number={number}", f"case_number={items[0].case_number[:3]}-{items[0].case_number[3:]}",
        "person_name=王桂", "matter_title=登记", f"year={today.year}", "place=救助-01",
    ):  # fmt: skip
        shown = page(keeper, f"/archive/files/?{typed}")
        assert number in shown and place in shown, typed
    for typed in (
        "archive_number=1999",
        "person_name=李四",
        "year=十二",
        "case_number=99",
        "place=地下室",
        "lent=1",
    ):
        assert number not in page(keeper, f"/archive/files/?{typed}"), typed
    address = f"/archive/files/{files[number]}/"
    asked = page(keeper, address)
    assert "查阅事由" in asked and place not in asked
    clerk = signed_in("sun", "window_clerk")
    opened = page(clerk, f"{address}?why=本人来查")
    assert place in opened and f"{today.year + 10}年12月31日" in opened and "本人来查" in opened
    assert clerk.get(f"/desk/cases/{case}/").status_code == 200
    assert place in page(clerk, f"/desk/cases/{case}/")
    keeper = signed_in("zheng", "archive_keeper", area=STREET)
    told = page(keeper, f"{address}?why=核对位置")
    assert "本人来查" in told and "核对位置" in told and "李窗口" in told


def test_a_box_moves_with_its_contents_and_the_old_place_stays_on_record(received, acting, system):
    keeper, _ = received
    keeper.post("/archive/boxes/new/", BOX | {"capacity": "1"})
    with acting(system, on=timezone.localdate()):
        files = [file.public_id for file in archive.find_files(by=system).order_by("id")]
        box = archive.boxes(by=system).get().public_id
    full = keeper.post("/archive/boxes/fill/", {"box": str(box), "file": files})
    assert full.status_code == 422 and "只剩 1 个位置" in full.content.decode()
    keeper.post("/archive/boxes/fill/", {"box": str(box), "file": files[:1]})
    address = f"/archive/boxes/{box}/"
    assert keeper.post(address, {"room": "地下库", "shelf": "", "why": ""}).status_code == 422
    same = keeper.post(address, {"room": BOX["room"], "shelf": BOX["shelf"], "why": "没动"})
    assert same.status_code == 422 and "已经在这里" in same.content.decode()
    moved = keeper.post(address, {"room": "地下库", "shelf": "9号架", "why": "三楼改造"})
    assert moved.status_code == 302
    shown = page(keeper, f"/archive/files/{files[0]}/?why=查位置")
    assert "地下库 9号架 救助-01" in shown and "三楼档案室 2号柜3层" in shown and "三楼改造" in shown
    assert "三楼档案室" in page(keeper, address)


def test_the_original_is_lent_once_comes_back_and_is_missed_when_late(received, acting, system):
    keeper, _ = received
    keeper.post("/archive/boxes/new/", BOX)
    with acting(system, on=timezone.localdate()):
        file = archive.find_files(by=system).order_by("id")[0].public_id
        box = archive.boxes(by=system).get().public_id
    lend, back = f"/archive/files/{file}/lend/", f"/archive/files/{file}/return/"
    today = timezone.localdate()
    told = {
        "borrower": "赵科员",
        "unit": "社会事务科",
        "why": "复议答复",
        "due_on": str(today + timedelta(days=5)),
    }
    none = keeper.post(lend, told)
    assert none.status_code == 422 and "没有纸质原件" in none.content.decode()
    keeper.post("/archive/boxes/fill/", {"box": str(box), "file": [file]})
    for due, sentence in (
        (today - timedelta(days=1), "不能早于今天"),
        (today + timedelta(days=91), "最多借 90 天"),
    ):
        wrong = keeper.post(lend, told | {"due_on": str(due)})
        assert wrong.status_code == 422 and sentence in wrong.content.decode()
    assert keeper.post(lend, told).status_code == 302
    assert "已经借出" in keeper.post(lend, told).content.decode()
    assert "赵科员" in page(keeper, "/archive/loans/")
    shown = page(keeper, f"/archive/files/{file}/?why=查")
    assert "借给 社会事务科 赵科员" in shown and "借出原件给社会事务科赵科员：复议答复" in shown
    assert page(keeper, back) and keeper.post(back, {"note": "完好"}).status_code == 302
    assert "完好" in page(keeper, f"/archive/files/{file}/?why=查")
    assert keeper.post(back, {"note": "再还"}).status_code == 302
    assert "赵科员" not in page(keeper, "/archive/loans/")


@pytest.mark.parametrize("role", ["leader", "auditor"])
def test_who_works_on_no_case_sees_numbers_and_masked_names_and_no_file(
    received, handover, signed_in, acting, system, role
):
    with acting(system, on=timezone.localdate()):
        file = archive.find_files(by=system).order_by("id")[0].public_id
    watcher = signed_in("chen", role, area=STREET)
    shown = page(watcher, f"/archive/lists/{handover()}/")
    assert "王*英" in shown and "王桂英" not in shown
    assert "王桂英" not in page(watcher, f"/archive/lists/{handover()}/sheet/") + page(
        watcher, "/archive/differences/"
    )
    for address in ("/archive/files/", f"/archive/files/{file}/?why=看看", "/archive/boxes/"):
        assert watcher.get(address).status_code == 403
    assert watcher.post(f"/archive/lists/{handover()}/sign/").status_code == 403


def test_the_other_street_finds_nothing_of_ours(received, handover, signed_in, acting, system):
    keeper, items = received
    keeper.post("/archive/boxes/new/", BOX)
    with acting(system, on=timezone.localdate()):
        file = archive.find_files(by=system).order_by("id")[0].public_id
        box = archive.boxes(by=system).get().public_id
    ours = f"/archive/lists/{handover()}/"
    gets = (
        ours, f"{ours}sheet/", f"{ours}?export=xlsx", f"/archive/differences/{items[1].public_id}/",
        f"/archive/files/{file}/?why=看看", f"/archive/files/{file}/lend/", f"/archive/boxes/{box}/",
    )  # fmt: skip
    for browser in (
        signed_in("far", "archive_keeper", area=OTHER_STREET),
        signed_in("yuan", "window_clerk", area=FAR),
    ):
        for address in gets:
            assert browser.get(address).status_code in (403, 404), address
        for address in (
            "/archive/lists/",
            "/archive/files/",
            "/archive/differences/",
            "/archive/boxes/",
            "/",
        ):
            shown = page(browser, address)
            assert "王桂英" not in shown and BOX["label"] not in shown and HOME not in shown, address
        assert browser.post("/archive/lists/make/", {"area": HOME}).status_code == 403


def test_a_list_for_an_area_that_is_none_is_refused_and_nothing_is_made(handover, signed_in, acting, system):
    clerk = signed_in("li", "window_clerk")
    for area in (f"{HOME}999", f"{HOME}{'9' * 80}"):
        answer = clerk.post("/archive/lists/make/", {"area": area}, follow=True)
        assert answer.status_code == 200 and "现在没有要移交的办件" in answer.content.decode(), area
    with acting(system, on=timezone.localdate()):
        assert not archive.find_lists(by=system).exists()


def test_a_difference_is_read_only_where_one_may_read_lists(received, acting, make_actor):
    _, items = received
    elsewhere = make_actor("archive.view_lists", area=OTHER_STREET)
    mixed = replace(elsewhere, holds=(*elsewhere.holds, Hold("looker", HOME, frozenset({"desk.view_cases"}))))
    with acting(mixed, on=timezone.localdate()), pytest.raises(NotAllowed):
        find_item(items[1].public_id, by=mixed)


def test_a_full_box_is_not_offered_for_filling(received, acting, system):
    keeper, _ = received
    assert keeper.post("/archive/boxes/new/", BOX | {"capacity": "1"}).status_code == 302
    with acting(system, on=timezone.localdate()):
        box, file = archive.boxes(by=system).get(), archive.find_files(by=system).order_by("id")[0]
        assert boxes_with_room(by=system).get() == box
    into = {"box": str(box.public_id), "file": str(file.public_id)}
    assert keeper.post("/archive/boxes/fill/", into).status_code == 302
    with acting(system, on=timezone.localdate()):
        assert not boxes_with_room(by=system).exists()
