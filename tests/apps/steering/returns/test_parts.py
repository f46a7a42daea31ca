"""A table goes down to communities, is filled, returned, urged, merged and signed."""

import io
import zipfile
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.steering.returns.test_filling import LI, SHEET, WANG, WORD, _opened, _save, _send
from tests.apps.steering.returns.workbooks import column, forty_columns, number_of
from tests.apps.work.desk.conftest import HOME, STREET, street
from tests.apps.work.ledger.conftest import do_deed
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as, run_pending_jobs
from yimen.foundations.definitions.api import working_calendar
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.steering.returns import api as returns
from yimen.steering.returns.models import Part, PartStep, ReturnRow
from yimen.steering.returns.queries import waiting_parts

__all__ = ["street"]
NEXT, THIRD = "330212007002", "330212007003"
ZHAO, ZHAO_NUMBER = "赵四海", number_of("19600101", 123)
STAFF = (
    ("worker", "community_worker", HOME),
    ("mate", "community_worker", HOME),
    ("nextworker", "community_worker", NEXT),
    ("thirdworker", "community_worker", THIRD),
    ("officer", "section_officer", STREET),
    ("colleague", "section_officer", STREET),
    ("chief", "section_chief", STREET),
)


@pytest.fixture
def residents(street, acting, system):
    at = timezone.now() - timedelta(days=3)
    with acting(system):
        rows = [places.AreaRow(NEXT, "雅苑社区"), places.AreaRow(THIRD, "金桥社区")]
        places.import_areas(by=system, at=at, since=date(2015, 1, 1), rows=rows)
        told = {"by": system, "at": at}
        people.register_person(
            **told,
            name="王桂英",
            id_number=WANG,
            phone="13800001234",
            lives_address="东方丽都3幢501室",
            community=HOME,
        )
        people.register_person(**told, name="李国强", id_number=LI, phone="13900005678", community=NEXT)
        people.register_person(**told, name=ZHAO, id_number=ZHAO_NUMBER, community=THIRD)


@pytest.fixture
def accounts(residents, acting, system):
    at = timezone.now() - timedelta(hours=1)
    made = {}
    with acting(system, on=day_of(at)):
        for username, role, area in STAFF:
            account = access.create_account(
                by=system, at=at, username=username, name=f"{username}员", password=WORD, area=area,
                must_change=False,
            )  # fmt: skip
            access.grant_role(
                by=system, at=at, account=account.public_id, role=role, area=area, since=day_of(at)
            )
            made[username] = account.public_id
    return made


@pytest.fixture
def enter(accounts, client):
    def sign_in(username):
        with act_as(access.DOORKEEPER, on=day_of(timezone.now())):
            assert client.post("/sign-in", {"username": username, "password": WORD}).status_code == 302
        return client

    return sign_in


@pytest.fixture
def acts_as(accounts):
    """``with acts_as("officer") as (by, at):`` the deeds of one colleague, now."""

    @contextmanager
    def do(username, at=None):
        at = at or timezone.now()
        actor = access.actor_of(accounts[username], on=day_of(at))
        with act_as(actor, on=day_of(at)):
            yield actor, at

    return do


def _table():
    return forty_columns(
        [
            {"姓名": "王桂英", "公民身份号码": WANG},
            {"姓名": "李国强", "公民身份号码": LI},
            {"姓名": ZHAO, "公民身份号码": ZHAO_NUMBER},
            {"姓名": "孙无名", "所属社区": "雅苑社区"},
            {"姓名": "周无名"},
        ]
    )


def _post(browser, page, **told):
    return browser.post(page, {"request_key": str(uuid4()), **told})


def _sent(enter, data=None, *, communities=(HOME, NEXT, THIRD), due="2099-01-15", columns=None):
    """The officer sends a table down, perhaps after she said what its columns are; its page."""
    browser = enter("officer")
    page = _send(browser, data or _table()).url
    if columns:
        told = {f"column_{number}": key for number, key in columns.items()}
        answer = _post(browser, f"{page}columns/", sheet="月报", first="1", last="1", **told)
        assert answer.status_code == 302, answer.content.decode()
    answer = _post(
        browser, f"{page}down/", due_on=due, basis="甬民发〔2026〕1号", communities=list(communities)
    )
    assert answer.status_code == 302, answer.content.decode()
    return page


@pytest.fixture
def part_pages(system, acting):
    def find():
        with acting(system, on=day_of(timezone.now())):
            return {
                one.of: f"/returns/parts/{one.public_id}/" for one in Part.objects.exclude(state="withdrawn")
            }

    return find


def _hand_in(browser, page, **told):
    return _post(browser, f"{page}hand-in/", **({"said": "其余没有"} | told))


def _table_of(browser, part):
    return f"/returns/{browser.get(part).context['page']['part'].table.public_id}/"


@pytest.mark.requirement("S1-120")
def test_a_table_goes_down_comes_back_and_is_merged_with_the_source_of_each_cell(enter, part_pages):
    browser = enter("officer")
    old = _send(browser, _table(), title="上季度排查").url
    _post(browser, f"{old}editions/")
    page = _send(browser, _table(), title="本季度排查").url
    # Before it goes down: what fills itself, what was reported where, who gets what.
    text = browser.get(f"{page}down/").content.decode()
    assert "自动填的列" in text and "性别" in text.partition("自动填的列")[2].partition("要人填的列")[0]
    assert "上季度排查 第 1 版" in text and "备查1" in text.partition("要人填的列")[2]
    assert "1 行看不出是哪个社区" in text and "2 行" in text.partition("各社区几行")[2]
    sent = _post(
        browser,
        f"{page}down/",
        due_on="2099-01-15",
        basis="甬民发〔2026〕1号",
        communities=[HOME, NEXT, THIRD],
    )
    assert sent.status_code == 302, sent.content.decode()
    parts = part_pages()
    # A community sees its own rows only, prefilled, and what it typed must fit its column.
    worker = enter("nextworker")
    assert "本季度排查" in worker.get("/").content.decode()
    assert worker.get(parts[HOME]).status_code == 404
    table = _table_of(worker, parts[NEXT])
    text = worker.get(f"{table}?view=all").content.decode()
    assert "李国强" in text and "孙无名" in text and "王桂英" not in text and "来自居民档案" in text
    body = worker.get(f"{table}download/").content
    with zipfile.ZipFile(io.BytesIO(body)) as container:
        everything = b"".join(container.read(one) for one in container.namelist()).decode("utf-8", "ignore")
    assert "王桂英" not in everything and WANG not in everything and "李国强" in everything
    nation, standard = column("民族"), column("标准")
    saved = _save(worker, table, **{f"cell_6_{nation}": "汉族", f"cell_8_{nation}": "回族"})
    assert saved.status_code == 302
    refused = _hand_in(worker, parts[NEXT], said="")
    assert refused.status_code == 422 and "格没有填" in refused.content.decode()
    assert _hand_in(worker, parts[NEXT]).status_code == 302
    late = _save(worker, table, **{f"cell_6_{standard}": "300"})
    assert late.status_code == 422 and "不能再改" in late.content.decode()
    # The section gives it back with a reason, the community corrects and hands in again.
    officer = enter("officer")
    assert _post(officer, f"{parts[NEXT]}back/", why="").status_code == 422
    assert _post(officer, f"{parts[NEXT]}back/", why="第 6 行标准没有填").status_code == 302
    worker = enter("nextworker")
    assert "退回了" in worker.get("/").content.decode()
    assert "第 6 行标准没有填" in worker.get(parts[NEXT]).content.decode()
    _save(worker, table, **{f"cell_6_{standard}": "300"})
    assert _hand_in(worker, parts[NEXT]).status_code == 302
    worker = enter("worker")
    _save(worker, _table_of(worker, parts[HOME]), **{f"cell_5_{nation}": "汉族"})
    assert _hand_in(worker, parts[HOME]).status_code == 302
    # Merged without the third, which must be said; in the layout of the department, cell by cell.
    officer = enter("officer")
    assert "金桥社区还没有交" in _post(officer, f"{page}parts/").content.decode()
    merged = _post(officer, f"{page}parts/", without="先报两个")
    assert merged.status_code == 302, merged.content.decode()
    book = _opened(officer.get(f"{merged.url}download/"))
    assert book.sheetnames[-2:] == ["数据来源", "逐格来源"]
    sheet, origins = book[SHEET], book["逐格来源"]
    assert sheet.cell(5, nation).value == "汉族" and sheet.cell(8, nation).value == "回族"
    assert sheet.cell(6, standard).value == 300 and sheet.cell(7, column("性别")).value is None
    assert sheet.cell(5, column("性别")).value == "女" and sheet["A1"].font.bold
    assert sheet.cell(5, column("合计")).value == "=Z5*AA5"
    assert origins.cell(6, standard).value == "雅苑社区：nextworker员 填"
    assert origins.cell(5, column("性别")).value.startswith("东莺社区：来自居民档案")
    assert "金桥社区没有交：先报两个" in str(book["数据来源"]["A2"].value)
    # The chief signs; then nothing in it can be given back.
    assert officer.post(f"{merged.url}sign/").status_code == 403
    chief = enter("chief")
    assert _post(chief, f"{merged.url}sign/").status_code == 302
    assert "chief员" in chief.get(merged.url).content.decode()
    assert _post(chief, f"{merged.url}sign/").status_code == 422
    officer = enter("officer")
    answer = _post(officer, f"{parts[NEXT]}back/", why="再改")
    assert answer.status_code == 422 and "已签发" in answer.content.decode()


@pytest.mark.requirement("S1-120")
def test_the_month_report_of_each_community_is_filled_from_the_ledger_urged_and_marked_when_late(
    enter, part_pages, acting, system, acts_as, accounts
):
    now = timezone.now()
    with acting(system, on=day_of(now)):
        for area, times in ((HOME, 2), (NEXT, 1)):
            for _ in range(times):
                do_deed(by=system, at=now, items=("visited_home",), happened_on=day_of(now), area=area)
    columns = {1: "community", 2: "visits_this_month", 3: ":number"}
    page = _sent(enter, _month_report(), due=str(day_of(now)), columns=columns)
    parts = part_pages()
    worker = enter("worker")
    table = _table_of(worker, parts[HOME])
    text = worker.get(f"{table}?view=all").content.decode()
    assert (
        "来自台账" in text
        and "雅苑" not in text
        and "未对上" not in text.partition("<main")[2].replace("未对上的", "")
    )
    said = _save(worker, table, cell_2_3="很多")
    assert said.status_code == 302
    assert "要填数字" in worker.get(table).content.decode()
    _save(worker, table, cell_2_3="4", cell_2_4="无")
    assert _hand_in(worker, parts[HOME], said="").status_code == 302
    # Who has not handed in is late tomorrow, on the first page of the section, and is urged once a working day.
    tomorrow = _next_working_day(now)
    with acts_as("officer", tomorrow) as (officer, at):
        waiting = {one.of: one for one in returns.parts(by=officer).filter(state="sent")}
        assert set(waiting) == {NEXT, THIRD}
        assert len(waiting_parts(by=officer, today=day_of(at), most=9)) == 2
        assert waiting_parts(by=officer, today=day_of(now), most=9) == []
        assert returns.urge_part(by=officer, at=at, part=waiting[NEXT].public_id) == 1
        with pytest.raises(returns.CannotChase, match="一个工作日只催一次"):
            returns.urge_part(by=officer, at=at, part=waiting[NEXT].public_id)
        with pytest.raises(returns.CannotChase, match="不是工作日"):
            returns.urge_part(by=officer, at=_day_off(at), part=waiting[THIRD].public_id)
    worker = enter("nextworker")
    assert "催报：有一张下发的表还没有交" in worker.get("/messages/").content.decode()
    assert "催报" in worker.get(parts[NEXT]).content.decode()
    table = _table_of(worker, parts[NEXT])
    _save(worker, table, cell_3_3="1", cell_3_4="无")
    assert _hand_in(worker, parts[NEXT], said="").status_code == 302
    officer = enter("officer")
    merged = _post(officer, f"{page}parts/", without="金桥社区补报")
    rows = [
        [cell.value for cell in row]
        for row in _opened(officer.get(f"{merged.url}download/"))["月报"].iter_rows()
    ]
    assert rows[1:4] == [["东莺社区", 2, 4, "无"], ["雅苑社区", 1, 1, "无"], ["金桥社区", None, None, None]]


def _month_report():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "月报"
    for row in (
        ["社区", "本月走访次数", "矛盾纠纷（件）", "工作小结"],
        ["东莺社区"],
        ["雅苑社区"],
        ["金桥社区"],
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _next_working_day(at):
    day = working_calendar(on=day_of(at)).next_working_day(day_of(at)).day
    return datetime(day.year, day.month, day.day, 10, tzinfo=STREET_TIME)


def _day_off(at):
    calendar = working_calendar(on=day_of(at))
    day = day_of(at)
    while calendar.is_working_day(day):
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, 10, tzinfo=STREET_TIME)


def test_an_empty_table_is_filled_by_each_community_with_its_own_people_or_a_zero_report(
    enter, part_pages, acts_as
):
    book = openpyxl.Workbook()
    book.active.append(["序号", "姓名", "所属社区", "需求"])
    out = io.BytesIO()
    book.save(out)
    page = _sent(enter, out.getvalue())
    parts = part_pages()
    for username, area in (("worker", HOME), ("nextworker", NEXT)):
        browser = enter(username)
        table = _table_of(browser, parts[area])
        answer = _post(browser, f"{table}people/", community=area)
        assert answer.status_code == 302, answer.content.decode()
        _save(browser, table, cell_2_4="助餐")
        assert _hand_in(browser, parts[area], said="").status_code == 302
    browser = enter("thirdworker")
    nothing = _hand_in(browser, parts[THIRD], said="")
    assert nothing.status_code == 422 and "零报告" in nothing.content.decode()
    assert _hand_in(browser, parts[THIRD], said="", nothing="on").status_code == 302
    officer = enter("officer")
    merged = _post(officer, f"{page}parts/")
    assert merged.status_code == 302, merged.content.decode()
    sheet = _opened(officer.get(f"{merged.url}download/")).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1:] == [[1, "王桂英", "东莺社区", "助餐"], [2, "李国强", "雅苑社区", "助餐"]]


def test_a_part_is_handed_in_once_and_what_was_merged_before_a_return_cannot_be_signed(
    enter, part_pages, acts_as
):
    page = _sent(enter, communities=(HOME, NEXT))
    again = _post(enter("officer"), f"{page}down/", due_on="2099-01-15", basis="同上", communities=[HOME])
    assert again.status_code == 422
    parts = part_pages()
    numbers = {area: one.split("/")[-2] for area, one in parts.items()}
    for username, area in (("worker", HOME), ("nextworker", NEXT)):
        with acts_as(username) as (by, at):
            returns.hand_in(by=by, at=at, part=numbers[area], said="其余没有", request_key=f"key-{area}")
            # The same sending twice is one deed, a second one is refused.
            returns.hand_in(by=by, at=at, part=numbers[area], said="其余没有", request_key=f"key-{area}")
    with acts_as("mate") as (by, at), pytest.raises(returns.CannotHandIn, match="已交"):
        returns.hand_in(by=by, at=at, part=numbers[HOME], said="我也交")
    with acts_as("officer") as (by, at):
        assert (
            PartStep.objects.within(by).filter(part__public_id=numbers[HOME], kind="handed_in").count() == 1
        )
        first = returns.merge_parts(by=by, at=at, table=page.split("/")[2])
        returns.return_part(by=by, at=at, part=numbers[HOME], why="改")
    with acts_as("chief") as (by, at), pytest.raises(returns.CannotSign, match="东莺社区"):
        returns.sign_edition(by=by, at=at, edition=first.public_id)
    with acts_as("worker") as (by, at):
        returns.hand_in(by=by, at=at, part=numbers[HOME], said="改好了")
    with acts_as("chief") as (by, at), pytest.raises(returns.CannotSign, match="东莺社区"):
        returns.sign_edition(by=by, at=at, edition=first.public_id)
    with acts_as("officer") as (by, at):
        second = returns.merge_parts(by=by, at=at, table=page.split("/")[2])
    with acts_as("chief") as (by, at):
        assert returns.sign_edition(by=by, at=at, edition=second.public_id).number == 2
        with pytest.raises(returns.CannotSign, match="已经签发"):
            returns.sign_edition(by=by, at=at, edition=second.public_id)


def test_what_a_leaver_sent_down_is_followed_by_her_heir_or_taken_over_by_the_section(
    enter, part_pages, acts_as, accounts, acting, system
):
    page = _sent(enter)
    now = timezone.now()
    with acting(system, on=day_of(now)):
        access.close_account(by=system, at=now, account=accounts["officer"], reason="调离")
        run_pending_jobs()
    colleague = enter("colleague")
    text = colleague.get(f"{page}parts/").content.decode()
    assert "没有人跟进" in text
    assert "有下发的表没有人跟进" in colleague.get("/messages/").content.decode()
    assert _post(colleague, f"{page}parts/mine/").status_code == 302
    parts = part_pages()
    assert _hand_in(enter("worker"), parts[HOME]).status_code == 302
    assert "社区交了一份表" in enter("colleague").get("/messages/").content.decode()
    with acting(system, on=day_of(now)):
        access.close_account(
            by=system, at=now, account=accounts["colleague"], reason="调离", to=accounts["chief"]
        )
        run_pending_jobs()
    assert "chief员" in enter("chief").get(parts[NEXT]).content.decode()


def test_open_parts_follow_a_community_that_is_merged_into_another(
    enter, part_pages, acts_as, acting, system
):
    page = _sent(enter)
    parts = part_pages()
    assert _hand_in(enter("worker"), parts[HOME]).status_code == 302
    now = timezone.now()
    with acting(system, on=day_of(now)):
        (code,) = places.reorganise_areas(
            by=system, at=now, on=day_of(now), old=[NEXT, THIRD], new=[places.NewArea(STREET, "雅桥社区")]
        )
        assert {one.of: one.area for one in Part.objects.all()} == {HOME: HOME, NEXT: code, THIRD: code}
    worker = enter("thirdworker")
    for area in (NEXT, THIRD):
        assert worker.get(_table_of(worker, parts[area])).status_code == 200
        assert _hand_in(worker, parts[area]).status_code == 302
    assert _post(enter("officer"), f"{page}parts/").status_code == 302


def test_a_part_that_is_withdrawn_can_be_sent_again(enter, part_pages):
    page = _sent(enter, communities=(HOME,))
    old = part_pages()[HOME]
    officer = enter("officer")
    assert _post(officer, f"{old}withdraw/", why="").status_code == 422
    assert _post(officer, f"{old}withdraw/", why="发错了").status_code == 302
    assert _hand_in(enter("worker"), old).status_code == 422
    officer = enter("officer")
    told = {"due_on": "2099-01-15", "basis": "重发", "communities": [HOME]}
    assert _post(officer, f"{page}down/", **told).status_code == 302
    assert part_pages()[HOME] != old


def test_a_large_table_goes_down_by_a_job(enter, part_pages, acting, system, acts_as):
    browser = enter("officer")
    data = forty_columns(
        [
            {"姓名": "王桂英", "公民身份号码": WANG},
            *({"姓名": f"外来{n}", "所属社区": "雅苑社区"} for n in range(501)),
        ]
    )
    page = _send(browser, data).url
    run_pending_jobs()
    told = {"due_on": "2099-01-15", "basis": "一号文", "communities": [HOME, NEXT]}
    assert _post(browser, f"{page}down/", **told).status_code == 302
    assert "正在做表" in browser.get(f"{page}parts/").content.decode()
    run_pending_jobs()
    assert "待填报" in browser.get(f"{page}parts/").content.decode()
    with acting(system, on=day_of(timezone.now())):
        sizes = {
            one.of: ReturnRow.objects.filter(table=one.table).count()
            for one in Part.objects.select_related("table")
        }
    assert sizes == {HOME: 1, NEXT: 501}
    parts = part_pages()
    worker = enter("nextworker")
    assert _hand_in(worker, parts[NEXT]).status_code == 302
    officer = enter("officer")
    assert "还在封存" in _post(officer, f"{page}parts/", without="先报").content.decode()
    run_pending_jobs()
    assert _post(officer, f"{page}parts/", without="先报").status_code == 302


def test_more_communities_take_no_more_queries(enter, part_pages):
    page = _sent(enter, communities=(HOME,))
    officer = enter("officer")

    def asked(address):
        officer.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert officer.get(address).status_code == 200
        return len(caught)

    one = {address: asked(address) for address in (f"{page}parts/", "/returns/parts/", "/")}
    _post(officer, f"{page}down/", due_on="2099-01-15", basis="同上", communities=[NEXT, THIRD])
    assert {address: asked(address) for address in one} == one
