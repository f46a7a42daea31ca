"""Alerts on unusual reading, through the looks people leave and the pages of the auditor."""

import html
import re
from datetime import date, datetime, timedelta

import pytest

from tests.apps.doors.office.cast import CANARY, COMMUNITY, HERE, OTHER_COMMUNITY, THERE, sign_in
from yimen.doors.office.tasks import find_unusual_reading
from yimen.foundations.access import api as access
from yimen.foundations.audit import api as audit
from yimen.foundations.audit.models import Look
from yimen.foundations.bus.api import act_as
from yimen.foundations.definitions import api as definitions
from yimen.foundations.messages.api import inbox
from yimen.foundations.ui.api import record_export
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.ids import uuid7
from yimen.registers.people import api as people

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 19)


def moment(hour: int = 10, *, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=STREET_TIME)


@pytest.fixture
def look():
    """``look(account, 60)``: so many files of the first community opened by this account."""

    def open_files(account, many, *, at=None, area=COMMUNITY, why="核对名单", subject=None):
        actor = access.actor_of(account.public_id, on=DAY)
        with act_as(actor, on=DAY):
            for _ in range(many):
                audit.record_look(by=actor, at=at or moment(), subject=subject or uuid7(), area=area, why=why)

    return open_files


@pytest.fixture
def nightly(acting, system):
    def run(on: date = DAY + timedelta(days=1)):
        with acting(system):
            find_unusual_reading(by=system, at=moment(6, day=on), on=on)

    return run


@pytest.fixture
def clerk(open_account):
    return open_account("li.si", "李四", role="window_clerk", area=HERE)


def alerts(system):
    return [(one.rule, one.count, one.state) for one in audit.audited_unusual(by=system).order_by("rule")]


def page_of(client, address="/office/trail/unusual/") -> str:
    return client.get(address).content.decode()


def test_many_files_in_a_day_are_told_to_the_auditor_without_naming_anybody(
    enter, clerk, look, nightly, system
):
    auditor = enter("auditor")
    look(clerk, 60)
    nightly()
    assert alerts(system) == [("many_files", 60, "open")]
    page = page_of(auditor)
    assert "一天打开的档案远多于平常" in page and "李四" in page and "60 份" in page and "待核实" in page
    by = access.actor_of(auditor.account.public_id, on=DAY)
    (told,) = inbox(by=by)
    assert told.title == "11月19日有 1 条异常查阅提醒" and "李四" not in told.title + told.text
    assert "1 条待核实" in auditor.get("/").content.decode()


def test_the_night_job_may_run_twice_and_tells_once(enter, clerk, look, nightly, system):
    auditor = enter("auditor")
    look(clerk, 60)
    nightly()
    nightly()
    assert len(alerts(system)) == 1
    assert len(list(inbox(by=access.actor_of(auditor.account.public_id, on=DAY)))) == 1


def test_who_always_reads_much_does_not_stand_out(clerk, look, nightly, system):
    for back in range(1, 6):
        look(clerk, 30, at=moment(day=DAY - timedelta(days=back)))
    look(clerk, 75)
    nightly()
    assert alerts(system) == []
    look(clerk, 15)
    nightly()
    assert alerts(system) == [("many_files", 90, "open")]


def test_one_file_opened_all_day_is_one_file(clerk, look, nightly, system):
    look(clerk, 70, subject=uuid7())
    nightly()
    assert alerts(system) == []


@pytest.mark.parametrize(("hour", "told"), [(0, True), (23, True), (21, False), (6, False)])
def test_looks_at_night_count_by_the_streets_clock(clerk, look, nightly, system, hour, told):
    look(clerk, 5, at=moment(hour))
    nightly()
    assert alerts(system) == ([("night", 5, "open")] if told else [])


def test_only_the_day_before_counts(clerk, look, nightly, system):
    look(clerk, 40)
    look(clerk, 40, at=moment(day=DAY - timedelta(days=1)))
    nightly()
    assert alerts(system) == []


def test_numbers_shown_and_strangers_sought_are_rules_of_their_own(clerk, look, nightly, system):
    look(clerk, 20, why=f"{people.NUMBER_SHOWN}核对")
    look(clerk, 15, why=f"{people.NUMBER_SOUGHT}窗口办事", area=THERE)
    nightly()
    assert alerts(system) == [("many_numbers", 20, "open"), ("strangers", 15, "open")]
    assert {one.area for one in audit.audited_unusual(by=system)} == {HERE}


def test_the_product_itself_writes_what_the_rules_look_for(clerk, resident, system, now):
    actor = access.actor_of(clerk.public_id, on=now.date())
    people.add_document(
        by=system, at=now, person=resident.public_id, kind="id_card", number="11010519491231002X"
    )
    with act_as(actor, on=now.date()):
        people.person_card_minimal(by=actor, at=now, id_number="11010519491231002X")
    assert Look.objects.get(subject=resident.public_id).why.startswith(people.NUMBER_SOUGHT)


def test_files_of_colleagues_are_a_rule_of_their_own(open_account, clerk, look, nightly, system, now):
    for number in range(3):
        person = people.register_person(
            by=system, at=now, name=f"同事{'甲乙丙'[number]}", community=COMMUNITY, lives_address="东路1号"
        )
        colleague = open_account(f"colleague.{number}", f"同事{number}")
        people.join_account(by=system, at=now, account=colleague.public_id, person=person.public_id)
        look(clerk, 1, subject=person.public_id)
    nightly()
    assert alerts(system) == [("colleagues", 3, "open")]


def test_rows_of_exports_are_added_up(enter, clerk, nightly, system):
    actor = access.actor_of(clerk.public_id, on=DAY)
    with act_as(actor, on=DAY):
        for rows in (3000, 2500):
            record_export(by=actor, at=moment(), name="people.list", conditions=[], rows=rows)
    nightly()
    assert alerts(system) == [("large_exports", 5500, "open")]
    found = audit.audited_unusual(by=system).get()
    page = page_of(enter("auditor"), f"/office/trail/unusual/{found.public_id}/")
    assert "5500 行" in page and "导出清单" in page


def test_an_auditor_answers_once_and_with_a_reason(enter, clerk, look, nightly, system):
    auditor = enter("auditor")
    look(clerk, 60)
    nightly()
    address = f"/office/trail/unusual/{audit.audited_unusual(by=system).get().public_id}/"
    assert "核对名单" in page_of(auditor, address)
    assert auditor.post(address, {"state": "explained", "reason": ""}).status_code == 422
    assert auditor.post(address, {"state": "open", "reason": "看过了没有问题"}).status_code == 422
    assert auditor.post(address, {"state": "explained", "reason": "好"}).status_code in (409, 422)
    assert alerts(system)[0][2] == "open"
    given = {"state": "explained", "reason": "当天集中核对独居老人名单", "request_key": "once"}
    assert auditor.post(address, given).status_code == 302
    assert auditor.post(address, given).status_code == 302
    page = page_of(auditor, address)
    assert "有正当事由" in page and "当天集中核对独居老人名单" in page and "保存结论" not in page
    again = auditor.post(address, {"state": "followed_up", "reason": "改成移交处理"})
    assert again.status_code in (409, 422) and "已经由" in again.content.decode()
    assert alerts(system) == [("many_files", 60, "explained")]
    assert "处理异常查阅提醒" in page_of(auditor, "/office/trail/?verb=处理异常查阅提醒")
    assert "李四" not in page_of(auditor, "/office/trail/unusual/?state=open")


def test_nobody_answers_an_alert_about_herself(enter, look, nightly, system):
    auditor = enter("auditor")
    look(auditor.account, 60)
    nightly()
    address = f"/office/trail/unusual/{audit.audited_unusual(by=system).get().public_id}/"
    assert "不能处理自己的查阅提醒" in page_of(auditor, address)
    answer = auditor.post(address, {"state": "explained", "reason": "我自己看的没问题"})
    assert answer.status_code in (409, 422) and "不能处理自己的查阅提醒" in answer.content.decode()
    assert alerts(system)[0][2] == "open"


def test_names_of_residents_are_masked_on_the_page(enter, clerk, look, resident, nightly, system):
    auditor = enter("auditor")
    look(clerk, 59)
    look(clerk, 1, subject=resident.public_id)
    nightly()
    page = page_of(auditor, f"/office/trail/unusual/{audit.audited_unusual(by=system).get().public_id}/")
    assert "王*英" in page and "王秀英" not in page


def test_the_latest_looks_are_shown_and_all_of_them_one_tap_away(enter, clerk, look, nightly, system):
    auditor = enter("auditor")
    look(clerk, 60)
    look(clerk, 1, at=moment(day=DAY - timedelta(days=1)), why="前一天的")
    nightly()
    address = f"/office/trail/unusual/{audit.audited_unusual(by=system).get().public_id}/"
    page = page_of(auditor, address)
    assert page.count("核对名单") == 30 and "另有 30 条" in page
    (query,) = re.findall(r'href="/office/trail/looks/\?([^"]+)"', page)
    everything = page_of(auditor, f"/office/trail/looks/?{html.unescape(query)}")
    assert "核对名单" in everything and "前一天的" not in everything


def test_alerts_and_looks_of_the_other_street_are_never_seen(
    enter, other_street, clerk, look, nightly, system
):
    auditor = enter("auditor")
    look(other_street, 60, area=OTHER_COMMUNITY, why=f"核对{CANARY}")
    nightly()
    found = audit.audited_unusual(by=system).get()
    for address in (
        "/office/trail/unusual/",
        "/office/trail/unusual/?export=xlsx",
        f"/office/trail/unusual/{found.public_id}/",
        "/",
    ):
        assert CANARY not in auditor.get(address).content.decode(errors="ignore")
    address = f"/office/trail/unusual/{found.public_id}/"
    assert auditor.get(address).status_code == 404
    given = {"state": "explained", "reason": "不是我们街道的"}
    assert auditor.post(address, given).status_code == 404
    assert alerts(system)[0][2] == "open"
    assert not list(inbox(by=access.actor_of(auditor.account.public_id, on=DAY)))
    # Her own street's clerk looked there: told here, with the looks only counted.
    look(clerk, 60, area=OTHER_COMMUNITY, why=f"核对{CANARY}")
    nightly()
    mine = audit.audited_unusual(by=system).get(actor=clerk.key)
    page = page_of(auditor, f"/office/trail/unusual/{mine.public_id}/")
    assert CANARY not in page and "另有 60 条在您审计的区域以外" in page


@pytest.mark.parametrize("role", ["administrator", "window_clerk", "section_chief"])
def test_only_auditors_open_the_alerts(open_account, role):
    client = sign_in(open_account(f"one.{role}", "某某", role=role))
    assert client.get("/office/trail/unusual/").status_code == 403


def test_a_site_changes_the_numbers_by_publishing_a_rule(open_account, clerk, look, nightly, system, now):
    body = {**definitions.current("reading_rule", "many_files", on=DAY).data, "at_least": 10}
    definitions.publish(
        by=system, at=now, kind="reading_rule", key="many_files", body=body,
        effective_on=now.date() + timedelta(days=1), change="看得严一些",
        examples=[{"name": "12 份：提醒", "given": {"count": 12}, "expect": {"told": True}}],
    )  # fmt: skip
    look(clerk, 12, at=moment(day=now.date()))
    nightly(now.date() + timedelta(days=1))
    assert alerts(system) == []
    other = open_account("zhao.wu", "赵五", role="window_clerk")
    look(other, 12, at=moment(day=now.date() + timedelta(days=1)))
    nightly(now.date() + timedelta(days=2))
    assert alerts(system) == [("many_files", 12, "open")]
