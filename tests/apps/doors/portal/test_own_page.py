"""本人页面, as a resident opens it with the slip of the window: hers, once, on one phone, and at once no longer."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.apps.doors.portal.test_looks import COMMUNITY, PASSWORD, make, street
from yimen.foundations.access import api as access
from yimen.foundations.audit import api as audit
from yimen.foundations.bus.api import act_as
from yimen.registers.consents import api as consents
from yimen.registers.people import api as people

__all__ = ["make", "street"]
pytestmark = pytest.mark.django_db
SEEN = {"asked_by": "本人", "identity": "当面核对身份证"}
NUMBER = "11010519491231002X"


@pytest.fixture
def her(street, system, now):
    person = people.register_person(
        by=system,
        at=now,
        name="王秀英",
        community=COMMUNITY,
        id_number=NUMBER,
        phone="13900139000",
        lives_address="东方丽都3幢501室",
    )
    return person.public_id


@pytest.fixture
def clerk(make):
    client = Client()
    made = make("clerk", "窗口小李", role="window_clerk")
    assert client.post("/sign-in", {"username": made.username, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def slip(clerk):
    """``slip(person)``: the address on the slip that the clerk hands over."""

    def hand(person):
        answer = clerk.post(f"/people/{person}/rights/slip", SEEN)
        assert answer.status_code == 200
        return _word_on(answer)

    return hand


@pytest.fixture
def phone(slip, her):
    """Her phone, on which the page stands open."""
    client = Client()
    assert client.post(slip(her)).status_code == 302
    return client


def _word_on(answer) -> str:
    return re.search(r"http://testserver(/my/open/[A-Z2-7]+)", answer.content.decode())[1]


def _text(client, address) -> str:
    return client.get(address).content.decode()


def test_the_slip_opens_once_and_only_when_she_presses(slip, her):
    address, finder, her_phone = slip(her), Client(), Client()
    assert "在这部手机上打开" in _text(finder, address)  # a preview of the link spends nothing
    assert "王秀英" not in _text(finder, address)
    assert her_phone.post(address).headers["Location"] == "/my/file"
    assert "王秀英" in _text(her_phone, "/my/file")
    again = finder.post(address)
    assert again.status_code == 404 and "用不了" in again.content.decode()
    assert "王秀英" not in _text(finder, "/my/file")


def test_it_shows_who_looked_what_is_held_and_nobody_else(phone, her, street, make, system, now):
    worker = access.actor_of(make("worker", "社工老周", role="window_clerk").public_id, on=now.date())
    other = people.register_person(by=system, at=now, name="李金丝雀", community=COMMUNITY)
    people.note_look(by=worker, at=now, person=her, why="办理生育登记")
    people.note_look(by=worker, at=now, person=other.public_id, why="别人的金丝雀")
    looks = _text(phone, "/my/looks")
    assert "社工老周" in looks and "办理生育登记" in looks and "金丝雀" not in looks
    assert "交出本人页面的凭条" in looks  # so that a page handed to somebody else is seen
    sheet = phone.get("/my/looks?export=xlsx")
    assert sheet.status_code == 200 and "spreadsheet" in sheet["Content-Type"]
    copy = _text(phone, "/my/file/copy")
    assert "王秀英" in copy and "东方丽都3幢501室" in copy and "1949-12-31" in copy
    assert NUMBER not in copy and "13900139000" not in copy


def test_she_asks_and_the_window_answers_on_her_page(phone, clerk, her):
    assert phone.post("/my/file/ask", {"kind": "correct", "wish": " "}).status_code == 422
    assert phone.post("/my/file/ask", {"kind": "correct", "wish": "电话换成新的"}).status_code == 302
    assert "居民的权利请求" in _text(clerk, "/")
    listed = _text(clerk, "/people/requests/?answer=open")
    assert "电话换成新的" in listed
    address = re.search(r"/people/requests/[0-9a-f-]{36}/", listed)[0]
    assert "核对身份证" in _text(clerk, address)
    answer = {"granted": "yes", "reason": "已经换成新号码"}
    assert clerk.post(address, answer).status_code == 302
    assert "已经换成新号码" in _text(phone, "/my/file")


def test_requests_beyond_what_is_answered_at_a_time_wait(phone, her):
    for number in range(10):
        assert phone.post("/my/file/ask", {"kind": "erase", "wish": f"第{number}个"}).status_code == 302
    answer = phone.post("/my/file/ask", {"kind": "erase", "wish": "再一个"})
    assert answer.status_code == 422 and "等答复" in answer.content.decode()


def test_the_slip_leads_to_the_public_address_by_whatever_name_the_window_came(clerk, her, settings):
    address = f"/people/{her}/rights/slip"
    by_name = clerk.post(address, SEEN, headers={"host": "localhost"}).content.decode()
    assert "http://localhost/my/open/" in by_name
    settings.YIMEN_PUBLIC_URL = "https://yimen.panhuo.example:8443"
    told = clerk.post(address, SEEN, headers={"host": "localhost"}).content.decode()
    assert "https://yimen.panhuo.example:8443/my/open/" in told and "//localhost" not in told


def test_she_takes_a_consent_back_herself_and_it_holds_at_once(phone, her, system, now):
    proof = {"proof": "signed", "proof_note": "社区档案柜"}
    consents.give_consent(by=system, at=now, person=her, purpose="served_first", **proof)
    assert "撤回立即有效" in _text(phone, "/my/file")
    assert phone.post("/my/file/consents/served_first/withdraw").status_code == 302
    assert consents.standing([her], "served_first", on=now.date(), by=system) is None
    line = next(line for line in consents.purposes_of([her], on=now.date(), by=system) if line.before)
    assert line.before[0].withdrawn_by_name == "本人"
    assert "已经停止这样用" in _text(phone, "/my/file")


def test_it_ends_when_she_leaves_when_the_window_ends_it_and_when_another_is_handed_out(slip, clerk, her):
    first, second, third = Client(), Client(), Client()
    first.post(slip(her))
    assert first.post("/my/file/leave").status_code == 302
    assert "王秀英" not in _text(first, "/my/file")
    second.post(slip(her))
    unopened = slip(her)
    assert "王秀英" not in _text(second, "/my/file")
    third.post(unopened)
    assert "王秀英" in _text(third, "/my/file")
    assert clerk.post(f"/people/{her}/rights/page/end", {"why": " "}).status_code == 422
    assert clerk.post(f"/people/{her}/rights/page/end", {"why": "手机丢了"}).status_code == 302
    assert "王秀英" not in _text(third, "/my/file")


def test_both_times_are_the_streets_and_end(street, system, now, her):
    word = people.hand_out_page(by=system, at=now, person=her, **SEEN)
    late = now + timedelta(minutes=31)
    assert people.open_page(by=system, at=late, word=word) is None
    kept = people.open_page(by=system, at=now + timedelta(minutes=29), word=word)
    opened = now + timedelta(minutes=29)
    assert people.page_of(kept, by=system, at=opened + timedelta(days=29)).person.public_id == her
    assert people.page_of(kept, by=system, at=opened + timedelta(days=31)) is None


def test_the_dead_get_none_and_theirs_ends_with_them(phone, clerk, her, system, now, today):
    people.record_death(by=system, at=now, person=her, died_on=today)
    assert "王秀英" not in _text(phone, "/my/file")
    answer = clerk.post(f"/people/{her}/rights/slip", SEEN)
    assert answer.status_code == 422 and "已登记死亡" in answer.content.decode()


def test_without_seeing_who_she_is_nothing_is_handed_out(clerk, her, system):
    answer = clerk.post(f"/people/{her}/rights/slip", {"asked_by": "本人", "identity": ""})
    assert answer.status_code == 422 and "核验" in answer.content.decode()
    verbs = {row.verb for row in audit.trail_of(her, by=system)}
    assert "people.own_page.handed_out" not in verbs


def test_of_two_files_of_one_person_it_shows_what_stands_on_both(phone, her, system, now, make):
    twin = people.register_person(by=system, at=now, name="王秀英", community=COMMUNITY).public_id
    worker = access.actor_of(make("worker", "社工老周", role="window_clerk").public_id, on=now.date())
    people.note_look(by=worker, at=now, person=twin, why="看了另一份")
    people.merge_people(by=system, at=now, keep=twin, alias=her, reason="同一人")
    assert "看了另一份" in _text(phone, "/my/looks")
    assert phone.post("/my/file/ask", {"kind": "erase", "wish": "删掉电话"}).status_code == 302


class TestAccounts:
    def test_the_slip_joins_the_account_of_who_is_signed_in(self, slip, her, make, system):
        mine = make("xiuying", "秀英", kind="resident")
        browser = Client()
        browser.post("/sign-in", {"username": mine.username, "password": PASSWORD})
        assert "还没有对上您本人的档案" in _text(browser, "/my/file")
        address = slip(her)
        assert "关联我的账号" in _text(browser, address)
        assert browser.post(f"{address}/join").headers["Location"] == "/my/file"
        assert "王秀英" in _text(browser, "/my/file")
        assert browser.post(address).status_code == 404  # joined, it is used up
        details = [row.verb for row in audit.trail_of(her, by=system)]
        assert "people.own_page.joined" in details

    def test_an_account_is_never_two_people_and_a_person_never_two_accounts(
        self, slip, her, make, system, now
    ):
        other = people.register_person(by=system, at=now, name="李桂花", community=COMMUNITY).public_id
        one, two = make("one", "甲", kind="resident"), make("two", "乙", kind="resident")
        people.join_account(by=system, at=now, account=one.public_id, person=other)
        people.join_account(by=system, at=now, account=two.public_id, person=her)
        browser, third = Client(), make("three", "丙", kind="resident")
        browser.post("/sign-in", {"username": one.username, "password": PASSWORD})
        assert "请先解除" in browser.post(f"{slip(her)}/join", follow=True).content.decode()
        assert access.actor_of(one.public_id, on=now.date()).person == other
        browser = Client()
        browser.post("/sign-in", {"username": third.username, "password": PASSWORD})
        assert "请先解除" in browser.post(f"{slip(her)}/join", follow=True).content.decode()
        assert access.actor_of(third.public_id, on=now.date()).person is None


def test_nobody_of_another_street_hands_one_out(her, make, system, now):
    far = make("far", "远处窗口")
    with act_as(system, on=now.date()):
        access.grant_role(
            by=system,
            at=now,
            account=far.public_id,
            role="window_clerk",
            area="330212008",
            since=date(2024, 1, 1),
        )
    client = Client()
    client.post("/sign-in", {"username": far.username, "password": PASSWORD})
    assert client.post(f"/people/{her}/rights/slip", SEEN).status_code == 404
