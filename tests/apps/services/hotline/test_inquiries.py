"""People who only ask: one tap, nobody's name, taken back as quickly; over HTTP."""

import re

import pytest

from tests.apps.work.desk.conftest import FAR, HOME
from yimen.work.ledger.models import Entry

PART = {"HX-Request": "true", "HX-Target": "inquiries-home"}


def _key(text):
    return re.search(r'action="/inquiries/count/".*?name="request_key" value="([0-9a-f]+)"', text, re.S)[1]


def _entries(acting, system):
    with acting(system):
        return list(Entry.objects.order_by("id"))


def test_the_first_page_of_a_counter_and_the_head_of_every_page_carry_the_chips(clerk, officer):
    home = clerk.get("/").content.decode()
    assert home.count('name="topic" value="family"') == 2
    assert 'name="topic" value="family"' in clerk.get("/calls/").content.decode()
    # At the street there is no counter: the chips wait in the head line only.
    assert officer.get("/").content.decode().count('name="topic" value="family"') == 1


def test_one_tap_is_one_entry_that_knows_nobody(clerk, acting, system):
    key = _key(clerk.get("/").content.decode())
    told = {"topic": "family", "place": "home", "request_key": key}
    answer = clerk.post("/inquiries/count/", told, headers=PART)
    text = answer.content.decode()
    assert answer.status_code == 200 and "<html" not in text
    assert "已记：生育 咨询 1 次" in text and "撤销" in text
    (entry,) = _entries(acting, system)
    assert (entry.item, entry.person, entry.household, entry.note, entry.area) == (
        "inquiry_family", None, None, "", HOME,
    )  # fmt: skip
    today = clerk.get("/ledger/today").content.decode()
    assert "咨询：生育" in today


def test_a_double_click_is_one_question_and_two_visitors_are_two(clerk, acting, system):
    key = _key(clerk.get("/").content.decode())
    told = {"topic": "relief", "place": "home", "request_key": key}
    first = clerk.post("/inquiries/count/", told, headers=PART).content.decode()
    clerk.post("/inquiries/count/", told, headers=PART)
    assert len(_entries(acting, system)) == 1
    # The chips that came back stand for the next visitor.
    clerk.post("/inquiries/count/", told | {"request_key": _key(first)}, headers=PART)
    assert len(_entries(acting, system)) == 2


def test_a_tap_is_taken_back_and_counts_no_more(clerk, acting, system):
    answer = clerk.post(
        "/inquiries/count/", {"topic": "elder", "place": "home"}, headers=PART
    ).content.decode()
    entry = re.search(r'name="entry" value="([0-9a-f-]+)"', answer)[1]
    undone = clerk.post("/inquiries/undo/", {"entry": entry, "place": "home"}, headers=PART)
    assert "已撤销" in undone.content.decode()
    assert sum(one.acts for one in _entries(acting, system)) == 0
    assert clerk.post("/inquiries/undo/", {"entry": entry}).status_code == 409


def test_without_scripts_the_page_of_questions_answers_and_takes_back(clerk):
    answer = clerk.post("/inquiries/count/", {"topic": "elder"}, follow=True)
    page = answer.content.decode()
    assert "已记：养老 咨询 1 次" in page and "1 人次" in page
    entry = re.search(r'name="entry" value="([0-9a-f-]+)"', page)[1]
    page = clerk.post("/inquiries/undo/", {"entry": entry}, follow=True).content.decode()
    assert "已撤销" in page and "今天还没有记过咨询" in page


def test_nobody_takes_back_what_another_counted(clerk, signed_in, acting, system):
    clerk.post("/inquiries/count/", {"topic": "elder"})
    (entry,) = _entries(acting, system)
    colleague, far = signed_in("wang", "window_clerk"), signed_in("sun", "window_clerk", area=FAR)
    for other in (colleague, far):
        assert other.post("/inquiries/undo/", {"entry": entry.public_id}).status_code == 404
    assert len(_entries(acting, system)) == 1


def test_a_topic_that_is_none_is_refused(clerk, acting, system):
    for topic in ("", "no-such-topic", "<script>"):
        assert clerk.post("/inquiries/count/", {"topic": topic}).status_code == 404
    assert _entries(acting, system) == []


def test_a_topic_says_what_to_bring_on_a_sheet_to_take_home(clerk):
    page = clerk.get("/inquiries/relief/").content.decode()
    assert "临时救助" in page and "一次性告知，打印" in page
    sheet = clerk.get("/inquiries/relief/temporary_relief/").content.decode()
    assert "要带的" in sheet and "打印" in sheet
    assert clerk.get("/inquiries/relief/birth_registration/").status_code == 404
    assert "12333" in clerk.get("/inquiries/insurance/").content.decode()


@pytest.mark.parametrize("role", ["leader", "auditor"])
def test_who_serves_nobody_has_no_chips(signed_in, street, role):
    other = signed_in("chen", role, area=HOME[:9])
    assert 'name="topic"' not in other.get("/").content.decode()
    assert other.post("/inquiries/count/", {"topic": "elder"}).status_code == 403
