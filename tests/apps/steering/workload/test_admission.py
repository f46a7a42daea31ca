"""What communities are asked to do is let in or refused by list, and what is spared is counted."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import FAR, HOME, OTHER_STREET, STREET, street
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as, run_pending_jobs
from yimen.kernel.clock import day_of
from yimen.steering.workload.models import Demand
from yimen.work.ledger.api import entries_of_source

__all__ = ["street"]
WORD = "Panhuo-2026-east"
STAFF = (
    ("officer", "section_officer", STREET),
    ("chief", "section_chief", STREET),
    ("worker", "community_worker", HOME),
    ("far", "section_chief", OTHER_STREET),
    ("farworker", "community_worker", FAR),
)


@pytest.fixture
def enter(street, acting, system, client):
    at = timezone.now() - timedelta(hours=1)
    with acting(system, on=day_of(at)):
        for username, role, area in STAFF:
            account = access.create_account(
                by=system, at=at, username=username, name=f"{username}员", password=WORD, area=area,
                must_change=False,
            )  # fmt: skip
            access.grant_role(
                by=system, at=at, account=account.public_id, role=role, area=area, since=day_of(at)
            )

    def sign_in(username):
        with act_as(access.DOORKEEPER, on=day_of(timezone.now())):
            assert client.post("/sign-in", {"username": username, "password": WORD}).status_code == 302
        return client

    return sign_in


def _post(browser, address, **told):
    return browser.post(address, {"request_key": str(uuid4()), **told})


def _demand(browser, **more):
    today = day_of(timezone.now())
    told = {
        "unit_name": "区商务局", "title": "每月报招商台账", "kind": "report", "basis": "区里会议", "paper": "口头",
        "since": today.isoformat(), "until": (today + timedelta(days=300)).isoformat(), "hours": "2",
        "times": "12", "communities": [HOME],
    } | more  # fmt: skip
    answer = _post(browser, "/workload/new/", **told)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


@pytest.mark.requirement("S4-03")
def test_a_demand_waits_is_refused_by_the_list_and_its_hours_are_counted_as_spared(enter, acting, system):
    page = _demand(enter("officer"))
    assert "审核准入以前，社区不用做" in enter("worker").get(page).content.decode()
    assert "每月报招商台账" not in enter("worker").get("/workload/admitted/").content.decode()
    chief = enter("chief")
    assert "等我审核准入" in chief.get("/").content.decode()
    let_in = _post(
        chief, f"{page}decide/", listed="investment", admit="yes", reason="会议要求", until="2099-01-01"
    )
    assert let_in.status_code == 422 and "在负面清单里" in let_in.content.decode()
    told = {"listed": "investment", "admit": "no", "reason": "社区不承担经济指标"}
    assert _post(chief, f"{page}decide/", **told).status_code == 302
    assert _post(chief, f"{page}decide/", **told).status_code == 422
    run_pending_jobs()
    spared = chief.get("/workload/spared/").content.decode()
    assert "24 小时" in spared and "东莺社区" in spared
    with acting(system):
        demand = Demand.objects.get()
        [entry] = entries_of_source(demand.public_id, by=system)
        assert (entry.quantity, entry.area) == (24, HOME)
    assert chief.get("/workload/?export=xlsx").status_code == 200


def test_what_is_admitted_has_a_basis_an_end_and_stands_before_the_community(enter, acting, system):
    page = _demand(
        enter("officer"), title="协助通知老人体检", unit_name="卫生服务中心", kind="task",
        basis="基本公共卫生服务项目通知", hours="4", times="1",
    )  # fmt: skip
    today = day_of(timezone.now())
    told = {"listed": "public_health", "admit": "yes", "reason": "有依据，一次"}
    chief = enter("chief")
    for until, why in (("", "到哪一天为止"), ((today + timedelta(days=800)).isoformat(), "最长一年")):
        wrong = _post(chief, f"{page}decide/", until=until, **told)
        assert wrong.status_code == 422 and why in wrong.content.decode()
    until = (today + timedelta(days=60)).isoformat()
    assert _post(chief, f"{page}decide/", until=until, **told).status_code == 302
    admitted = enter("worker").get("/workload/admitted/").content.decode()
    assert "协助通知老人体检" in admitted and "负面清单" in admitted
    with acting(system):
        demand = Demand.objects.get()
        assert not Demand.objects.in_force(today + timedelta(days=61)).exists()
        assert Demand.objects.in_force(today + timedelta(days=60)).get() == demand


def test_without_a_basis_or_beside_the_lists_nothing_is_let_in_and_nobody_decides_her_own(enter):
    page = _demand(enter("chief"), basis="")
    own = _post(enter("chief"), f"{page}decide/", admit="no", reason="没有依据")
    assert own.status_code == 422 and "由别人审核" in own.content.decode()
    page = _demand(enter("officer"), basis="", title="没有依据的事")
    until = (day_of(timezone.now()) + timedelta(days=30)).isoformat()
    told = {"admit": "yes", "reason": "领导说的", "until": until}
    none = _post(enter("chief"), f"{page}decide/", listed="public_health", **told)
    assert none.status_code == 422 and "没有写法律、法规或文件依据" in none.content.decode()


def test_a_community_points_to_work_that_was_never_let_in_and_no_name_is_written(enter, acting, system):
    told = {"title": "每天转发公众号并截图", "kind": "software", "hours": "1", "times": "200", "content": ""}
    answer = _post(enter("worker"), "/workload/point-out/", **told)
    assert answer.status_code == 302, answer.content.decode()
    chief = enter("chief")
    page = chief.get(answer.url).content.decode()
    assert "社区反映" in page and "worker员" not in page
    told = {"listed": "duplicate_reports", "admit": "no", "reason": "只留痕不办事，停止"}
    assert _post(chief, f"{answer.url}decide/", **told).status_code == 302
    assert "200 小时" in chief.get("/workload/spared/").content.decode()


def test_the_other_street_and_its_communities_see_nothing(enter):
    page = _demand(enter("officer"))
    for who in ("far", "farworker"):
        browser = enter(who)
        assert browser.get(page).status_code == 404
        for address in ("/workload/", "/workload/admitted/", "/workload/spared/"):
            assert not re.search("招商台账|东莺", browser.get(address).content.decode())
    assert _post(enter("far"), f"{page}decide/", admit="no", reason="管闲事").status_code == 404
    outside = _post(
        enter("officer"), "/workload/new/", unit_name="区局", title="外街道", kind="task", since="2026-01-01",
        until="2026-12-31", hours="1", times="1", communities=[FAR],
    )  # fmt: skip
    assert outside.status_code == 422
