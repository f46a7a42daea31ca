"""A resident leaves a message when nobody is there, without an account; whoever is on duty sees it and the answer is read."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.work.desk.conftest import FAR, HOME
from yimen.foundations.bus.api import act_as
from yimen.foundations.messages.models import Message
from yimen.kernel.clock import day_of
from yimen.services.hotline.models import Call

TOLD = {"area": HOME, "topic": "neighbourhood", "text": "三号楼下水道又堵了，臭。", "contact": "13900005678"}


@pytest.fixture
def resident(street):
    return Client()


def _calls(system):
    with act_as(system, on=day_of(timezone.now())):
        return list(Call.objects.order_by("id"))


@pytest.mark.requirement("S1-127")
def test_a_message_reaches_the_duty_person_and_its_answer_the_resident(resident, signed_in, stands, system):
    night, day = signed_in("ye", "community_worker"), signed_in("li", "window_clerk")
    stands("ye", hours=(-1, 5))
    assert "留言" in resident.get("/message/").content.decode()
    answer = resident.post("/message/", TOLD | {"request_key": "one-page"})
    assert answer.status_code == 302
    page = resident.get(answer.url).content.decode()
    assert "已经收到" in page and "等答复" in page
    assert "下水道" not in page and "13900005678" not in page
    with act_as(system, on=day_of(timezone.now())):
        assert Message.objects.filter(title="值班时间有一条新留言").count() == 1
    assert "下水道又堵了" in night.get("/").content.decode()
    assert "网上留言" in day.get("/calls/").content.decode()
    (call,) = _calls(system)
    assert "13900005678" in night.get(f"/calls/{call.public_id}/").content.decode()
    night.post(f"/calls/{call.public_id}/answer/", {"answer": "明早九点疏通队来"})
    assert "明早九点疏通队来" in resident.get(answer.url.lower()).content.decode()


def test_the_same_page_sent_twice_is_one_message_with_one_word(resident, system):
    first, second = (resident.post("/message/", TOLD | {"request_key": "same"}) for _ in range(2))
    assert first.url == second.url and len(_calls(system)) == 1


def test_one_door_is_heard_so_often_an_hour_and_then_told_why_not(resident, system):
    for number in range(5):
        assert resident.post("/message/", TOLD | {"request_key": f"{number}"}).status_code == 302
    answer = resident.post("/message/", TOLD | {"request_key": "more"})
    assert answer.status_code == 422 and "过一小时再试" in answer.content.decode()
    elsewhere = resident.post("/message/", TOLD | {"request_key": "x"}, REMOTE_ADDR="10.9.8.7")
    assert elsewhere.status_code == 302 and len(_calls(system)) == 6


@pytest.mark.parametrize(
    "more",
    [{"text": ""}, {"text": "长" * 501}, {"area": "330212007"}, {"area": "999999999999"}, {"topic": "none"}],
)
def test_what_cannot_be_taken_says_so_and_keeps_nothing(resident, system, more):
    assert resident.post("/message/", TOLD | more).status_code == 422
    assert _calls(system) == []


def test_what_was_typed_is_text_and_nothing_else(resident, signed_in, system):
    told = TOLD | {"text": "<script>alert(1)</script>{{ 7 }}", "contact": "x@y.z", "name": "<b>王</b>"}
    assert resident.post("/message/", told).status_code == 302
    clerk = signed_in("li", "window_clerk")
    (call,) = _calls(system)
    for page in ("/", "/calls/", f"/calls/{call.public_id}/"):
        text = clerk.get(page).content.decode()
        assert "<script>alert" not in text and "<b>王" not in text


def test_a_wrong_word_shows_nothing_and_the_other_street_does_not_see_it(resident, signed_in, system):
    resident.post("/message/", TOLD)
    answer = resident.get("/message/AAAAAAAAAAAAA")
    assert answer.status_code == 404 and "没有这条留言" in answer.content.decode()
    far = signed_in("sun", "window_clerk", area=FAR)
    (call,) = _calls(system)
    assert "下水道" not in far.get("/calls/").content.decode()
    assert far.get(f"/calls/{call.public_id}/").status_code == 404
