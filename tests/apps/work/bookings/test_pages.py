"""The pages of the queue as clerks and the hall meet them."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.work.bookings.conftest import HERE, make_hall
from tests.apps.work.desk.test_pages import _accept, _case
from yimen.kernel.clock import day_of
from yimen.work.bookings import api as bookings


@pytest.fixture
def here(street, acting, system):
    """The address of a hall that shows surnames."""
    now = timezone.now()
    with acting(system, on=day_of(now)):
        return f"/queue/{make_hall(system, moment=now).public_id}/"


@pytest.fixture
def clerk(signed_in, here):
    return signed_in("li", "window_clerk")


def take(browser, here, **told):
    answer = browser.post(here, told)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def board_of(browser, here):
    return re.search(r"/board/[A-Z0-9]+", browser.get(here).content.decode())[0]


def deed(browser, here, name, counter=1, **told):
    page = browser.get(f"{here}counters/{counter}/").content.decode()
    return browser.post(re.search(rf'action="([^"]*/{name})"', page)[1], told)


def test_a_number_is_taken_printed_called_and_shown_on_the_board_without_an_account(clerk, here):
    slip = clerk.get(take(clerk, here, name="王桂英", about="老年优待")).content.decode()
    assert "001" in slip and "前面 0 位" in slip and "老年优待" in slip
    take(clerk, here, name="李四")
    hall = Client()
    board = board_of(clerk, here)
    assert "请取号等候" in hall.get(board).content.decode()
    assert clerk.post(f"{here}counters/2/call").status_code == 302
    shown = hall.get(board).content.decode()
    assert "请001号，到2号窗口" in shown and "王*" in shown and "002" in shown and "1 人在等" in shown
    assert "桂英" not in shown and "老年优待" not in shown and "李" not in shown


def test_the_board_of_a_hall_that_shows_numbers_tells_no_name(clerk, signed_in, here):
    take(clerk, here, name="王桂英")
    chief = signed_in("zhao", "community_head")
    answer = chief.post(f"{here}settings", {"counters": "2", "shows": "numbers"})
    assert answer.status_code == 302
    clerk.post(f"{here}counters/1/call")
    shown = Client().get(board_of(clerk, here)).content.decode()
    assert "001" in shown and "王" not in shown


def test_the_board_is_refreshed_by_its_part_alone_and_announces_a_call_anew_when_it_is_repeated(clerk, here):
    take(clerk, here)
    clerk.post(f"{here}counters/1/call")
    board, asks = board_of(clerk, here), {"HX-Request": "true", "HX-Target": "board"}
    before = Client().get(board, headers=asks).content.decode()
    assert "<html" not in before
    assert deed(clerk, here, "again").status_code == 302
    after = Client().get(board, headers=asks).content.decode()
    calls = [re.search('data-board-call="([^"]+)"', one)[1] for one in (before, after)]
    assert calls[0] != calls[1]


def test_an_old_address_of_the_board_opens_nothing(clerk, signed_in, here):
    board = board_of(clerk, here)
    chief = signed_in("zhao", "community_head")
    assert chief.post(f"{here}board").status_code == 302
    assert Client().get(board).status_code == 404
    assert Client().get(board_of(clerk, here)).status_code == 200


def test_whom_nobody_saw_is_passed_and_who_is_handed_on_waits_for_the_other_counter(clerk, here):
    for _ in range(2):
        take(clerk, here)
    clerk.post(f"{here}counters/1/call")
    assert deed(clerk, here, "missed").status_code == 302
    assert "过号 1 次" in clerk.get(here).content.decode()
    clerk.post(f"{here}counters/1/call")
    page = clerk.get(f"{here}counters/1/").content.decode()
    hand = re.search(r'action="([^"]*/hand)"', page)[1]
    assert clerk.post(hand, {"counter": "9"}).status_code == 302
    assert "转 2 号窗口" not in clerk.get(here).content.decode()
    assert clerk.post(hand, {"counter": "2"}).status_code == 302
    assert "转 2 号窗口" in clerk.get(here).content.decode()


def test_a_clerk_of_another_street_finds_neither_hall_nor_counter(signed_in, clerk, here):
    take(clerk, here)
    far = signed_in("far", "window_clerk", area="330212008001")
    for address in (here, f"{here}counters/1/", f"{here}figures"):
        assert far.get(address).status_code == 404
    assert far.post(f"{here}counters/1/call").status_code == 404


def test_only_who_keeps_the_hall_sets_it_up(clerk, here):
    assert clerk.get(f"{here}settings").status_code == 403
    assert clerk.post(f"{here}board").status_code == 403


@pytest.mark.requirement("S2-01")
def test_one_line_for_every_matter_and_the_case_says_by_which_number_she_was_called(
    clerk, here, person, acting, system
):
    take(clerk, here, name="王桂英")
    take(clerk, here, name="李四")
    # Either counter calls the same line, whatever somebody comes for.
    clerk.post(f"{here}counters/3/call")
    clerk.post(f"{here}counters/1/call")
    page = clerk.get(f"{here}counters/1/?q=王桂英").content.decode()
    way = re.search(r'href="(/desk/new/\?person=[^"]+)"', page)[1].replace("&amp;", "&")
    chosen = clerk.get(way).content.decode()
    intake = re.search(r'href="(/desk/new/trial/[^"]+)"', chosen)[1].replace("&amp;", "&")
    assert clerk.get(intake).status_code == 200
    assert _accept(clerk, f"{person}&from=ticket:002").status_code == 302
    assert "from=ticket%3A002" in intake
    case = _case(acting, system)
    assert "叫号 002" in clerk.get(f"/desk/cases/{case.public_id}/").content.decode()


def test_what_is_no_number_is_not_quoted(clerk, here, person, acting, system):
    assert _accept(clerk, f"{person}&from=ticket:<b>x").status_code == 302
    page = clerk.get(f"/desk/cases/{_case(acting, system).public_id}/").content.decode()
    assert "叫号" not in re.sub(r"<nav.*?</nav>", "", page, flags=re.S)


def test_the_figures_of_a_day_and_a_month_stand_on_a_page(clerk, here):
    take(clerk, here)
    clerk.post(f"{here}counters/2/call")
    deed(clerk, here, "finished", counter=2)
    for query in ("", f"?month={day_of(timezone.now()):%Y-%m}"):
        page = clerk.get(f"{here}figures{query}").content.decode()
        assert "2 号窗口" in page and "全部" in page
    assert "这段时间没有号" in clerk.get(f"{here}figures?day=2020-01-01").content.decode()


def test_a_site_begins_to_call_once(signed_in, here, acting, system):
    head = signed_in("zhao", "community_head", area=HERE)
    assert "开启叫号" not in head.get("/queue/", follow=True).content.decode()
    with acting(system):
        hall = next(iter(bookings.halls(by=system)))
        site = str(hall.site.public_id)
    answer = head.post("/queue/new", {"site": site, "counters": "2", "shows": "numbers"})
    assert answer.status_code == 422
