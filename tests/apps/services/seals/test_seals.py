"""The seal of a community: only for listed uses, by two people, on record."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import FAR, HOME, OTHER_STREET, STREET
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as, run_pending_jobs
from yimen.foundations.definitions.api import publish
from yimen.kernel.clock import day_of
from yimen.registers.organisations import api as organisations
from yimen.services.seals.engine.grammar import find_use
from yimen.services.seals.models import SealRequest, Stamping
from yimen.work.desk.models import Case

WORD = "Panhuo-2026-east"
POSTS = (
    ("window", "window_clerk", HOME),
    ("worker", "community_worker", HOME),
    ("second", "community_worker", HOME),
    ("chief", "section_chief", STREET),
    ("far", "section_chief", OTHER_STREET),
    ("farworker", "community_worker", FAR),
)
ASK = {
    "document": "关于停车管理的决议", "purpose": "在各楼道张贴", "use": "resolution", "copies": "5",
    "applicant_kind": "staff",
}  # fmt: skip


@pytest.fixture
def accounts(street, acting, system):
    """A committee with people in posts, a street, and another street."""
    at = timezone.now() - timedelta(hours=1)
    found = {}
    with acting(system, on=day_of(at)):
        since = day_of(at)
        offices = {
            area: organisations.found_organisation(
                by=system, at=at, name=name, kind=kind, area=area, since=since, phone="0574-88120000"
            )
            for area, name, kind in (
                (STREET, "潘火街道办事处", "street_office"),
                (HOME, "东莺社区居民委员会", "committee"),
                (OTHER_STREET, "百丈街道办事处", "street_office"),
                (FAR, "潜龙社区居民委员会", "committee"),
            )
        }
        for username, role, area in POSTS:
            account = access.create_account(
                by=system, at=at, username=username, name=f"{username}员", password=WORD, area=area,
                must_change=False,
            )  # fmt: skip
            post = organisations.create_post(
                by=system,
                at=at,
                organisation=offices[area],
                title=username,
                role=role,
                area=area,
                since=since,
            )
            organisations.appoint(by=system, at=at, post=post, account=account.public_id, since=since)
            found[username] = account.public_id
    return found


@pytest.fixture
def enter(client, accounts):
    def sign_in(username):
        with act_as(access.DOORKEEPER, on=day_of(timezone.now())):
            assert client.post("/sign-in", {"username": username, "password": WORD}).status_code == 302
        return client

    return sign_in


@pytest.fixture
def seal(enter, accounts):
    """The seal of the committee, kept by the clerk at the window."""
    told = {
        "name": "东莺社区居民委员会", "kind": "committee", "since": "2026-01-05", "signed": "领取单 1 号",
        "keeper": str(accounts["window"]),
    }  # fmt: skip
    answer = _post(enter("worker"), "/seals/register/new/", **told)
    assert answer.status_code == 302, answer.content.decode()
    return re.search(r"[0-9a-f-]{36}", answer.url)[0]


def _post(browser, address, **told):
    return browser.post(address, {"request_key": str(uuid4()), **told})


def _asked(browser, **more):
    answer = _post(browser, "/seals/ask/", **(ASK | more))
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def _stamped(enter, seal, *, copies=5):
    page = _asked(enter("worker"))
    assert _post(enter("second"), f"{page}decide/", approve="yes").status_code == 302
    assert _post(enter("window"), f"{page}stamp/", seal=seal, copies=copies).status_code == 302
    return page


@pytest.mark.requirement("S4-05")
def test_what_is_not_listed_or_among_the_twenty_is_refused_with_the_right_body_and_printed(enter, seal):
    browser = enter("worker")
    banned = browser.get(_asked(browser, document="无犯罪记录证明", use="resolution")).content.decode()
    assert "民发〔2020〕20号" in banned and "公安派出所" in banned
    hidden = browser.get(_asked(browser, document="婚姻状况说明", use="resolution")).content.decode()
    assert "婚姻登记机关" in hidden
    unlisted = browser.get(_asked(browser, document="房屋租赁合同", use="")).content.decode()
    assert "不在社区印章使用范围清单里" in unlisted and "潘火街道办事处（0574-88120000）" in unlisted
    outsider = _asked(browser, document="个人介绍", applicant_kind="resident", applicant_name="王桂英")
    assert "不为个人盖章" in browser.get(outsider).content.decode()
    _stamped(enter, seal)
    log = enter("chief").get("/seals/log/print/").content.decode()
    for words in (
        "无犯罪记录证明",
        "公安派出所",
        "房屋租赁合同",
        "关于停车管理的决议",
        f"{timezone.now():%Y}-0001",
    ):
        assert words in log
    assert enter("chief").get("/seals/log/?export=xlsx").status_code == 200


def test_nobody_approves_her_own_request_and_who_approves_does_not_stamp(enter, seal, acting, system):
    page = _asked(enter("worker"))
    own = _post(enter("worker"), f"{page}decide/", approve="yes")
    assert own.status_code == 422 and "由别人审批" in own.content.decode()
    silent = _post(enter("second"), f"{page}decide/", approve="no")
    assert silent.status_code == 422 and "写明理由" in silent.content.decode()
    assert _post(enter("second"), f"{page}decide/", approve="yes").status_code == 302
    assert _post(enter("second"), f"{page}stamp/", seal=seal, copies=5).status_code == 422
    much = _post(enter("window"), f"{page}stamp/", seal=seal, copies=6)
    assert much.status_code == 422 and "只批准了 5 份" in much.content.decode()
    with acting(system):
        assert not Stamping.objects.exists()


def test_numbers_have_no_gaps_and_a_spoilt_sheet_keeps_its_own(enter, seal, acting, system):
    page = _stamped(enter, seal)
    with acting(system):
        first = Stamping.objects.get().public_id
    assert _post(enter("window"), f"{page}void/{first}/", why="盖反了").status_code == 302
    assert _post(enter("window"), f"{page}stamp/", seal=seal, copies=5).status_code == 302
    _stamped(enter, seal, copies=1)
    with acting(system):
        rows = list(Stamping.objects.order_by("number").values_list("number", "voided_why"))
    assert rows == [(1, "盖反了"), (2, ""), (3, "")]


def test_a_seal_is_handed_over_with_a_signature_and_a_lost_one_stamps_no_more(enter, seal, accounts):
    browser = enter("worker")
    page = f"/seals/register/{seal}/"
    told = {"act": "hand", "keeper": str(accounts["second"]), "signed": "交接单 7 号"}
    assert _post(browser, page, **told).status_code == 302
    shown = browser.get(page).content.decode()
    assert "交接单 7 号" in shown and "second员" in shown
    asked = _asked(browser)
    assert _post(enter("chief"), f"{asked}decide/", approve="yes").status_code == 302
    before = _post(enter("window"), f"{asked}stamp/", seal=seal, copies=5)
    assert before.status_code == 422
    assert _post(enter("worker"), page, act="end", state="lost", why="已报案并登报").status_code == 302
    after = _post(enter("second"), f"{asked}stamp/", seal=seal, copies=5)
    assert after.status_code == 422


def test_a_resident_asks_at_the_window_and_it_waits_for_approval(enter, seal, person, acting, system):
    clerk = enter("window")
    told = {
        "use": "volunteer_record", "document": "志愿服务记录证明", "purpose": "交给学校", "copies": "1",
        "phone": "13800001234", "paper-document": "seen", "intake-source": "counter",
    }  # fmt: skip
    no = clerk.post(f"/desk/new/seal_request/?person={person}", told | {"document": "单身证明"})
    assert no.status_code == 422 and "婚姻登记机关" in no.content.decode()
    yes = clerk.post(f"/desk/new/seal_request/?person={person}", told)
    assert yes.status_code == 302, yes.content.decode()
    run_pending_jobs()
    with acting(system):
        case, asked = Case.objects.get(), SealRequest.objects.get()
    assert (asked.case, asked.state, asked.applicant_name) == (case.public_id, "waiting", "王桂英")
    assert "志愿服务记录证明" in clerk.get(f"/desk/cases/{case.public_id}/").content.decode()
    assert "待审批" in enter("worker").get("/").content.decode()


def test_the_other_street_sees_neither_seals_nor_requests(enter, seal, acting, system):
    page = _stamped(enter, seal)
    far = enter("far")
    assert far.get(page).status_code == 404 and far.get(f"/seals/register/{seal}/").status_code == 404
    for address in ("/seals/", "/seals/log/", "/seals/register/", "/seals/log/print/"):
        assert "停车管理" not in far.get(address).content.decode()
        assert "东莺" not in far.get(address).content.decode()
    assert _post(far, f"{page}decide/", approve="yes").status_code == 404


def test_the_log_is_printed_for_a_year_at_most_and_for_days_in_their_order(enter, seal):
    worker = enter("worker")
    for first, last, said in (
        ("2026-01-01", "9999-12-31", "一次最多打印一年"),
        ("2026-03-02", "2026-03-01", "不能早于"),
    ):
        answer = worker.get("/seals/log/print/", {"first": first, "last": last})
        assert answer.status_code == 422 and said in answer.content.decode()


def test_a_resident_who_wants_too_many_copies_is_told_at_the_window_and_no_request_is_lost(
    enter, seal, person, acting, system
):
    with acting(system):
        few = find_use("volunteer_record", on=day_of(timezone.now())).model_dump() | {"most_copies": 2}
        publish(
            by=system, at=timezone.now(), kind="seal_use", key="volunteer_record", body=few,
            effective_on=day_of(timezone.now()), change="一次两份",
        )  # fmt: skip
    clerk = enter("window")
    told = {
        "use": "volunteer_record", "document": "志愿服务记录证明", "purpose": "交给学校", "copies": "3",
        "phone": "13800001234", "paper-document": "seen", "intake-source": "counter",
    }  # fmt: skip
    address = f"/desk/new/seal_request/?person={person}"
    refused = clerk.post(address, told)
    assert refused.status_code == 422 and "一次最多 2 份" in refused.content.decode()
    assert clerk.post(address, told | {"copies": "2"}).status_code == 302
