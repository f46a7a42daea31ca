"""Who stands on a list by her own will, and which colleague keeps in touch."""

from datetime import date

import pytest
from django.utils import timezone

from tests.apps.work.colleagues import browser_of, committee_of, goes_away, name_pair
from tests.apps.work.desk.conftest import FAR, HOME, on_day
from yimen.kernel.clock import day_of
from yimen.registers.consents import api as consents
from yimen.registers.consents.engine.purposes import Purpose
from yimen.registers.people import api as people

PURPOSE = "liaison_household"
LIST = "/consents/lists/"


@pytest.fixture
def willing(acting, system):
    """``willing(person)``: she says at the window that she will be a contact of her stairwell."""

    def do(person, at=None):
        at = at or timezone.now()
        with acting(system, on=day_of(at)):
            return consents.give_consent(
                by=system, at=at, person=person, purpose=PURPOSE, proof="at_window", proof_note="周社工在场"
            )

    return do


def listed(browser, **query):
    return browser.get(LIST, query).content.decode()


def test_who_agrees_is_listed_and_who_withdraws_is_gone_at_once(signed_in, person, willing):
    clerk = signed_in("li", "window_clerk")
    assert "还没有人在名册上" in listed(clerk)
    willing(person)
    page = listed(clerk)
    assert "王桂英" in page and "做邻里联系户" in page
    assert clerk.post(f"/consents/{person}/{PURPOSE}/withdraw/").status_code == 302
    assert "王桂英" not in listed(clerk)


def test_a_consent_to_something_else_puts_nobody_on_a_list(signed_in, person, acting, system):
    with acting(system):
        consents.give_consent(
            by=system,
            at=timezone.now(),
            person=person,
            purpose="served_first",
            proof="at_window",
            proof_note="李窗口在场",
        )
    assert "王桂英" not in listed(signed_in("li", "window_clerk"))


def test_a_neighbouring_community_does_not_see_the_list(signed_in, person, willing):
    willing(person)
    assert "王桂英" not in listed(signed_in("far", "window_clerk", area=FAR))


def test_a_volunteer_reads_no_list(signed_in):
    assert signed_in("vol", "volunteer").get(LIST).status_code in (403, 404)


def test_the_dead_and_who_wants_her_data_used_for_little_are_not_listed(
    signed_in, person, willing, acting, system
):
    clerk = signed_in("li", "window_clerk")
    willing(person)
    assert "王桂英" in listed(clerk)
    now = timezone.now()
    with acting(system):
        people.record_death(by=system, at=now, person=person, died_on=day_of(now))
    assert "王桂英" not in listed(clerk)


def test_of_two_files_of_one_person_the_last_word_decides(signed_in, person, willing, acting, system):
    with acting(system):
        other = people.register_person(
            by=system, at=on_day(2026, 1, 5), name="王桂英", community=HOME, birth_on=date(1950, 3, 1)
        ).public_id
    willing(person, at=on_day(2026, 11, 2))
    willing(other, at=on_day(2026, 11, 3))
    with acting(system, on=date(2026, 11, 4)):
        consents.withdraw_consent(by=system, at=on_day(2026, 11, 4), person=other, purpose=PURPOSE)
        people.merge_people(by=system, at=on_day(2026, 11, 5), keep=person, alias=other, reason="同一人")
    clerk = signed_in("li", "window_clerk")
    assert "王桂英" not in listed(clerk)
    willing(person)
    assert listed(clerk).count(f'href="/people/{person}/"') == 1


@pytest.mark.requirement("S1-20")
def test_each_line_names_who_keeps_in_touch_and_says_that_she_is_away(person, willing, acting, system):
    willing(person)
    with acting(system):
        committee = committee_of(system)
        name_pair(system, committee, f"consents:{PURPOSE}")
    worker = browser_of(committee, "first")
    page = listed(worker)
    assert "钱一" in page and "孙二" in page
    assert goes_away(worker).status_code == 302
    other = browser_of(committee, "other")
    assert "不在" in listed(other)


def test_a_list_asks_as_many_statements_for_many_as_for_one(
    signed_in, person, willing, acting, system, django_assert_max_num_queries
):
    clerk = signed_in("li", "window_clerk")
    willing(person)
    listed(clerk)
    with django_assert_max_num_queries(100) as few:
        listed(clerk)
    with acting(system):
        more = [
            people.register_person(
                by=system, at=on_day(2026, 1, 5), name=f"陈联{one}", community=HOME
            ).public_id
            for one in "甲乙丙丁戊"
        ]
    for one in more:
        willing(one)
    with django_assert_max_num_queries(len(few)):
        assert "陈联戊" in listed(clerk)


@pytest.mark.parametrize("kind", ["sensitive", "discreet"])
def test_what_tells_something_of_her_has_no_list(kind):
    told = {
        "title": "转诊名册",
        "wording": "您同意以后，名字列在名册上给工作人员看。",
        "stops": "名字当时去掉",
        "proofs": ["signed"],
        "basis": "个人信息保护法第二十九条",
        "listed": True,
    }
    assert Purpose.model_validate(told).listed
    with pytest.raises(ValueError, match="列入自愿名册"):
        Purpose.model_validate(told | {kind: True})
