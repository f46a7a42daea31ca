"""Three people stand at one window: a half-done intake is put aside and comes back exactly (挂起、取回)."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import STREET, on_day
from yimen.foundations.messages.models import Message
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotAllowed
from yimen.work.desk import operations
from yimen.work.desk.models import Case, ParkedIntake

HALF = {
    "reason": "",
    "phone": "还没问",
    "sick": "yes",
    "paper-identity": "seen",
    "paper-diagnosis": "missing",
    "intake-source": "phone",
    "intake-note": "孩子在哭，先等等",
    "decline-reason": "也许不归我们",
}
FULL = HALF | {"reason": "住院", "phone": "13800001234", "sick": "no", "decline-reason": ""}


def _park(browser, person, told=None, *, key="page-1", query="", **more):
    told = (told or HALF) | {"act": "park", "request_key": key} | more
    return browser.post(f"/desk/new/trial/?person={person}{query}", told)


def _chips(browser):
    page = browser.get("/").content.decode()
    return [html.unescape(link) for link in re.findall(r'class="chip" href="([^"]+)" data-chip', page)]


def _value(page, name):
    found = re.search(rf'<(?:input|textarea)[^>]*name="{name}"[^>]*?(?:value="([^"]*)"|>\s*([^<]*)<)', page)
    return found[1] or found[2] or "" if found else None


@pytest.fixture
def rows(acting, system):
    def read():
        with acting(system):
            return list(ParkedIntake.objects.order_by("id"))

    return read


def test_what_was_typed_comes_back_exactly_and_nothing_is_complained_of(signed_in, person):
    browser = signed_in("li", "window_clerk")
    answer = _park(browser, person)
    assert answer.status_code == 302 and answer.url == "/people/"
    assert "王** 的受理已挂起" in browser.get(answer.url).content.decode()
    (chip,) = _chips(browser)
    page = browser.get(chip).content.decode()
    assert _value(page, "phone") == "还没问" and _value(page, "reason") == ""
    assert _value(page, "intake-note") == "孩子在哭，先等等"
    assert "也许不归我们" in page
    assert re.search(r'name="sick" value="yes"[^>]*checked', page)
    assert '<option value="seen" selected' in page and '<option value="phone" selected' in page
    assert "data-error-summary" not in page and "is-invalid" not in page


def test_the_chip_tells_the_surname_and_neither_the_name_nor_the_matter(signed_in, person, rows):
    browser = signed_in("li", "window_clerk")
    _park(browser, person)
    page = browser.get("/people/").content.decode()
    assert "王**" in page and "王桂英" not in page and "试用补助" not in page
    (row,) = rows()
    assert "孩子在哭" in row.kept


def test_what_is_kept_is_sealed_in_the_table(signed_in, person, acting, system):
    _park(signed_in("li", "window_clerk"), person)
    with acting(system):
        assert "孩子" not in str(ParkedIntake.objects.values_list("kept", flat=True).get())


def test_two_clicks_and_going_back_change_the_same_one(signed_in, person, rows):
    browser = signed_in("li", "window_clerk")
    _park(browser, person)
    _park(browser, person)
    assert len(rows()) == 1
    _park(browser, person, **{"intake-note": "改过"})
    (row,) = rows()
    assert "改过" in row.kept


def test_two_tabs_lose_nothing(signed_in, person, rows):
    browser = signed_in("li", "window_clerk")
    _park(browser, person)
    (row,) = rows()
    taken = {"parked-id": str(row.public_id), "parked-edition": "1"}
    _park(browser, person, key="tab-a", **taken, **{"intake-note": "甲"})
    _park(browser, person, key="tab-b", **taken, **{"intake-note": "乙"})
    assert len(rows()) == 2
    assert {"甲", "乙"} == {found for row in rows() for found in "甲乙" if found in row.kept}


def test_accepting_ends_it_and_the_other_tab_makes_no_second_case(signed_in, person, rows, acting, system):
    browser = signed_in("li", "window_clerk")
    _park(browser, person)
    (row,) = rows()
    taken = {"parked-id": str(row.public_id), "parked-edition": "1"}
    address = f"/desk/new/trial/?person={person}"
    wrong = browser.post(address, FULL | taken | {"reason": "", "request_key": "x"})
    assert wrong.status_code == 422 and 'name="parked-id"' in wrong.content.decode() and len(rows()) == 1
    first = browser.post(address, FULL | taken | {"request_key": "a"})
    again = browser.post(address, FULL | taken | {"request_key": "a"})
    assert (first.status_code, again.status_code) == (302, 302) and first.url == again.url
    assert rows() == [] and _chips(browser) == []
    other = browser.post(address, FULL | taken | {"request_key": "b"})
    assert other.status_code == 409 and "另一个页面办过" in other.content.decode()
    with acting(system):
        assert Case.objects.count() == 1


def test_what_was_given_up_can_be_restored(signed_in, person, rows):
    browser = signed_in("li", "window_clerk")
    _park(browser, person)
    (row,) = rows()
    for _ in range(2):
        assert browser.post(f"/desk/parked/{row.public_id}/drop/").status_code == 302
    assert _chips(browser) == []
    page = browser.get("/desk/parked/").content.decode()
    assert "刚放弃的" in page and "没有挂起的受理" in page
    gone = browser.get(f"/desk/new/trial/?person={person}&parked={row.public_id}").content.decode()
    assert "已经办完、放弃或清除" in gone
    browser.post(f"/desk/parked/{row.public_id}/restore/")
    assert len(_chips(browser)) == 1


def test_more_than_the_practice_allows_are_refused_and_nothing_typed_is_lost(signed_in, person, rows):
    browser = signed_in("li", "window_clerk")
    for number in range(8):
        assert _park(browser, person, key=f"page-{number}").status_code == 302
    answer = _park(browser, person, key="page-9")
    page = answer.content.decode()
    assert answer.status_code == 422 and "最多同时挂起 8 件" in page and "孩子在哭" in page
    assert len(rows()) == 8


def test_nobody_else_sees_it_not_even_a_colleague_at_the_same_window(signed_in, person, rows, client):
    _park(signed_in("li", "window_clerk"), person)
    (row,) = rows()
    client.cookies.clear()
    colleague = signed_in("chen", "window_clerk")
    assert _chips(colleague) == []
    assert colleague.post(f"/desk/parked/{row.public_id}/drop/").status_code == 404
    assert (
        "孩子在哭"
        not in colleague.get(f"/desk/new/trial/?person={person}&parked={row.public_id}").content.decode()
    )
    client.cookies.clear()
    far = signed_in("fang", "window_clerk", area="330212008001")
    assert far.post(f"/desk/parked/{row.public_id}/restore/").status_code == 404
    assert _park(far, person, key="far").status_code == 404


def test_the_same_clerk_finds_it_on_another_computer(signed_in, person, client):
    _park(signed_in("li", "window_clerk"), person)
    client.cookies.clear()
    client.post("/sign-in", {"username": "li", "password": "Panhuo-2026-east"})
    assert len(_chips(client)) == 1


def test_in_the_evening_it_goes_with_a_sentence(signed_in, person, rows, acting, system):
    browser = signed_in("li", "window_clerk")
    _park(browser, person, key="a")
    _park(browser, person, key="b")
    browser.post(f"/desk/parked/{rows()[0].public_id}/drop/")
    with acting(system):
        tonight = on_day(2099, 1, 5, 20)
        assert operations.clear_parked(by=system, at=tonight) == 2
        assert operations.clear_parked(by=system, at=tonight) == 0
    assert rows() == [] and _chips(browser) == []
    assert "挂起的受理已清除" in browser.get("/messages/").content.decode()
    with acting(system):
        (message,) = Message.objects.filter(title="挂起的受理已清除")
    assert "有 1 件挂起的受理没有办完" in message.text


def test_made_up_for_on_the_next_morning_what_was_parked_since_stays(signed_in, person, rows, acting, system):
    browser = signed_in("li", "window_clerk")
    _park(browser, person, key="a")
    today = day_of(timezone.now())
    with acting(system):
        assert operations.clear_parked(by=system, at=timezone.now(), of=today - timedelta(days=1)) == 0
        assert len(rows()) == 1
        assert operations.clear_parked(by=system, at=timezone.now() + timedelta(days=1), of=today) == 1


def test_who_may_not_accept_may_not_park(acting, officer, person, now):
    with acting(officer), pytest.raises(NotAllowed):
        operations.park_intake(by=officer, at=now, area=STREET, person=person, matter="trial", kept={})


def test_the_page_says_what_she_came_for_last(signed_in, person):
    browser = signed_in("li", "window_clerk")
    assert "上次来办" not in browser.get(f"/desk/new/?person={person}").content.decode()
    browser.post(f"/desk/new/trial/?person={person}", FULL | {"request_key": "a"})
    for address in (f"/desk/new/?person={person}", f"/desk/new/trial_notice/?person={person}"):
        assert re.search(r"上次来办：\d+月\d+日 试用补助，办理中", browser.get(address).content.decode())
