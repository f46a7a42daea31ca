"""One case leads to another (由此另办一件): each its own, seen together, nothing told to who may not see."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.audit import api as audit
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.work.desk import api as desk
from yimen.work.desk.engine.numbers import tracking_word
from yimen.work.desk.models import Case

AT = on_day(2026, 11, 2)
ANSWERS = {"reason": "住院", "phone": "13800001234", "sick": False}


@pytest.fixture
def hall(make_actor):
    """The window of the street, which takes in for everybody."""
    return make_actor(
        "desk.accept_case", "desk.handle_case", "desk.view_cases", "people.find", "documents.issue_letter",
        "documents.open", area=STREET, name="钱大厅",
    )  # fmt: skip


@pytest.fixture
def next_door(street, acting, system):
    """Somebody of the community next door."""
    with acting(system):
        there = places.open_area(
            by=system, at=on_day(2026, 1, 5), parent=STREET, name="雅苑社区", since=AT.date()
        )
        made = people.register_person(by=system, at=AT, name="陈阿英", community=there.code, sex="female")
    return made.public_id


def _taken(acting, by, person, matter="trial", *, area=HOME, first=None, at=AT):
    carried = f"desk.case:{first.public_id}" if first else ""
    asked = desk.Asked(matter, person, ANSWERS, {"identity": "seen"}, carried=carried)
    with acting(by, on=timezone.localdate(at)):
        return desk.accept_case(by=by, at=at, area=area, asked=asked)


def _steps(case, *, by):
    return {step.kind: step for step in desk.get_case(case.public_id, by=by).steps}


def test_both_say_so_and_each_keeps_its_own_clock_and_number(acting, clerk, person):
    first = _taken(acting, clerk, person)
    later = on_day(2026, 11, 4)
    second = _taken(acting, clerk, person, "street_trial", first=first, at=later)
    third = _taken(acting, clerk, person, "trial_notice", first=first, at=later)
    with acting(clerk):
        view = desk.get_case(first.public_id, by=clerk)
        assert [one.case.number for one in view.connected] == [second.number, third.number]
        assert view.case.due_on < second.due_on
        [back] = desk.get_case(second.public_id, by=clerk).connected
        assert (back.came_first, back.case.number) == (True, first.number)
        # Nothing of what the other is about stands in the words of the steps.
        for case, kind in ((first, "led_on"), (second, "arises")):
            told = _steps(case, by=clerk)[kind]
            assert "试用补助" not in told.note + told.said and "街道试办" not in told.note + told.said


def test_a_page_with_many_connected_cases_asks_no_more_than_with_one(
    acting, clerk, person, django_assert_num_queries
):
    first = _taken(acting, clerk, person)
    _taken(acting, clerk, person, "street_trial", first=first)
    with acting(clerk), CaptureQueriesContext(connection) as one:
        desk.get_case(first.public_id, by=clerk)
    for _ in range(4):
        _taken(acting, clerk, person, "street_trial", first=first)
    with acting(clerk), django_assert_num_queries(len(one)):
        assert len(desk.get_case(first.public_id, by=clerk).connected) == 5


def test_who_may_not_open_the_other_reads_whose_window_has_it_and_nothing_else(
    acting, hall, next_door, signed_in
):
    now = timezone.now()
    first = _taken(acting, hall, next_door, at=now)
    second = _taken(acting, hall, next_door, "street_trial", area=STREET, first=first, at=now)
    third = _taken(acting, hall, next_door, "trial_notice", first=second, at=now)
    browser = signed_in("li", "window_clerk")
    page = browser.get(f"/desk/cases/{first.public_id}/").content.decode()
    assert "由此另办一件，潘火街道收件" in page and "不在您的范围内" in page
    back = browser.get(f"/desk/cases/{third.public_id}/").content.decode()
    assert "由潘火街道收的另一件引出" in back and "不在您的范围内" in back
    for told in (page, back):
        assert (
            "街道试办" not in told and second.spoken_number not in told and str(second.public_id) not in told
        )
    assert browser.get(f"/desk/cases/{second.public_id}/").status_code == 404


def test_copies_and_steps_agree_however_the_second_one_begins(acting, clerk, person):
    first = _taken(acting, clerk, person)
    lacking = desk.Asked("street_trial", person, ANSWERS, carried=f"desk.case:{first.public_id}")
    with acting(clerk):
        noticed = desk.give_notice(by=clerk, at=AT, area=HOME, asked=lacking)
        declined = desk.decline_case(by=clerk, at=AT, area=HOME, asked=lacking, reason="不在范围")
        for case in (noticed, declined):
            [back] = desk.get_case(case.public_id, by=clerk).connected
            assert back.case.number == first.number
        desk.supply_papers(by=clerk, at=AT, case=noticed.public_id, papers={"identity": "seen"})
        with connection.cursor() as cursor:
            assert [one.key for one in audit.prove(cursor, only=["desk"]) if not one.holds] == []


def test_it_is_opened_only_by_who_works_on_the_first_and_only_for_the_same_person(
    acting, clerk, hall, person, next_door, make_actor
):
    first = _taken(acting, clerk, person)
    with acting(hall), pytest.raises(desk.CannotDo, match="同一位居民"):
        _taken(acting, hall, next_door, first=first)
    elsewhere = make_actor(
        "desk.accept_case",
        "desk.view_cases",
        "people.find",
        "documents.issue_letter",
        area=HOME,
        name="李邻居",
    )
    of_the_hall = _taken(acting, hall, person, area=STREET)
    with pytest.raises(desk.NoCase):
        _taken(acting, elsewhere, person, "street_trial", first=of_the_hall)
    with acting(clerk):
        desk.withdraw_case(by=clerk, at=AT, case=first.public_id, why="不办了")
    with pytest.raises(desk.CannotDo, match="不能由它另办一件"):
        _taken(acting, clerk, person, "street_trial", first=first)
    with acting(hall):
        assert Case.objects.count() == 2


def test_the_intake_begins_with_what_was_said_and_says_where(
    signed_in, person, acting, system, client, clerk
):
    first = _taken(acting, clerk, person, at=timezone.now())
    browser = signed_in("li", "window_clerk")
    page = browser.get(f"/desk/cases/{first.public_id}/").content.decode()
    choose = unescape(re.search(r'href="(/desk/new/\?[^"]*from=[^"]+)"', page)[1])
    onward = browser.get(choose).content.decode()
    assert f"来自办件 {first.spoken_number}" in onward
    intake = unescape(re.search(r'href="(/desk/new/street_trial/[^"]+)"', onward)[1])
    form = browser.get(intake).content.decode()
    assert 'value="住院"' in form and f"来自办件 {first.spoken_number}“原因”" in form
    posted = {
        "reason": "住院", "phone": "13800001234", "sick": "no", "intake-source": "counter", "act": "accept",
        "intake-carried": re.search(r'name="intake-carried" value="([^"]+)"', form)[1],
    }  # fmt: skip
    # A form that comes back with a mistake still knows.
    again = browser.post(intake.split("&from")[0], posted | {"reason": ""})
    assert again.status_code == 422
    assert f"来自办件 {first.spoken_number}“联系电话”" in again.content.decode()
    assert browser.post(intake.split("&from")[0], posted | {"paper-identity": "seen"}).status_code == 302
    both = browser.get(f"/desk/cases/{first.public_id}/").content.decode()
    with acting(system):
        second = Case.objects.exclude(pk=first.pk).get()
    assert f"街道试办 · {second.spoken_number}" in both
    told = client.get(f"/t/{tracking_word(first.public_id)}").content.decode()
    assert "由这件事引出的另一件已单独收件" in told
    assert "街道试办" not in told and second.spoken_number not in told


def test_the_form_of_somebody_else_is_not_filled_with_it(signed_in, person, acting, system, clerk):
    first = _taken(acting, clerk, person, at=timezone.now())
    with acting(system):
        other = people.register_person(by=system, at=AT, name="周大爷", community=HOME, sex="male").public_id
    browser = signed_in("li", "window_clerk")
    form = browser.get(
        f"/desk/new/street_trial/?person={other}&from=desk.case:{first.public_id}"
    ).content.decode()
    assert "住院" not in form and first.spoken_number not in form.split('id="work"')[1].split("back")[0]
