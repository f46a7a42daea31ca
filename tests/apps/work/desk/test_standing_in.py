"""A岗 and B岗 of cases: who has one, who sees it while the first is away, and that nothing is lost when both are."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.work.colleagues import PHONE, browser_of, committee_of, goes_away, name_pair
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import run_pending_jobs
from yimen.kernel.clock import day_of
from yimen.registers.organisations import api as organisations
from yimen.work.desk import api as desk
from yimen.work.desk.queries.standing_in import cases_covered

LIST = "/desk/standing-in/"


@pytest.fixture
def committee(street, acting, system):
    with acting(system):
        return committee_of(system)


@pytest.fixture
def case(acting, clerk, asked):
    """A case of the matter 试用补助 that lies at the community's desk."""
    with acting(clerk):
        return desk.accept_case(by=clerk, at=timezone.now(), area="330212007001", asked=asked())


@pytest.fixture
def named(acting, system, committee):
    with acting(system):
        name_pair(system, committee, "matter.trial")
    return committee


def text(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def page_of(case):
    return f"/desk/cases/{case.public_id}/"


def test_a_case_shows_who_has_it_who_stands_in_and_the_office_telephone(named, case):
    page = text(browser_of(named, "other"), page_of(case))
    assert re.search(r"A岗.*?钱一.*?B岗.*?孙二", page, re.S)
    assert f'href="tel:{PHONE}"' in page
    assert "A岗不在" not in page


def test_a_case_of_which_nobody_was_named_says_so(committee, case):
    assert text(browser_of(committee, "other"), page_of(case)).count("还没有指定") == 2


@pytest.mark.requirement("S1-20")
def test_while_the_first_is_away_the_second_sees_her_cases_and_nobody_else_does(named, case):
    assert goes_away(browser_of(named, "first")).status_code == 302
    second, other = browser_of(named, "second"), browser_of(named, "other")
    assert case.spoken_number in text(second, LIST)
    home = text(second, "/")
    assert "A岗不在，请您看着" in home
    assert "钱一 A岗不在" in home
    assert "A岗不在，至" in text(second, page_of(case))
    assert case.spoken_number not in text(other, LIST)
    assert "A岗不在" not in text(other, "/")
    assert case.spoken_number not in text(browser_of(named, "head"), LIST)


def test_it_ends_by_itself_after_the_last_day(named, case, acting, make_actor):
    goes_away(browser_of(named, "first"), days=2)
    today = day_of(timezone.now())
    second = replace(make_actor("desk.view_cases", area=named.area), account=named.accounts["second"])
    for days, seen in ((0, 1), (1, 1), (2, 0)):
        with acting(second, on=today + timedelta(days=days)):
            rows = cases_covered(by=second, on=today + timedelta(days=days))
            assert len(rows) == seen


def test_an_absence_to_come_hides_and_shows_nothing_yet(named, case):
    goes_away(browser_of(named, "first"), begins=5)
    assert case.spoken_number not in text(browser_of(named, "second"), LIST)


def test_when_both_are_away_the_head_sees_it(named, case):
    goes_away(browser_of(named, "first"))
    goes_away(browser_of(named, "second"))
    head = browser_of(named, "head")
    page = text(head, LIST)
    assert case.spoken_number in page
    assert "没有B岗在" in page
    assert "B岗也不在" in text(head, page_of(case))


def test_where_nobody_stands_in_the_head_sees_it(committee, case, acting, system):
    with acting(system):
        name_pair(system, committee, "matter", second=None)
    goes_away(browser_of(committee, "first"))
    assert case.spoken_number in text(browser_of(committee, "head"), LIST)


def test_who_has_the_single_matter_decides_before_who_has_all(named, case, acting, system):
    with acting(system):
        name_pair(system, named, "matter", first="other", second="second")
    assert re.search(r"A岗.*?钱一", text(browser_of(named, "head"), page_of(case)), re.S)
    goes_away(browser_of(named, "other"))
    assert case.spoken_number not in text(browser_of(named, "second"), LIST)


def test_a_leaver_has_no_post_any_more_and_the_head_is_told(named, case, acting, system):
    with acting(system):
        access.close_account(
            by=system, at=timezone.now(), account=named.accounts["second"], reason="调离", to=None
        )
    run_pending_jobs()
    head = browser_of(named, "head")
    page = text(head, page_of(case))
    assert "钱一" in page
    assert "孙二" not in page
    assert "孙二离岗，1 项分工要另外指定" in text(head, "/messages/")
    with acting(system):
        access.close_account(
            by=system, at=timezone.now(), account=named.accounts["first"], reason="调离", to=None
        )
    run_pending_jobs()
    assert text(head, page_of(case)).count("还没有指定") == 2
    with acting(system):
        unit = organisations.organisation(named.unit.public_id, by=system)
        rows = organisations.responsibilities_of(unit, by=system)
        assert all(row.until == day_of(timezone.now()) for row in rows)
