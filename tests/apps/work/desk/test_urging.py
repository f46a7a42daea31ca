"""The bearer of the receipt urges us and is answered, or takes the application back (居民催办、自行撤回)."""

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.access import api as access
from yimen.foundations.documents.api import letters_of
from yimen.foundations.messages.models import Message
from yimen.kernel.refusals import NotAllowed
from yimen.work.desk import api as desk
from yimen.work.desk import operations, queries
from yimen.work.desk.engine.numbers import tracking_word
from yimen.work.desk.models import Case, CaseStep

AT = on_day(2026, 11, 6)  # a Friday
SATURDAY, SUNDAY, MONDAY = on_day(2026, 11, 7), on_day(2026, 11, 8), on_day(2026, 11, 9)


@pytest.fixture
def case(acting, clerk, asked):
    with acting(clerk, on=AT.date()):
        return desk.accept_case(by=clerk, at=AT, area=HOME, asked=asked()).public_id


@pytest.fixture
def posts(street, acting, system):
    """Somebody at the window of the community, and somebody in the section of the street."""
    accounts = {}
    with acting(system):
        for role, area in (("window_clerk", HOME), ("section_officer", STREET)):
            account = access.create_account(
                by=system, at=AT, username=role.replace("_", "-"), name=role, password="Panhuo-2026-east", area=area
            ).public_id  # fmt: skip
            access.grant_role(by=system, at=AT, account=account, role=role, area=area, since=AT.date())
            accounts[role] = account
    return accounts


def _urge(system, case, at=AT, words=""):
    return desk.urge_case(by=system, at=at, word=tracking_word(case), words=words)


def _urged(by):
    found = queries.first_cases(("urged",), by=by, today=AT.date(), most=9)
    return [one.public_id for one in found.get("urged", [])]


def _told():
    return [message.link for message in Message.objects.filter(title="居民催办一件事").order_by("id")]


def test_she_urges_once_a_working_day_and_each_time_is_counted_and_told(acting, system, case, posts):
    with acting(system):
        _urge(system, case, words="孩子等着用")
        for again in (AT, SATURDAY, SUNDAY):
            with pytest.raises(desk.CannotDo, match="11月9日起可以再催"):
                _urge(system, case, at=again)
        _urge(system, case, at=MONDAY)
        assert CaseStep.objects.filter(kind="urged").count() == 2
        assert _told() == [f"/desk/cases/{case}/"] * 2


def test_where_it_lies_at_the_street_the_section_is_told_and_answers(
    acting, system, clerk, officer, case, posts
):
    with acting(clerk):
        desk.hand_over_case(by=clerk, at=AT, case=case, why="疑难")
    with acting(system):
        _urge(system, case)
        [message] = Message.objects.filter(title="居民催办一件事")
        assert message.addressee == f"account:{posts['section_officer']}"
    with acting(clerk):
        assert _urged(clerk) == []
        with pytest.raises(NotAllowed):
            operations.answer_urging(by=clerk, at=AT, case=case, answer="快了")
    with acting(officer):
        assert _urged(officer) == [case]


def test_she_is_answered_once_and_reads_it(acting, system, clerk, case, client):
    with acting(system):
        _urge(system, case)
    with acting(clerk):
        assert _urged(clerk) == [case]
        with pytest.raises(desk.CannotDo, match="写一句答复"):
            operations.answer_urging(by=clerk, at=AT, case=case, answer=" ")
        operations.answer_urging(by=clerk, at=AT, case=case, answer="周五前办好")
        assert _urged(clerk) == []
        with pytest.raises(desk.CannotDo, match="没有等答复的催办"):
            operations.answer_urging(by=clerk, at=AT, case=case, answer="再答一次")
    page = client.get(f"/t/{tracking_word(case)}").content.decode()
    assert "答复您的催办：周五前办好" in page


def test_what_is_not_in_our_hands_is_not_urged(acting, system, clerk, case):
    with acting(clerk):
        desk.pause_case(by=clerk, at=AT, case=case, why="等盖章", basis="第四十五条")
    with acting(system), pytest.raises(desk.CannotDo, match="在等您补充"):
        _urge(system, case)
    with acting(clerk):
        desk.withdraw_case(by=clerk, at=AT, case=case, why="不办了")
    with acting(system), pytest.raises(desk.CannotDo, match="不用催办"):
        _urge(system, case)


def test_a_word_that_no_receipt_bears_opens_nothing(acting, system, case):
    with acting(system):
        for deed in (desk.urge_case, desk.withdraw_by_word):
            with pytest.raises(desk.NoCase, match="没有找到这个查询码"):
                deed(by=system, at=AT, word="AAAAAAAAAAAAA")


def test_she_takes_it_back_herself_once_and_the_letter_names_who_worked_on_it(
    acting, system, clerk, case, posts
):
    word = tracking_word(case)
    with acting(system):
        desk.withdraw_by_word(by=system, at=AT, word=word, why="女儿接走了")
        with pytest.raises(desk.CannotDo, match="不能撤回申请"):
            desk.withdraw_by_word(by=system, at=AT, word=word)
        assert Message.objects.filter(title="居民撤回一件事").count() == 1
    with acting(clerk):
        letter = letters_of(case, by=clerk)[-1]
        assert Case.objects.get().state == "withdrawn"
    assert letter.key == "withdrawal"
    assert "女儿接走了" in str(letter.sheet)
    assert "经办人：李窗口" in str(letter.sheet)


def test_what_is_decided_is_taken_back_by_nobody(acting, system, clerk, officer, case):
    with acting(officer):
        desk.decide_case(by=officer, at=AT, case=case, outcome="granted")
    with acting(system), pytest.raises(desk.CannotDo, match="不能撤回申请"):
        desk.withdraw_by_word(by=system, at=AT, word=tracking_word(case))


def test_the_pages_urge_answer_and_take_back(signed_in, acting, clerk, asked, system, client):
    browser, now = signed_in("li", "window_clerk"), timezone.now()
    with acting(clerk, on=timezone.localdate()):
        case = desk.accept_case(by=clerk, at=now, area=HOME, asked=asked()).public_id
    page, work = f"/t/{tracking_word(case)}", f"/desk/cases/{case}/"
    assert client.post(page, {"act": "urge", "words": "快一点"}).status_code == 302
    again = client.post(page, {"act": "urge"})
    assert again.status_code == 422
    assert "已经催过" in again.content.decode()
    shown = browser.get(work).content.decode()
    assert "居民催办 1 次" in shown
    assert "快一点" in shown
    assert "催办待答复" in browser.get("/").content.decode()
    assert str(case) in browser.get("/desk/?urged=1").content.decode()
    assert browser.post(f"{work}answer_urge/", {"answer": ""}).status_code == 422
    assert browser.post(f"{work}answer_urge/", {"answer": "周五前办好"}).status_code == 302
    assert "催办待答复" not in browser.get("/").content.decode()
    assert str(case) not in browser.get("/desk/?urged=1").content.decode()
    told = client.get(page).content.decode()
    assert "周五前办好" in told
    assert "快一点" not in told
    unsure = client.post(page, {"act": "withdraw", "why": ""})
    assert unsure.status_code == 422
    assert "勾选确定" in unsure.content.decode()
    assert client.post(page, {"act": "withdraw", "sure": "on"}).status_code == 302
    assert "已撤回" in client.get(page).content.decode()
    late = client.post(page, {"act": "withdraw", "sure": "on"})
    assert late.status_code == 422
    assert "不能撤回申请" in late.content.decode()
    assert "终止办理通知书" in browser.get(work).content.decode()
