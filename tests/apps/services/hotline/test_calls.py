"""Calls: noted in seconds, answered by whoever is next, one of them a case; over HTTP."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.apps.work.desk.conftest import FAR, STREET
from yimen.foundations.bus.api import act_as
from yimen.foundations.definitions.api import publish
from yimen.kernel.clock import day_of
from yimen.services.hotline import api as hotline
from yimen.services.hotline.engine.rulebook import rule_of
from yimen.services.hotline.models import Call
from yimen.work.desk.models import Case
from yimen.work.ledger.models import EntryItem

CALL = {
    "phone": "138 0000 1234",
    "topic": "relief",
    "sentence": "家里着火了，问能不能救助",
    "result": "answered",
}
INTAKE = {"reason": "家里困难", "sick": "no", "paper-identity": "seen", "intake-source": "phone"}


def _log(browser, **more):
    answer = browser.post("/calls/new/", CALL | more)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def _calls(acting, system):
    with acting(system):
        return list(Call.objects.order_by("id"))


@pytest.mark.requirement("S2-22")
def test_a_call_is_noted_with_topic_and_result_and_stands_in_the_book(clerk, officer, acting, system):
    form = clerk.get("/calls/new/").content.decode()
    assert re.search(r'id="id_phone"[^>]*autofocus', form)
    _log(clerk)
    for post in (clerk, officer):
        book = post.get("/calls/").content.decode()
        assert "家里着火了" in book and "救助" in book and "当场答复" in book
        assert "13800001234" not in book
    (call,) = _calls(acting, system)
    assert "13800001234" in clerk.get(f"/calls/{call.public_id}/").content.decode()
    with acting(system):
        items = set(EntryItem.objects.values_list("item", flat=True))
    assert items == {"call", "inquiry_relief", "inquiry"}


def test_the_number_is_sealed_and_known_again(clerk, acting, system):
    _log(clerk, name="王阿姨")
    _log(clerk, sentence="又打来问进度")
    with acting(system), connection.cursor() as cursor:
        cursor.execute("SELECT phone, name FROM hotline_call")
        assert all(b"1234" not in bytes(phone) and "王".encode() not in bytes(name) for phone, name in cursor)
    assert "家里着火了" in clerk.post("/calls/who/", {"phone": "13800001234"}).content.decode()
    second = _calls(acting, system)[1]
    assert "家里着火了" in clerk.get(f"/calls/{second.public_id}/").content.decode()


def test_the_resident_with_this_number_is_offered_and_joined(clerk, person, acting, system):
    offered = clerk.post("/calls/who/", {"phone": "13800001234"}).content.decode()
    assert "王桂英" in offered and str(person) in offered
    _log(clerk, person=str(person))
    assert _calls(acting, system)[0].person == person


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"topic": ""}, "话题"),
        ({"sentence": "  "}, "什么事"),
        ({"result": "call_back", "back_by": "2020-01-01T08:00"}, "要在现在以后"),
        ({"result": "nonsense"}, "结果"),
    ],
)
def test_what_cannot_be_noted_says_so_and_notes_nothing(clerk, acting, system, more, sentence):
    answer = clerk.post("/calls/new/", CALL | more)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert _calls(acting, system) == []


def test_an_odd_number_blocks_nothing(clerk, acting, system):
    _log(clerk, phone="不显示号码")
    _log(clerk, phone="")
    assert [call.phone for call in _calls(acting, system)] == ["不显示号码", ""]


def test_a_call_to_be_called_back_stands_on_the_first_page_and_is_late_in_time(clerk, acting, system):
    _log(clerk, result="call_back", sentence="请回电说补贴")
    home = clerk.get("/").content.decode()
    assert "等答复、等回电" in home and "请回电说补贴" in home and "前回电，已过" not in home
    (call,) = _calls(acting, system)
    assert call.back_by > timezone.now() + timedelta(hours=23)
    told = {"phone": "", "topic": "relief", "sentence": "昨天说今天回电", "result": "call_back"}
    yesterday = timezone.now() - timedelta(days=2)
    with act_as(system, on=day_of(yesterday)):
        hotline.log_call(by=system, at=yesterday, area=call.area, **told)
    assert "前回电，已过" in clerk.get("/").content.decode()
    clerk.post(f"/calls/{call.public_id}/answer/", {"answer": "电话里说清了"})
    assert "请回电说补贴" not in clerk.get("/").content.decode()
    again = clerk.post(f"/calls/{call.public_id}/answer/", {"answer": "再说一次"})
    assert again.status_code == 409


def test_a_call_becomes_a_case_which_says_so(clerk, officer, person, acting, system):
    answer = _log(clerk, result="to_case", person=str(person))
    assert answer.url.startswith("/desk/new/?person=") and "from=hotline.call" in answer.url
    choose = clerk.get(answer.url).content.decode()
    link = re.search(r'href="(/desk/new/trial/\?[^"]+)"', choose)[1].replace("&amp;", "&")
    intake = clerk.get(link).content.decode()
    assert '<option value="phone" selected>' in intake and "家里着火了" in intake
    done = clerk.post(link, INTAKE | {"intake-note": "家里着火了，问能不能救助"})
    assert done.status_code == 302, done.content.decode()
    with acting(system):
        case = Case.objects.get()
    (call,) = _calls(acting, system)
    assert (call.case, call.waits, case.source) == (case.public_id, False, "phone")
    assert case.spoken_number in clerk.get(f"/calls/{call.public_id}/").content.decode()
    seen = officer.get(f"/desk/cases/{case.public_id}/").content.decode()
    assert "来电" in seen and "家里着火了" in seen


def test_a_call_that_is_to_become_a_case_waits_until_it_is_one(clerk, person, acting, system):
    answer = _log(clerk, result="to_case", phone="")
    (call,) = _calls(acting, system)
    assert call.waits and answer.url == f"/calls/{call.public_id}/"
    found = clerk.get(f"/calls/{call.public_id}/?q=王桂英").content.decode()
    assert f'value="{person}"' in found
    assert clerk.post(f"/calls/{call.public_id}/person/", {"person": person}).status_code == 302
    assert "from=hotline.call" in clerk.get(f"/calls/{call.public_id}/").content.decode()


def test_the_neighbouring_street_reads_hears_and_answers_nothing(clerk, signed_in, person, acting, system):
    _log(clerk, result="left", person=str(person))
    (call,) = _calls(acting, system)
    far = signed_in("sun", "window_clerk", area=FAR)
    assert "家里着火了" not in far.get("/calls/").content.decode()
    assert "家里着火了" not in far.get("/").content.decode()
    assert far.get(f"/calls/{call.public_id}/").status_code == 404
    assert far.post(f"/calls/{call.public_id}/answer/", {"answer": "x"}).status_code == 404
    assert far.post(f"/calls/{call.public_id}/person/", {"person": person}).status_code == 404
    who = far.post("/calls/who/", {"phone": "13800001234"}).content.decode()
    assert "王桂英" not in who and "家里着火了" not in who
    # Nor can she carry it into a case of her own, nor join a resident beyond her reach.
    assert far.get(f"/desk/new/trial/?person={person}&from=hotline.call:{call.public_id}").status_code == 404
    assert far.post("/calls/new/", CALL | {"person": str(person)}).status_code == 404


def test_who_called_and_what_was_said_is_forgotten_some_months_after_the_answer(clerk, acting, system):
    _log(clerk)
    _log(clerk, result="left", sentence="还没有人答复")
    later = timezone.now() + timedelta(days=200)
    with act_as(system, on=day_of(later)):
        assert hotline.forget_calls(by=system, at=later) == 1
        assert hotline.forget_calls(by=system, at=later) == 0
    done, waiting = _calls(acting, system)
    assert (done.phone, done.phone_hash, done.topic, done.result) == ("", "", "relief", "answered")
    assert "着火" not in done.sentence and waiting.sentence == "还没有人答复"


def test_a_leader_reads_no_calls(signed_in, clerk, acting, system):
    _log(clerk)
    (call,) = _calls(acting, system)
    leader = signed_in("chen", "leader", area=STREET)
    assert leader.get("/calls/").status_code == 403
    assert leader.get(f"/calls/{call.public_id}/").status_code == 403


def test_calls_that_are_kept_longer_elsewhere_do_not_hold_up_forgetting(clerk, acting, system, monkeypatch):
    monkeypatch.setattr("yimen.services.hotline.operations.calls.AT_MOST", 1)
    with acting(system):
        ours = rule_of("", on=day_of(timezone.now())).model_dump() | {"keep_days": 700}
        publish(
            by=system, at=timezone.now(), kind="hotline_rule", key=STREET, body=ours,
            effective_on=day_of(timezone.now()),
        )  # fmt: skip
    _log(clerk, phone="13800001234")
    with acting(system):
        hotline.log_call(
            by=system, at=timezone.now(), area=FAR, topic="relief", sentence="问低保", result="answered"
        )
    later = timezone.now() + timedelta(days=200)
    with act_as(system, on=day_of(later)):
        assert hotline.forget_calls(by=system, at=later) == 1


def test_a_call_that_was_forgotten_gets_no_name_again(clerk, acting, system, person):
    _log(clerk, phone="13800001234")
    later = timezone.now() + timedelta(days=200)
    with act_as(system, on=day_of(later)):
        assert hotline.forget_calls(by=system, at=later) == 1
    (call,) = _calls(acting, system)
    answer = clerk.post(f"/calls/{call.public_id}/person/", {"person": person})
    assert answer.status_code == 422
    assert _calls(acting, system)[0].person is None
