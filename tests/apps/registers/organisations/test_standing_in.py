"""Who is named A岗 and B岗 by whom, and who may say that somebody is away."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests.apps.work.colleagues import HOME, browser_of, committee_of, goes_away, name_pair
from yimen.foundations.retention.operations import clear_past_term
from yimen.kernel.clock import day_of
from yimen.registers.organisations import api as organisations
from yimen.registers.organisations.models import Absence
from yimen.registers.organisations.rules import nearest, who_sees, why_not_away

pytestmark = pytest.mark.django_db
PAGE = "/organisations/absences/"


@pytest.fixture
def committee(areas, system):
    return committee_of(system)


def text(answer) -> str:
    return answer.content.decode()


def filing(committee) -> str:
    return f"/organisations/{committee.unit.public_id}/file/responsibility/"


def named(committee, **told):
    return {
        "account": str(committee.accounts["first"]),
        "deputy": str(committee.accounts["second"]),
        "since": str(day_of(timezone.now())),
    } | told


def test_the_head_names_a_and_b_for_several_kinds_at_once(committee):
    head = browser_of(committee, "head")
    assert "辖区待办" in text(head.get(filing(committee)))
    answer = head.post(filing(committee), named(committee, works=["duties", "matter"]), follow=True)
    page = text(answer)
    assert "钱一（A岗）：辖区待办" in page
    assert "钱一（A岗）：全部办件" in page
    assert page.count("B岗孙二") == 2
    wall = text(head.get(f"/organisations/{committee.unit.public_id}/wall/"))
    assert "不在时找孙二" in wall


def test_a_worker_writes_the_wall_but_names_no_a_and_b(committee):
    worker = browser_of(committee, "first")
    page = text(worker.get(filing(committee)))
    assert "辖区待办" not in page
    told = named(committee, task="接待来访", works=["duties"])
    assert "钱一：接待来访" in text(worker.post(filing(committee), told, follow=True))
    assert "辖区待办" not in text(worker.get(f"/organisations/{committee.unit.public_id}/"))


def test_a_kind_of_work_has_one_a_until_it_is_ended(committee, system):
    name_pair(system, committee, "duties")
    head = browser_of(committee, "head")
    other = named(committee, works=["duties"], account=str(committee.accounts["other"]))
    refused = head.post(filing(committee), other)
    assert refused.status_code == 409
    assert "A岗已是钱一" in text(refused)
    unit = f"/organisations/{committee.unit.public_id}/"
    [end] = set(re.findall(rf"{unit}end/responsibility/[0-9a-f-]+/", text(head.get(unit))))
    assert browser_of(committee, "first").post(end, {"last_day": str(committee.since)}).status_code == 403
    assert head.post(end, {"last_day": str(committee.since)}).status_code == 302
    tomorrow = str(committee.since + timedelta(days=1))
    assert head.post(filing(committee), other | {"since": tomorrow}).status_code == 302


def test_the_head_says_that_a_colleague_is_away_and_a_colleague_only_of_herself(committee):
    first, head = browser_of(committee, "first"), browser_of(committee, "head")
    other = str(committee.accounts["other"])
    assert "吴三" not in text(first.get(PAGE))
    assert goes_away(head, account=other).status_code == 302
    assert "吴三" in text(head.get(PAGE))
    assert "吴三" not in text(first.get(PAGE))
    # Without a choice of her own, what is sent for a colleague is hers.
    goes_away(first, account=other, begins=9)
    assert "钱一" in text(first.get(PAGE))
    [end] = set(re.findall(rf"{PAGE}[0-9a-f-]+/end", text(browser_of(committee, "other").get(PAGE))))
    assert first.post(end).status_code == 403
    assert head.post(end).status_code == 302


def test_days_gone_by_days_backwards_and_days_twice_are_refused_in_words(committee):
    first = browser_of(committee, "first")
    for told, sentence in (
        ({"begins": -1}, "只能从今天或以后"),
        ({"days": 0}, "最后一天早于第一天"),
        ({"days": 500}, "最多登记到一年以后"),
    ):
        answer = goes_away(first, **told)
        assert answer.status_code == 422
        assert sentence in text(answer)
    goes_away(first, days=5)
    again = goes_away(first, begins=4)
    assert again.status_code == 422
    assert "已经登记过不在岗" in text(again)


def test_why_she_is_away_is_asked_nowhere_and_what_is_over_is_forgotten(committee, system):
    first = browser_of(committee, "first")
    assert set(re.findall(r'name="(\w+)"', text(first.get(PAGE)).split("登记不在岗", 1)[1])) <= {
        "csrfmiddlewaretoken",
        "request_key",
        "since",
        "last_day",
    }
    goes_away(first, days=1)
    at = timezone.now()
    for days, left in ((20, 1), (40, 0)):
        clear_past_term(by=system, at=at + timedelta(days=days), key="organisations_absences")
        assert Absence.objects.count() == left


def test_another_street_neither_sees_nor_leads(committee, areas, system):
    far = committee_of(system, area="330212008001")
    head = browser_of(far, "head")
    first = str(committee.accounts["first"])
    assert first not in text(head.get(PAGE))
    assert goes_away(head, account=first).status_code == 422
    goes_away(browser_of(committee, "first"))
    assert "您和同事都在岗" in text(head.get(PAGE))


def test_a_leaver_who_only_stood_in_leaves_the_first_in_place(committee, system):
    name_pair(system, committee, "duties")
    organisations.end_posts_of_leaver(by=system, at=timezone.now(), account=committee.accounts["second"])
    on = day_of(timezone.now())
    pair = organisations.pair_for(["duties"], area=HOME, by=system, on=on)
    assert pair.first.name == "钱一"
    assert pair.second is None


def test_the_narrowest_area_and_the_narrowest_kind_decide():
    def row(area, work):
        return SimpleNamespace(organisation=SimpleNamespace(area=area), work=work)

    rows = [row("330212007", "all"), row(HOME, "all"), row(HOME, "one"), row("330212007", "one")]
    assert nearest(rows, ["one", "all"], area=HOME) is rows[2]
    assert nearest(rows[:2], ["one", "all"], area=HOME) is rows[1]
    assert nearest([], ["one"], area=HOME) is None


def test_who_sees_what_follows_from_who_is_here():
    seen = [
        who_sees(away=away, second=second, second_away=gone, asker=asker, leads=asker == 9)
        for away in (False, True)
        for second, gone in ((None, False), (2, False), (2, True))
        for asker in (2, 9)
    ]
    assert seen == ["", "", "", "", "", "", "", "head", "second", "", "second", "head"]


def test_a_year_ahead_is_the_furthest():
    today = date(2026, 3, 2)
    assert why_not_away(since=today, last_day=today + timedelta(days=366), today=today) is None
    assert why_not_away(since=today, last_day=today + timedelta(days=367), today=today).code
