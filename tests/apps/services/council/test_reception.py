"""On the reception day people are received; every question leaves with an answer or a promised date."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, STREET
from yimen.kernel.clock import day_of
from yimen.registers.places import api as places
from yimen.services.council import operations
from yimen.services.council.engine.reception import next_reception_day
from yimen.services.council.models import PromisedAnswer, ReceptionDay
from yimen.services.council.tasks import remind_of_promises
from yimen.work.desk.models import Case

ANSWERS = {"kind": "request", "problem": "楼上漏水，没人管", "visitors": "1", "phone": "13800001234"}
SAID = {
    "host_name": "陈主任",
    "host_post": "社区书记",
    "place": "一楼接待室",
    "opens": "09:00",
    "closes": "11:30",
}


def _log(browser, person):
    answer = browser.post(
        f"/desk/new/reception_visit/?person={person}", ANSWERS | {"intake-source": "counter"}
    )
    assert answer.status_code == 302, answer.content.decode()
    return answer.url.split("/")[3]


@pytest.mark.requirement("S0-25")
def test_visitors_are_logged_and_leave_with_an_answer_or_a_date_that_is_reminded_of(
    signed_in, person, acting, system
):
    worker = signed_in("sun", "community_worker")
    today = day_of(timezone.now())
    assert worker.post("/council/reception/", SAID | {"day": str(today)}).status_code == 302
    answered, owed = _log(worker, person), _log(worker, person)
    page = worker.get(f"/council/reception/?day={today}").content.decode()
    assert page.count("还没有答复，也没有日期") == 2 and "陈主任" in page
    assert worker.post(f"/desk/cases/{answered}/register/", {"result": "物业已上门修好"}).status_code == 302
    until = today + timedelta(days=2)
    promised = {"promised_on": str(until), "undertaking": "社区和物业到楼上查看"}
    assert worker.post(f"/council/visits/{owed}/promise/", promised).status_code == 302
    page = worker.get(f"/council/reception/?day={today}").content.decode()
    assert "还没有答复，也没有日期" not in page and "社区和物业到楼上查看" in page and "已办结" in page
    with acting(system):
        remind_of_promises(by=system, at=timezone.now())
    assert "来访" in worker.get("/messages/").content.decode()
    with acting(system):
        assert PromisedAnswer.objects.get().reminded_on == today


def test_who_gave_neither_answer_nor_date_is_told_in_the_afternoon(signed_in, person, acting, system):
    worker = signed_in("sun", "community_worker")
    _log(worker, person)
    with acting(system):
        assert operations.remind_of_unanswered(by=system, at=timezone.now()) == 1
    assert "今天的来访还没有答复，也没有说日期" in worker.get("/messages/").content.decode()


def test_residents_read_who_receives_and_when_without_an_account(signed_in):
    signed_in("sun", "community_worker").post(
        "/council/reception/", SAID | {"day": str(day_of(timezone.now()))}
    )
    client = Client()
    page = client.get(f"/reception/{HOME}/").content.decode()
    assert "陈主任（社区书记）" in page and "一楼接待室" in page and "每月 2 日" in page
    assert client.get("/reception/999999999999/").status_code == 404
    assert client.get("/reception/x/").status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"day": "2020-01-02"}, "已经过去"),
        ({"closes": "08:00"}, "结束要晚于开始"),
        ({"host_name": " "}, "请填写。"),
        ({"place": "\u200b"}, "请写明地点"),
        ({"day": "2026-02-30"}, "日期"),
    ],
)
def test_a_day_that_cannot_be_announced_says_why(signed_in, acting, system, change, sentence):
    worker = signed_in("sun", "community_worker")
    answer = worker.post("/council/reception/", SAID | {"day": str(day_of(timezone.now()))} | change)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    with acting(system):
        assert not ReceptionDay.objects.exists()


def test_said_again_it_replaces_what_was_said(signed_in, acting, system):
    worker, day = signed_in("sun", "community_worker"), {"day": str(day_of(timezone.now()))}
    worker.post("/council/reception/", SAID | day)
    worker.post("/council/reception/", SAID | day | {"host_name": "周副书记"})
    with acting(system):
        assert ReceptionDay.objects.get().host_name == "周副书记"


def test_visitors_of_another_street_are_not_shown(signed_in, person):
    _log(signed_in("sun", "community_worker"), person)
    page = signed_in("far", "community_worker", area="330212008001").get(
        f"/council/reception/?day={day_of(timezone.now())}"
    )
    assert "王桂英" not in page.content.decode()


@pytest.mark.parametrize(
    ("on", "day"),
    [
        (date(2026, 11, 20), date(2026, 12, 2)),
        (date(2026, 12, 2), date(2026, 12, 2)),
        (date(2026, 12, 3), date(2027, 1, 4)),
        (date(2026, 10, 1), date(2026, 10, 8)),
    ],
)
def test_the_next_reception_day_is_the_second_or_the_working_day_after(street, on, day):
    assert next_reception_day(STREET, on=on) == day


def test_a_window_clerk_sees_the_day_but_does_not_set_it(signed_in):
    clerk = signed_in("li", "window_clerk")
    page = clerk.get("/council/reception/").content.decode()
    assert "还没有安排谁来接待" in page and 'name="host_name"' not in page
    assert clerk.post("/council/reception/", SAID | {"day": "2026-12-02"}).status_code == 403
    assert not Case.objects.exists() and not ReceptionDay.objects.exists()


def test_yesterday_s_visitor_is_remembered_when_the_machine_was_off_in_the_afternoon(
    signed_in, person, acting, system
):
    worker = signed_in("sun", "community_worker")
    _log(worker, person)
    today = day_of(timezone.now())
    with acting(system):
        tomorrow = timezone.now() + timedelta(days=1)
        assert operations.remind_of_unanswered(by=system, at=tomorrow) == 0
        assert operations.remind_of_unanswered(by=system, at=tomorrow, of=today) == 1
    assert f"{today.month}月{today.day}日的来访还没有答复" in worker.get("/messages/").content.decode()


def test_days_to_come_go_over_when_a_community_is_taken_over(signed_in, street, acting, system):
    today = day_of(timezone.now())
    worker = signed_in("sun", "community_worker")
    past, clash, free = today - timedelta(days=3), today + timedelta(days=3), today + timedelta(days=5)
    with acting(system):
        into = places.open_area(
            by=system, at=timezone.now(), parent=STREET, name="雅苑社区", since=date(2015, 1, 1)
        ).code
        shape = {
            "host_name": "王书记",
            "host_post": "书记",
            "place": "二楼",
            "opens": time(9),
            "closes": time(11),
        }
        for area, day in ((HOME, past), (into, clash)):
            at = timezone.now() - timedelta(days=4)
            operations.set_reception_day(by=system, at=at, area=area, day=day, **shape)
    for day in (clash, free):
        assert worker.post("/council/reception/", SAID | {"day": str(day)}).status_code == 302
    with acting(system):
        places.change_areas(
            by=system,
            at=timezone.now(),
            kind="merge",
            on=today,
            old=[HOME],
            into=into,
            authority="鄞州区人民政府",
            number="鄞政函〔2026〕9号",
        )
        there = ReceptionDay.objects.filter(area=into).order_by("day")
        assert [(one.day, one.host_name) for one in there] == [(clash, "王书记"), (free, "陈主任")]
        assert list(ReceptionDay.objects.filter(area=HOME).order_by("day").values_list("day", flat=True)) == [
            past,
            clash,
        ]
