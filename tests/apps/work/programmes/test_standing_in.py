"""A岗 and B岗 of duties: a duty owed in person is seen by who stands in while its debtor is away."""

import re

import pytest
from django.utils import timezone

from tests.apps.work.colleagues import PHONE, browser_of, committee_of, goes_away, name_pair
from yimen.kernel.clock import day_of


@pytest.fixture
def committee(signed_in, acting, system):
    signed_in("grid_worker")
    with acting(system):
        made = committee_of(system)
        name_pair(system, made, "duties")
        return made


def text(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def owe(committee, who, *, title, account=""):
    told = {
        "title": title,
        "due_on": str(day_of(timezone.now())),
        "account": str(committee.accounts[account]) if account else "",
    }
    answer = browser_of(committee, who).post("/duties/new", told)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def test_a_duty_shows_who_has_it_and_who_stands_in(committee):
    page = text(browser_of(committee, "other"), owe(committee, "first", title="送防滑垫"))
    assert re.search(r"A岗.*?钱一.*?B岗.*?孙二", page, re.S)
    assert f'href="tel:{PHONE}"' in page


def test_a_duty_in_person_has_its_debtor_as_a_and_says_when_nobody_stands_in(committee):
    page = text(browser_of(committee, "head"), owe(committee, "other", title="送防滑垫", account="other"))
    assert re.search(r"A岗</dt>.*?吴三.*?B岗</dt>.*?还没有指定", page, re.S)


@pytest.mark.requirement("S1-20")
def test_while_she_is_away_her_second_finds_her_duties_among_her_own(committee):
    owe(committee, "first", title="陪同就医", account="first")
    second = browser_of(committee, "second")
    assert "陪同就医" not in text(second, "/duties/")
    goes_away(browser_of(committee, "first"))
    for address in ("/duties/", "/duties/lists/today/", "/duties/week", "/"):
        page = text(second, address)
        assert "陪同就医" in page, address
        assert "A岗不在" in page, address
    assert "陪同就医" not in text(browser_of(committee, "other"), "/duties/")


def test_she_is_back_the_same_minute_she_says_so(committee):
    owe(committee, "first", title="陪同就医", account="first")
    first, second = browser_of(committee, "first"), browser_of(committee, "second")
    goes_away(first)
    [end] = re.findall(r"/organisations/absences/[0-9a-f-]{36}/end", text(first, "/organisations/absences/"))
    assert first.post(end).status_code == 302
    assert "陪同就医" not in text(second, "/duties/")
    assert "没有登记不在岗" in text(first, "/organisations/absences/")


def test_when_both_are_away_or_nobody_stands_in_the_head_finds_it(committee):
    owe(committee, "first", title="陪同就医", account="first")
    owe(committee, "other", title="换门牌", account="other")
    head = browser_of(committee, "head")
    for who in ("first", "second", "other"):
        goes_away(browser_of(committee, who))
    page = text(head, "/duties/")
    assert "陪同就医" in page
    assert "换门牌" in page
