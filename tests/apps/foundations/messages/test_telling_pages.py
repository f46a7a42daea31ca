"""The inbox and the list of calls over HTTP."""

import pytest
from django.utils import timezone

from yimen.foundations.messages.choices import WayKind
from yimen.foundations.messages.models import CallTask
from yimen.foundations.messages.ports import Way


@pytest.fixture
def task(worker, residents, tell_resident):
    person = residents.add(
        Way(WayKind.CALL, key="mobile", note="耳背，大声，说宁波话"), phones={"mobile": "13805741234"}
    )
    return tell_resident(worker, person, at=timezone.now(), title="您的高龄津贴有结果了")


@pytest.fixture
def address(task):
    return f"/messages/calls/{task.public_id}/"


def test_a_message_waits_at_the_bell_until_it_is_read(client, sign_in, worker, residents, tell_resident):
    account = sign_in("community_worker")
    message = tell_resident(
        worker, residents.add(Way(WayKind.ACCOUNT, account=account.public_id)), text="明天上午\n<b>请来</b>"
    )
    assert "消息，1 条未读" in client.get("/messages/").content.decode()
    page = client.get(f"/messages/{message.public_id}/").content.decode()
    assert "明天上午<br>&lt;b&gt;请来&lt;/b&gt;" in page
    assert 'href="/cases/1/"' in page
    inbox = client.get("/messages/").content.decode()
    assert "条未读" not in inbox
    assert "已读" in inbox
    assert "您的办件有结果了" not in client.get("/messages/?unread=1").content.decode()


def test_the_list_shows_whom_to_tell_and_neither_number_nor_text(client, sign_in, task):
    sign_in("community_worker")
    page = client.get("/messages/calls/").content.decode()
    for text in ("陈阿婆", "打电话", "耳背", "待告知", f"/messages/calls/{task.public_id}/"):
        assert text in page
    assert "1380574" not in page
    assert "138****" not in page
    assert "请带身份证来取" not in page


def test_the_page_shows_the_words_and_the_number_only_when_asked(client, sign_in, address):
    sign_in("community_worker")
    page = client.get(address).content.decode()
    assert "请带身份证来取" in page
    assert "138****1234" in page
    assert "13805741234" not in page
    assert 'href="tel:13805741234"' in client.post(f"{address}phone").content.decode()
    assert "13805741234" not in client.get(address).content.decode()


def test_one_press_of_a_button_writes_down_what_came_of_it(client, sign_in, address):
    sign_in("community_worker")
    for outcome in ("已告知", "无人接听", "外出", "拒绝", "已去世"):
        assert outcome in client.get(address).content.decode()
    answer = client.post(f"{address}outcome", {"outcome": "no_answer", "note": "", "request_key": "a"})
    assert (answer.status_code, answer["Location"]) == (302, "/messages/calls/")
    client.post(f"{address}outcome", {"outcome": "no_answer", "note": "", "request_key": "a"})
    page = client.get(address).content.decode()
    assert page.count("无人接听") == 2  # the button and one try
    assert "李敏" in page
    assert client.post(f"{address}outcome", {"outcome": "told", "note": "本人接听"}).status_code == 302
    page = client.get(address).content.decode()
    assert "本人接听" in page
    assert "显示号码" not in page
    assert client.post(f"{address}outcome", {"outcome": "told"}).status_code == 409


@pytest.mark.parametrize(
    "given", [{"outcome": "refused"}, {"outcome": ""}, {"outcome": "told", "note": "长" * 201}]
)
def test_a_mistake_comes_back_in_the_form(given, client, sign_in, address, system, acting):
    sign_in("community_worker")
    answer = client.post(f"{address}outcome", given)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    with acting(system):
        assert CallTask.objects.get().state == "open"


def test_another_community_and_other_posts_do_not_come_in(client, sign_in, address):
    assert client.get(address).status_code == 302
    sign_in("community_worker", area="330212007002")
    assert client.get(address).status_code == 404
    assert client.post(f"{address}phone").status_code == 404
    assert "陈阿婆" not in client.get("/messages/calls/").content.decode()
    sign_in("auditor", username="zhou.jing")
    assert client.get("/messages/calls/").status_code == 403


def test_the_list_costs_the_same_for_many_as_for_one(
    client, sign_in, worker, residents, tell_resident, django_assert_num_queries, task
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in("community_worker")
    client.get("/messages/calls/")
    with CaptureQueriesContext(connection) as one:
        client.get("/messages/calls/")
    for _ in range(20):
        tell_resident(worker, residents.add(Way(WayKind.CALL)))
    with django_assert_num_queries(len(one)):
        client.get("/messages/calls/")
