"""A department's workbook comes in, and the same workbook goes out filled."""

import io
import re
import zipfile
from datetime import date, timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.steering.returns.workbooks import column, forty_columns, number_of, rebuilt
from tests.apps.work.desk.conftest import FAR, HOME, OTHER_STREET, STREET, street
from yimen.foundations.access import api as access
from yimen.foundations.audit.api import trail
from yimen.foundations.bus.api import act_as
from yimen.foundations.definitions.api import publish
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.steering.returns.models import Return, ReturnCell

__all__ = ["street"]
WORD = "Panhuo-2026-east"
STAFF = (
    ("worker", "community_worker", HOME),
    ("mate", "community_worker", HOME),
    ("officer", "section_officer", STREET),
    ("farworker", "community_worker", FAR),
    ("far", "section_officer", OTHER_STREET),
    ("clerk", "window_clerk", HOME),
)
WANG, LI = number_of("19500301", 122), number_of("19481212", 341)
SHEET = "困难老人排查表"


@pytest.fixture
def residents(street, acting, system):
    told = {"by": system, "at": timezone.now() - timedelta(days=3), "community": HOME}
    with acting(system):
        wang = people.register_person(
            **told, name="王桂英", id_number=WANG, phone="13800001234", lives_address="东方丽都3幢501室",
            hukou=HOME, hukou_address="东方丽都3幢501室", role="02",
        )  # fmt: skip
        people.register_person(**told, name="李国强", id_number=LI, phone="13900005678")
        for tail in ("1111", "2222"):
            people.register_person(**told, name="陈伟", sex="male", phone=f"1370000{tail}")
    return wang


@pytest.fixture
def enter(residents, acting, system, client):
    at = timezone.now() - timedelta(hours=1)
    with acting(system, on=day_of(at)):
        for username, role, area in STAFF:
            account = access.create_account(
                by=system, at=at, username=username, name=f"{username}员", password=WORD, area=area,
                must_change=False,
            )  # fmt: skip
            access.grant_role(
                by=system, at=at, account=account.public_id, role=role, area=area, since=day_of(at)
            )

    def sign_in(username):
        with act_as(access.DOORKEEPER, on=day_of(timezone.now())):
            assert client.post("/sign-in", {"username": username, "password": WORD}).status_code == 302
        return client

    return sign_in


def _send(browser, data, *, name="排查表.xlsx", **more):
    told = {
        "title": "困难老人排查", "unit_name": "区民政局", "due_on": "2099-01-31", "request_key": str(uuid4()),
    } | more  # fmt: skip
    return browser.post("/returns/new/", told | {"file": SimpleUploadedFile(name, data)})


def _table():
    return forty_columns(
        [
            {"姓名": "王桂英", "公民身份号码": WANG, "民族": "汉族"},
            {"姓名": "李国强", "公民身份号码": LI, "性别": "女"},
            {"姓名": "陈伟"},
            {"姓名": "赵无名", "现住址": "外地"},
        ]
    )


def _save(browser, page, **told):
    keys = {name.replace("_", "-"): value for name, value in told.items()}
    return browser.post(page, {"request_key": str(uuid4()), **keys})


def _opened(answer):
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content))


@pytest.mark.requirement("S1-110")
def test_a_forty_column_workbook_comes_back_filled_with_only_the_unknown_to_type(enter):
    browser = enter("worker")
    sent = _table()
    answer = _send(browser, sent)
    assert answer.status_code == 302, answer.content.decode()
    page = answer.url
    text = browser.get(page).content.decode()
    # Whose rows are known is filled, with the source of each; only the rest is asked.
    nation, sex = column("民族"), column("性别")
    assert "来自居民档案" in text and "东方丽都3幢501室" in text and "自动填了" in text
    assert f'name="cell-5-{nation}"' not in text and f'name="cell-6-{nation}"' in text
    for known in ("公民身份号码", "出生日期", "年龄", "现住址", "户主姓名", "合计"):
        assert f'name="cell-5-{column(known)}"' not in text
    assert f'name="cell-5-{column("姓名", "监护人")}"' in text
    assert WANG not in text and "13800001234" not in text
    # What differs is shown with a choice, who is nobody's is listed.
    assert f'name="choice-6-{sex}"' in text and "按原表：女" in text and "按档案：男" in text
    assert "未对上 2 人" in text and "第 8 行 赵无名" in text and 'name="person-7"' in text
    chosen = re.search(r'name="person-7" value="([0-9a-f-]{36})"', text)[1]
    saved = _save(
        browser, page, **{
            f"cell_6_{nation}": "汉族", f"cell_5_{column('标准')}": "300", f"cell_5_{column('月数')}": "12",
            f"cell_5_{column('备查1')}": '=HYPERLINK("http://x")', f"choice_6_{sex}": "register", "person_7": chosen,
        },
    )  # fmt: skip
    assert saved.status_code == 302
    text = browser.get(page).content.decode()
    assert "worker员 填" in text and "未对上 1 人" in text
    # The same workbook, filled: types, formulas, merges, picture, chart and the other sheets as they were.
    got = browser.get(f"{page}download/")
    assert got.status_code == 200
    book = _opened(got)
    assert book.sheetnames == ["填表说明", SHEET, "代码", "数据来源"]
    sheet, before = book[SHEET], openpyxl.load_workbook(io.BytesIO(sent))[SHEET]
    value = lambda row, title, parent=None: sheet.cell(row, column(title, parent)).value  # noqa: E731 - one line, read right here
    assert value(5, "公民身份号码") == WANG and value(5, "出生日期").isoformat() == "1950-03-01T00:00:00"
    assert value(5, "出生年月") == "1950-03" and value(5, "现住址") == "东方丽都3幢501室"
    assert (
        value(5, "地址", "户籍") == "东方丽都3幢501室" and value(5, "联系电话", "联系电话") == "13800001234"
    )
    assert isinstance(value(5, "年龄"), int) and value(5, "与户主关系") and value(5, "今年走访次数") == 0
    assert value(5, "姓名", "监护人") is None and value(5, "民族") == "汉族"
    assert (value(6, "民族"), value(6, "性别")) == ("汉族", "男") and value(7, "性别") == "男"
    assert (value(5, "标准"), value(5, "月数"), value(5, "合计")) == (300, 12, "=Z5*AA5")
    assert value(5, "备查1").startswith("'=") and value(8, "现住址") == "外地"
    assert sheet.merged_cells.ranges == before.merged_cells.ranges
    assert sheet.cell(5, column("出生日期")).fill.fgColor.rgb == "00FFEEEE" and sheet["A1"].font.bold
    with zipfile.ZipFile(io.BytesIO(sent)) as old, zipfile.ZipFile(io.BytesIO(got.content)) as new:
        for part in old.namelist():
            if "media" in part or "chart" in part or "drawing" in part or part.endswith("styles.xml"):
                assert old.read(part) == new.read(part)
    sources = [[cell.value for cell in row] for row in book["数据来源"].iter_rows()]
    assert any("worker员" in str(row[0]) for row in sources)
    address = next(row for row in sources if row[1] == "居住情况 · 现住址")
    assert address[2].startswith("现住址：居民档案 20")
    assert "人工填写 1 格（worker员）" in next(row for row in sources if row[1] == "补贴 · 标准")[4]


def test_the_next_table_with_the_same_headings_is_understood_as_the_last_one(enter):
    browser = enter("worker")
    page = _send(browser, _table()).url
    text = browser.get(f"{page}columns/").content.decode()
    assert "对应表头" in text and f'name="column_{column("备查1")}"' in text
    told = {
        f"column_{number}": field.value() or ""
        for field in browser.get(f"{page}columns/").context["page"]["columns"]
        for number in [field.name.removeprefix("column_")]
    }
    told[f"column_{column('备查1')}"] = "file_number"
    place = {"sheet": SHEET, "first": "3", "last": "4", "request_key": str(uuid4())}
    wrong = browser.post(f"{page}columns/", place | {"first": "9", "last": "3"} | told)
    assert wrong.status_code == 422 and "起始行不能大于结束行" in wrong.content.decode()
    nobody = browser.post(f"{page}columns/", place | {"request_key": str(uuid4())})
    assert nobody.status_code == 422 and "哪一列是姓名" in nobody.content.decode()
    done = browser.post(f"{page}columns/", place | {"request_key": str(uuid4())} | told)
    assert done.status_code == 302, done.content.decode()
    again = _send(browser, _table(), title="十二月").url
    assert "表头相同" in browser.get(f"{again}columns/").content.decode()
    sheet = _opened(browser.get(f"{again}download/"))[SHEET]
    assert sheet.cell(5, column("备查1")).value


def test_the_other_community_and_the_other_street_see_nothing(enter):
    page = _send(enter("worker"), _table()).url
    assert enter("officer").get(page).status_code == 200
    for stranger in ("farworker", "far"):
        browser = enter(stranger)
        for address in (page, f"{page}columns/", f"{page}download/"):
            assert browser.get(address).status_code == 404
        assert _save(browser, page, cell_5_9="x").status_code == 404
        assert page not in browser.get("/returns/").content.decode()
        # And a table of theirs is not filled with our residents.
        own = _send(browser, _table())
        text = browser.get(own.url).content.decode()
        assert "未对上 4 人" in text and "东方丽都" not in text
    assert enter("clerk").get("/returns/").status_code == 403


def test_a_double_click_is_one_table_and_two_people_do_not_write_over_each_other(enter, acting, system):
    browser = enter("worker")
    key = str(uuid4())
    first, second = (_send(browser, _table(), request_key=key) for _ in range(2))
    assert first.url == second.url
    page, cell = first.url, f"cell_5_{column('政治面貌')}"
    _save(browser, page, **{cell: "群众"})
    mate = enter("mate")
    clash = mate.post(
        page,
        {
            "request_key": str(uuid4()),
            cell.replace("_", "-"): "党员",
            "cell-5-11": "2001-05",
            "cell-5-999999": "塞",
        },
        follow=True,
    ).content.decode()
    assert "worker员刚填了“群众”" in clash and "没有保存" in clash
    with acting(system):
        kept = {(one.column, one.text, one.typed_by_name) for one in ReturnCell.objects.all()}
        assert kept == {(column("政治面貌"), "群众", "worker员"), (11, "2001-05", "mate员")}
        assert Return.objects.count() == 1
    changed = {cell: "党员", cell.replace("cell", "was"): "群众"}
    assert _save(mate, page, **changed).status_code == 302
    assert 'value="党员"' in mate.get(page).content.decode()


def test_who_was_chosen_by_hand_can_be_changed_and_what_was_typed_stays(enter):
    browser = enter("worker")
    page = _send(browser, _table()).url
    offers = re.findall(r'name="person-7" value="([0-9a-f-]{36})"', browser.get(page).content.decode())
    assert len(offers) == 2
    _save(browser, page, person_7=offers[0])
    _save(browser, page, person_7=str(uuid4()))  # nobody who was offered
    text = browser.get(page).content.decode()
    assert f'value="{offers[0]}" checked' in text and "未对上 1 人" in text
    cell = f"cell_7_{column('现住址')}"
    _save(browser, page, **{cell: "临时住址"})
    _save(browser, page, person_7=offers[1])
    sheet = _opened(browser.get(f"{page}download/"))[SHEET]
    assert sheet.cell(7, column("现住址")).value == "临时住址"
    assert sheet.cell(7, column("联系电话", "联系电话")).value == "13700002222"


def test_a_post_that_may_not_see_id_numbers_is_told_so_and_gets_none(enter, acting, system):
    at = timezone.now() - timedelta(minutes=30)
    body = {
        "title": "试用岗位", "description": "填表，但看不到证件号码。",
        "permissions": ["returns.fill", "people.find", "people.view_file", "ui.export_lists"],
    }  # fmt: skip
    with acting(system, on=day_of(at)):
        publish(by=system, at=at, kind="role", key="trial_role", body=body, effective_on=day_of(at))
        account = access.create_account(
            by=system, at=at, username="narrow", name="窄员", password=WORD, area=HOME, must_change=False
        )
        access.grant_role(
            by=system, at=at, account=account.public_id, role="trial_role", area=HOME, since=day_of(at)
        )
    browser = enter("narrow")
    rows = [{"姓名": "王桂英", "出生日期": date(1950, 3, 1)}]
    page = _send(browser, forty_columns(rows)).url
    text = browser.get(f"{page}?view=all").content.decode()
    number = column("公民身份号码")
    assert "未对上 1 人" not in text and "东方丽都3幢501室" in text
    assert "您的岗位看不到" in text and f'name="cell-5-{number}"' in text
    columns = browser.get(f"{page}columns/").content.decode()
    assert "您的岗位看不到" in columns and 'value="id_number"' not in columns
    book = _opened(browser.get(f"{page}download/"))
    assert book[SHEET].cell(5, number).value is None and WANG not in str(
        [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    )


def test_an_export_leaves_the_trail_of_whose_facts_left(enter, acting, system, residents):
    browser = enter("worker")
    page = _send(browser, _table()).url
    first = browser.get("/").content.decode()
    assert first.count("困难老人排查") == 1 and 'href="/returns/"' in first
    browser.get(f"{page}download/")
    assert "困难老人排查" not in browser.get("/").content.decode()
    with acting(system):
        verbs = set(trail(by=system).values_list("verb", flat=True))
        assert {"returns.return.exported", "returns.return.uploaded"} <= verbs


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.xlsx", "空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.xls", "另存为"),
        ("姓名,电话\n王,1\n".encode(), "a.csv", "xlsx"),
        (b"PK\x03\x04broken", "a.xlsx", "打不开"),
        (b"%PDF-1.4", "a.pdf", "只收"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_gets_a_sentence(enter, data, name, why):
    answer = _send(enter("worker"), data, name=name)
    assert answer.status_code == 422 and why in answer.content.decode()


def _rows(name, content):
    rows = b"".join(b'<row r="%d" ht="15"/>' % number for number in range(100, 60_000))
    return (
        content.replace(b"</sheetData>", rows + b"</sheetData>") if name.endswith("sheet2.xml") else content
    )


def _entity(name, content):
    if not name.endswith("sheet2.xml"):
        return content
    return (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        + content.split(b"?>", 1)[-1]
    )


def test_hostile_workbooks_get_a_sentence_and_nothing_is_kept(enter, acting, system):
    browser, plain = enter("worker"), _table()
    outside = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        b'Target="http://far/x.xlsx" TargetMode="External"/></Relationships>'
    )
    for data, why in (
        (rebuilt(plain, add={"xl/vbaProject.bin": b"x"}), "宏"),
        (rebuilt(plain, add={"xl/externalLinks/_rels/externalLink1.xml.rels": outside}), "外部"),
        (rebuilt(plain, add={"xl/media/bomb.bin": bytes(30_000_000)}), "过大"),
        (rebuilt(plain, change=_rows), "空白行"),
        (rebuilt(plain, change=_entity), "读不出来"),
        (rebuilt(plain, change=lambda name, told: b"<a" if name == "xl/styles.xml" else told), "读不出来"),
    ):
        answer = _send(browser, data)
        assert answer.status_code == 422 and why in answer.content.decode(), why
    with acting(system):
        assert not Return.objects.exists()


def test_two_hundred_people_cost_as_many_queries_as_ten(enter, acting, system):
    told = {"by": system, "at": timezone.now() - timedelta(days=3), "community": HOME}
    numbers = [number_of("19550505", sequence) for sequence in range(100, 300)]
    with acting(system):
        for sequence, number in enumerate(numbers):
            people.register_person(**told, name=f"周测{sequence}", id_number=number, phone="13500000000")
    browser = enter("worker")
    costs = []
    for many in (10, 200):
        rows = [{"姓名": f"周测{n}", "公民身份号码": number} for n, number in enumerate(numbers[:many])]
        page = _send(browser, forty_columns(rows), title=f"{many}人").url
        spent = []
        for address in (page, f"{page}download/"):
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            spent.append(len(queries))
        costs.append(spent)
    assert costs[0] == costs[1]
    assert "200 人" in browser.get(page).content.decode()


@pytest.mark.requirement("S3-28")
@pytest.mark.parametrize("column", ["末次月经时间", "孕 检结果"])
def test_a_table_that_wants_what_nobody_may_collect_is_not_filled(enter, acting, system, column):
    book = openpyxl.Workbook()
    sheet = book.active
    for place, title in enumerate(("姓名", "身份证号码", column), start=1):
        sheet.cell(1, place, title)
        sheet.cell(2, place, ("王桂英", WANG, "")[place - 1])
    data = io.BytesIO()
    book.save(data)
    answer = _send(enter("worker"), data.getvalue(), title="重点人员月报", unit_name="某局")
    said = answer.content.decode()
    assert answer.status_code == 422 and "只有给她看病的医生" in said and "请要表的单位去掉这一列" in said
    with acting(system):
        assert not Return.objects.exists()
