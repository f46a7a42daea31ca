"""The pages of the ledger: the overview, the list behind a number, a worker's day."""

import re
from datetime import date

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.apps.work.ledger.conftest import HERE, STREET, THERE, do_deed
from yimen.foundations.bus.api import set_reach
from yimen.foundations.ui.ports import home_cards
from yimen.kernel.periods import Month
from yimen.kernel.refusals import NotAllowed
from yimen.registers.people import api as people
from yimen.work.ledger import api as ledger
from yimen.work.ledger import views

SEPTEMBER, NOVEMBER = Month(2026, 9), Month(2026, 11)


@pytest.fixture
def show(items, now, today):
    """``show(views.ledger, actor, url)``: the page as this actor gets it."""

    def get(view, actor, url="/ledger/"):
        request = RequestFactory().get(url)
        request.actor, request.at, request.today = actor, now, today
        set_reach(actor, on=today)
        response = view(request)
        return response.content.decode()

    return get


@pytest.fixture
def her(items, system, now):
    return people.register_person(by=system, at=now, name="欧阳秀英", community=HERE)


@pytest.fixture
def worker(make_actor):
    return make_actor(
        "ledger.view", "people.view_file", "people.find", "ui.export_lists", area=STREET, name="周敏"
    )


@pytest.fixture
def deeds(her, system, now):
    told = ledger.about_person(her.public_id, by=system)
    first = do_deed(by=system, at=now, about=told, happened_on=date(2026, 9, 3), note="九月的走访")
    do_deed(by=system, at=now, about=told)
    do_deed(by=system, at=now, area=THERE, quantity=4)
    return first


def rows(text):
    return len(re.findall(r"<tr role=\"row\"><td", text))


def told(text):
    return re.sub(r"<[^>]+>", " ", text)


@pytest.mark.parametrize(
    ("area", "first", "measure", "acts"),
    [
        (STREET, SEPTEMBER, "acts", 3),
        (STREET, NOVEMBER, "acts", 2),
        (HERE, SEPTEMBER, "acts", 2),
        (STREET, SEPTEMBER, "persons", 1),
    ],
)
def test_the_list_behind_a_number_is_as_long_as_the_number(show, deeds, worker, area, first, measure, acts):
    url = ledger.entries_url(items=["test_visit"], area=area, first=first, last=NOVEMBER, measure=measure)
    text = show(views.ledger, worker, url)
    assert rows(text) == acts
    assert f"共 {acts} {'人' if measure == 'persons' else '条'}" in text


def test_a_late_entry_shows_both_dates(show, deeds, worker):
    url = ledger.entries_url(items=["test_visit"], area=HERE, first=SEPTEMBER, last=SEPTEMBER)
    text = told(show(views.ledger, worker, url))
    assert "补录" in text and "9月3日" in text and "记入 11月20日" in text


def test_a_taken_back_deed_stands_as_a_pair_only_when_asked_for(show, deeds, worker, system, now):
    set_reach(system, on=now.date())
    ledger.take_back_entry(by=system, at=now, entry=deeds.public_id, why="记到别人名下了")
    url = ledger.entries_url(items=["test_visit"], area=STREET, first=SEPTEMBER, last=NOVEMBER)
    text = show(views.ledger, worker, url)
    assert rows(text) == 2 and "共 2 条" in text and "更正冲销" not in text
    text = show(views.ledger, worker, url + "&corrected=1")
    assert rows(text) == 4 and "共 2 条" in text
    assert "上门走访（更正冲销）" in text and "更正原因：记到别人名下了" in text


def test_a_worker_reads_names_and_a_leader_reads_them_masked(show, deeds, worker, make_actor, her):
    url = ledger.entries_url(items=["test_visit"], area=HERE, first=SEPTEMBER, last=NOVEMBER)
    assert "欧阳秀英" in show(views.ledger, worker, url)
    leader = make_actor("ledger.view", area=STREET, name="郑书记")
    for measure in ("acts", "persons"):
        text = show(views.ledger, leader, f"{url}&count={measure}")
        assert "欧**英" in text and "欧阳秀英" not in text and str(her.public_id) not in text


def test_names_of_a_page_cost_as_many_queries_for_thirty_rows_as_for_three(show, deeds, worker, system, now):
    url = ledger.entries_url(items=["test_visit"], area=STREET, first=SEPTEMBER, last=NOVEMBER)

    def queries(length):
        with CaptureQueriesContext(connection) as asked:
            assert rows(show(views.ledger, worker, url)) == length
        return len(asked)

    queries(3)
    few = queries(3)
    set_reach(system, on=now.date())
    for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥":
        person = people.register_person(by=system, at=now, name=f"村民{name}", community=HERE)
        do_deed(by=system, at=now, about=ledger.about_person(person.public_id, by=system))
    assert queries(25) == few <= 11


def test_the_overview_says_month_and_year_of_each_item_and_opens_them(show, deeds, worker):
    text = show(views.ledger, worker)
    assert "上门走访" in text and "健康讲座" in text
    month, year = re.findall(r'<a href="(/ledger/\?item=test_visit[^"]+)">(\d+)</a>', text)
    assert (month[1], year[1]) == ("2", "3")
    assert rows(show(views.ledger, worker, year[0].replace("&amp;", "&"))) == 3


def test_another_area_than_ones_own_is_refused(show, deeds, make_actor):
    neighbour = make_actor("ledger.view", area=THERE)
    with pytest.raises(NotAllowed):
        show(views.ledger, neighbour, f"/ledger/?item=test_visit&area={HERE}")


def test_a_broken_address_falls_back_to_this_year_at_home(show, deeds, worker):
    url = "/ledger/?item=test_visit,nonsense&area=x&from=never&to=2026-13&count=all"
    assert rows(show(views.ledger, worker, url)) == 3


def test_the_export_holds_what_the_list_shows(show, deeds, worker, now, today):
    url = ledger.entries_url(items=["test_visit"], area=STREET, first=SEPTEMBER, last=NOVEMBER)
    request = RequestFactory().get(url + "&export=xlsx")
    request.actor, request.at, request.today = worker, now, today
    set_reach(worker, on=today)
    response = views.ledger(request)
    assert response["Content-Type"].endswith("spreadsheetml.sheet") and response.content[:2] == b"PK"


def test_my_day_shows_what_i_entered_today_and_what_of_it_was_late(show, her, worker, make_actor, now):
    set_reach(worker, on=now.date())
    about = ledger.about_person(her.public_id, by=worker)
    do_deed(by=worker, at=now, about=about)
    do_deed(by=worker, at=now, about=about, happened_on=date(2026, 11, 18))
    colleague = make_actor("ledger.view", area=STREET)
    do_deed(by=colleague, at=now, items=("test_talk",))
    text = told(show(views.today, worker, "/ledger/today"))
    assert text.count("欧阳秀英") == 2 and "健康讲座" not in text
    assert "补录" in text and "发生 11月18日" in text and "周敏" in text
    assert "还没有记入台账" in show(views.today, worker, "/ledger/today?on=2026-11-19")


def test_the_first_page_tells_how_much_i_did_today_and_nothing_when_there_is_nothing(items, worker, now):
    card = home_cards.get("ledger.today")
    set_reach(worker, on=now.date())
    assert card.query(by=worker, at=now) is None
    done = [do_deed(by=worker, at=now) for _ in range(3)]
    assert card.query(by=worker, at=now) == {"acts": 3}
    assert "3" in render_to_string(card.template, {"card": {"acts": len(done)}})


def test_her_copy_counts_the_deeds_that_stand_on_her_file_and_no_other(
    items, her, system, now, today, make_actor, acting
):
    told = ledger.about_person(her.public_id, by=system)
    window = make_actor("people.find", "people.view_file", "people.serve_rights", area=HERE)

    def counted():
        with acting(window):
            return {one.title: one.count for one in people.own_copy(her.public_id, by=window, on=today).rows}

    # A call is kept off the file, as births and mediations are: a number would tell of it.
    do_deed(by=system, at=now, about=told, items=("call",))
    assert counted() == {}
    wrong = do_deed(by=system, at=now, about=told)
    do_deed(by=system, at=now, about=told)
    ledger.take_back_entry(by=system, at=now, entry=wrong.public_id, why="记错了人")
    assert list(counted().values()) == [1]
