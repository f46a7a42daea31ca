"""The pages of the desk, over HTTP, as a signed-in clerk."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, STREET
from yimen.work.desk import api as desk
from yimen.work.desk.engine.numbers import tracking_word
from yimen.work.desk.models import Case


def _answers(**more):
    return {
        "reason": "住院",
        "phone": "13800001234",
        "sick": "no",
        "paper-identity": "seen",
        "paper-diagnosis": "missing",
        "intake-source": "counter",
    } | more


def _accept(browser, person, matter="trial", **more):
    return browser.post(f"/desk/new/{matter}/?person={person}", _answers(**more))


def _case(acting, system):
    with acting(system):
        return Case.objects.get()


def test_the_matter_is_found_by_what_people_say(signed_in, person):
    browser = signed_in("li", "window_clerk")
    page = browser.get(f"/desk/new/?person={person}&q=困难").content.decode()
    assert "试用补助" in page and "承诺 5 个工作日" in page
    assert "没有找到这样的事项" in browser.get(f"/desk/new/?person={person}&q=航天飞机").content.decode()


def test_the_form_comes_prefilled_and_says_where_from_and_by_when(signed_in, person):
    page = signed_in("li", "window_clerk").get(f"/desk/new/trial/?person={person}").content.decode()
    assert "13800001234" in page and "来自居民档案" in page
    assert "个工作日" in page and "前" in page


def test_accepting_leads_to_the_receipt_and_the_next_person(signed_in, person, acting, system):
    browser = signed_in("li", "window_clerk")
    response = _accept(browser, person)
    case = _case(acting, system)
    assert response.status_code == 302 and response.url.endswith(f"/desk/cases/{case.public_id}/taken-in/")
    page = browser.get(response.url).content.decode()
    assert "已受理" in page and "打印受理通知书" in page and "下一位" in page
    letter = re.search(r"/documents/letters/[0-9a-f-]+/", page)[0]
    assert "受理通知书" in browser.get(letter).content.decode()


def test_a_mistake_comes_back_with_everything_typed_and_a_sentence(signed_in, person, acting, system):
    browser = signed_in("li", "window_clerk")
    response = _accept(browser, person, reason="", **{"intake-note": "家里漏水"})
    page = response.content.decode()
    assert response.status_code == 422 and "家里漏水" in page and "13800001234" in page
    missing = _accept(browser, person, **{"paper-identity": "missing"})
    assert missing.status_code == 422 and "还缺：身份证" in missing.content.decode()
    with acting(system):
        assert not Case.objects.exists()


def test_a_case_page_shows_only_deeds_that_are_possible_and_says_why_others_are_not(
    signed_in, person, acting, system
):
    browser = signed_in("li", "window_clerk")
    _accept(browser, person)
    case = _case(acting, system)
    page = browser.get(f"/desk/cases/{case.public_id}/").content.decode()
    assert "王桂英" in page and "住院" in page and "受理通知书" in page
    answer = browser.post(f"/desk/cases/{case.public_id}/deliver/", {"way": "counter", "receiver": "王桂英"})
    assert answer.status_code == 422 and "不能送达" in answer.content.decode()


@pytest.mark.requirement("S0-08")
def test_handing_over_needs_a_reason_leaves_the_due_date_and_both_sides_see_it(
    signed_in, person, acting, system, client
):
    browser = signed_in("li", "window_clerk")
    _accept(browser, person)
    case = _case(acting, system)
    page = f"/desk/cases/{case.public_id}/"
    assert browser.post(f"{page}hand_over/", {"why": ""}).status_code == 422
    assert browser.post(f"{page}hand_over/", {"why": "要入户核对"}).status_code == 302
    moved = _case(acting, system)
    assert (moved.desk_area, moved.due_on) == (STREET, case.due_on)
    at_the_window = browser.get(page).content.decode()
    client.post("/sign-out")
    at_the_street = signed_in("zhao", "section_officer", area=STREET).get(page).content.decode()
    for seen in (at_the_window, at_the_street):
        assert "要入户核对" in seen
        assert f"{case.due_on.month}月{case.due_on.day}日" in seen


@pytest.mark.requirement("S0-02")
def test_a_registration_page_has_no_button_to_approve_or_refuse(signed_in, person, acting, system):
    browser = signed_in("li", "window_clerk")
    browser.post(f"/desk/new/trial_notice/?person={person}", _answers())
    case = _case(acting, system)
    page = browser.get(f"/desk/cases/{case.public_id}/").content.decode()
    assert "完成登记" in page and "不予办理" not in page and "作出决定" not in page
    assert "不予受理" not in browser.get(f"/desk/new/trial_notice/?person={person}").content.decode()


def test_the_clerk_of_another_street_meets_the_same_answer_as_for_nothing(
    signed_in, person, acting, system, client
):
    _accept(signed_in("li", "window_clerk"), person)
    case = _case(acting, system)
    client.post("/sign-out")
    stranger = signed_in("chen", "window_clerk", area="330212008")
    for address in (f"/desk/cases/{case.public_id}/", f"/desk/new/trial/?person={person}"):
        response = stranger.get(address)
        assert response.status_code == 404 and "王桂英" not in response.content.decode()
    assert case.number not in stranger.get("/desk/").content.decode()


def test_the_lists_of_cases_cost_the_same_for_one_and_for_many(signed_in, person, acting, system):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = signed_in("li", "window_clerk")
    counts = []
    for _ in range(2):
        for _ in range(4):
            _accept(browser, person)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get("/desk/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_resident_follows_and_rates_without_an_account(signed_in, person, acting, system, client):
    browser = signed_in("li", "window_clerk")
    browser.post(f"/desk/new/trial_notice/?person={person}", _answers())
    case = _case(acting, system)
    word = tracking_word(case.public_id)
    for deed, told in (("register", {}), ("deliver", {"way": "counter", "receiver": "王桂英"})):
        assert browser.post(f"/desk/cases/{case.public_id}/{deed}/", told).status_code == 302
    client.post("/sign-out")
    page = client.get(f"/t/{word}").content.decode()
    assert "已送达" in page and "王桂英" not in page and "13800001234" not in page
    assert client.post(f"/t/{word}", {"grade": "5", "tags": ["办得快"], "text": "谢谢"}).status_code == 302
    again = client.post(f"/t/{word}", {"grade": "1"})
    assert again.status_code == 422 and "已经评价过" in again.content.decode()
    wrong = client.get("/t/WRONGWORD")
    assert wrong.status_code == 404 and "没有找到这个查询码" in wrong.content.decode()
    assert client.post("/t/", {"word": "WRONGWORD"}).status_code == 422


def test_a_leader_opens_neither_the_list_of_cases_nor_a_case(signed_in, person, acting, system, client):
    _accept(signed_in("li", "window_clerk"), person)
    case = _case(acting, system)
    client.post("/sign-out")
    leader = signed_in("qian", "leader", area=STREET)
    for address in ("/desk/", "/desk/lists/late/", f"/desk/cases/{case.public_id}/"):
        assert leader.get(address).status_code == 403


def test_who_watches_without_finding_people_sees_masked_names(acting, make_actor, system, signed_in, person):
    from yimen.work.desk.lists import AllCases

    _accept(signed_in("li", "window_clerk"), person)
    watcher = make_actor("desk.view_cases", area=STREET)
    with acting(watcher):
        [row] = AllCases.dress(list(Case.objects.all()), by=watcher)
    assert row.person_name == "王*英"


def test_the_list_of_all_cases_marks_what_is_overdue_without_asking_row_by_row(
    signed_in, acting, system, clerk, asked, django_assert_max_num_queries
):
    browser, now = signed_in("li", "window_clerk"), timezone.now()
    with acting(system):
        desk.accept_case(by=clerk, at=now - timedelta(days=60), area=HOME, asked=asked())
    with django_assert_max_num_queries(60) as few:
        page = browser.get("/desk/").content.decode()
    assert page.count('<span class="badge badge-late">超期</span>') == 1
    with acting(system):
        for back in (61, 62, 0):
            desk.accept_case(by=clerk, at=now - timedelta(days=back), area=HOME, asked=asked())
    with django_assert_max_num_queries(len(few)):
        page = browser.get("/desk/").content.decode()
    assert page.count("badge-late") == 3, "what was accepted today is in time"


@pytest.mark.parametrize(
    "read", ["https://yimen.example/t/{word}", "{word}", "http://10.1.2.3:8000/t/{word}/"]
)
def test_the_code_of_a_receipt_brings_the_case_and_only_where_it_may_be_seen(
    signed_in, person, acting, system, client, read
):
    browser = signed_in("li", "window_clerk")
    _accept(browser, person)
    case = _case(acting, system)
    read = read.format(word=tracking_word(case.public_id))
    answer = browser.post("/search", {"q": read}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/desk/cases/{case.public_id}/"
    client.cookies.clear()
    far = signed_in("fang", "window_clerk", area="330212008001").post("/search", {"q": read}, follow=True)
    assert far.status_code == 200 and str(case.public_id) not in far.content.decode()
