"""Who cannot come is visited by two, who write down when they came and left, what was done, and how she signed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.messages.api import inbox
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import NotAllowed
from yimen.services.homevisit import api as homevisit
from yimen.services.homevisit.models import HomeVisit
from yimen.services.homevisit.rules import why_not_plan, why_not_record
from yimen.work.desk import api as desk
from yimen.work.desk.models import Case

AT = on_day(2026, 11, 2)
DAY = date(2026, 11, 3)
ASKED = {"wants": "办高龄津贴", "why": "legs", "address": "测试路 1 号 301", "phone": "13800001234"}
DONE = {
    "outcome": "done", "arrived_at": on_day(2026, 11, 3, 9), "left_at": on_day(2026, 11, 3, 10),
    "result": "高龄津贴已受理", "signed_how": "phone", "signed_by": "王桂英",
}  # fmt: skip
BACK = on_day(2026, 11, 3, 11)


@pytest.fixture
def crew(street, acting, system):
    """Two community workers with accounts, as actors: 李, 王."""
    start = on_day(2026, 1, 5)
    actors = []
    for username, name in (("li", "李社工"), ("wang", "王社工")):
        with acting(system):
            account = access.create_account(
                by=system, at=start, username=username, name=name, password="Panhuo-2026-east", area=HOME,
                must_change=False,
            ).public_id  # fmt: skip
            access.grant_role(
                by=system, at=start, account=account, role="community_worker", area=HOME, since=start.date()
            )
            actors.append(access.actor_of(account, on=AT.date()))
    return actors


@pytest.fixture
def case(acting, crew, person):
    with acting(crew[0], on=AT.date()):
        asked = desk.Asked("home_visit", person, ASKED, source=desk.Source.PHONE)
        return desk.accept_case(by=crew[0], at=AT, area=HOME, asked=asked).public_id


@pytest.fixture
def plan(acting, crew, case):
    def do(day=DAY, at=AT, **who):
        pair = {"first": crew[0].account, "second": crew[1].account} | who
        with acting(crew[0], on=at.date()):
            return homevisit.plan_visit(by=crew[0], at=at, case=case, day=day, part="morning", **pair)

    return do


class TestPlanning:
    def test_both_are_told_and_the_resident_knows_who_comes(self, acting, crew, case, plan):
        visit = plan()
        assert (visit.staff, visit.address) == ("李社工、王社工", "测试路 1 号 301")
        with acting(crew[1]):
            [message] = inbox(by=crew[1])
            assert "11月3日上午上门" in message.title
            assert [one.public_id for one in homevisit.my_visits(by=crew[1], today=DAY)] == [visit.public_id]
            assert not homevisit.my_visits(by=crew[1], today=AT.date()).exists()

    def test_one_alone_is_not_enough_and_a_stranger_does_not_count(self, crew, plan):
        with pytest.raises(homevisit.CannotPlan, match="两个人"):
            plan(second=crew[0].account)
        with pytest.raises(homevisit.CannotPlan, match="可以上门的同事"):
            plan(second=uuid7())

    def test_no_day_gone_by_and_no_second_one_while_one_is_planned(self, plan):
        with pytest.raises(homevisit.CannotPlan, match="不能早于今天"):
            plan(day=date(2026, 11, 1))
        plan()
        with pytest.raises(homevisit.CannotPlan, match="先记下那次的结果"):
            plan()

    def test_who_does_no_visits_plans_none(self, acting, make_actor, crew, case):
        clerk = make_actor("desk.view_cases", "desk.handle_case", "people.find", area=HOME)
        pair = {"first": crew[0].account, "second": crew[1].account}
        with acting(clerk), pytest.raises(NotAllowed):
            homevisit.plan_visit(by=clerk, at=AT, case=case, day=DAY, part="morning", **pair)


class TestRecording:
    def test_in_and_out_result_and_signature_stand_on_the_case(self, acting, crew, case, plan):
        visit = plan()
        with acting(crew[1], on=DAY):
            homevisit.record_visit(by=crew[1], at=BACK, visit=visit.public_id, **DONE)
            [row] = homevisit.visits_of_case(case, by=crew[1])
            assert (row.left_at - row.arrived_at, row.signed_by) == (timedelta(hours=1), "王桂英")
            with pytest.raises(homevisit.CannotRecord, match="已经记过"):
                homevisit.record_visit(by=crew[1], at=BACK, visit=visit.public_id, **DONE)

    def test_nobody_at_home_is_written_down_without_a_signature_and_they_go_again(self, acting, crew, plan):
        visit = plan()
        with acting(crew[0], on=DAY):
            told = DONE | {"outcome": "absent", "result": "敲门没有人应"}
            row = homevisit.record_visit(by=crew[0], at=BACK, visit=visit.public_id, **told)
            assert (row.signed_how, row.signed_by) == ("", "")
        assert plan(day=date(2026, 11, 4), at=BACK).outcome == ""

    def test_the_neighbouring_street_finds_no_visit(self, acting, make_actor, case, plan):
        visit = plan()
        far = make_actor("homevisit.do", area="330212008")
        with acting(far):
            assert not homevisit.visits_of_case(case, by=far).exists()
            with pytest.raises(homevisit.NoVisit):
                homevisit.record_visit(by=far, at=BACK, visit=visit.public_id, **DONE)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"arrived_at": None}, "homevisit.no_times"),
        ({"left_at": on_day(2026, 11, 3, 9)}, "homevisit.order"),
        ({"left_at": on_day(2026, 11, 3, 12)}, "homevisit.ahead"),
        ({"arrived_at": on_day(2026, 11, 2, 23)}, "homevisit.one_day"),
        ({"result": " "}, "homevisit.no_result"),
        ({"signed_how": ""}, "homevisit.unsigned"),
        ({"signed_by": " "}, "homevisit.no_name"),
        ({"outcome": "called_off"}, "homevisit.not_there"),
        ({"outcome": "called_off", "arrived_at": None, "left_at": None, "result": ""}, "homevisit.no_result"),
    ],
)
def test_a_record_that_cannot_be_true_is_refused(changed, code):
    assert why_not_record(**DONE | {"at": BACK} | changed).code == code


def test_what_is_whole_is_not_refused():
    absent = {"outcome": "absent", "result": "", "signed_how": "", "signed_by": ""}
    for changed in ({}, absent, {"signed_how": "witnessed", "signed_by": ""}):
        assert why_not_record(**DONE | {"at": BACK} | changed) is None


def test_a_settled_case_needs_no_visit():
    first, second = uuid7(), uuid7()
    told = {
        "first": first,
        "second": second,
        "crew": (first, second),
        "day": DAY,
        "on": DAY,
        "pending": False,
    }
    assert why_not_plan(**told, open_case=False).code == "homevisit.not_open"
    assert why_not_plan(**told, open_case=True) is None


@pytest.mark.requirement("S0-18")
def test_a_caller_with_bad_legs_is_visited_by_two_who_sign_in_and_out(
    signed_in, acting, system, crew, person
):
    clerk = signed_in("clerk", "window_clerk")
    posted = ASKED | {"when": "any", "intake-source": "phone"}
    assert clerk.post(f"/desk/new/home_visit/?person={person}", posted).status_code == 302
    with acting(system):
        case = Case.objects.get().public_id
    page = clerk.get(f"/desk/cases/{case}/").content.decode()
    address = f"/homevisit/cases/{case}/plan/"
    assert address in page and "来电" in page
    today = timezone.localdate()
    pair = {"day": today, "part": "morning", "first": str(crew[0].account), "second": str(crew[0].account)}
    offered = clerk.get(address).content.decode()
    assert "李社工" in offered and f'value="{today}"' in offered
    alone = clerk.post(address, pair)
    assert alone.status_code == 422 and "两个人一起去" in alone.content.decode()
    assert clerk.post(address, pair | {"second": str(crew[1].account)}).status_code == 302
    with acting(system):
        visit = f"/homevisit/visits/{HomeVisit.objects.get().public_id}/"
    worker = signed_in("zhou", "grid_worker")  # sees no cases, and need not
    page = worker.get(visit).content.decode()
    assert "请本人写下名字" in page and "办高龄津贴" in page and "测试路 1 号 301" in page
    left = timezone.now().astimezone(STREET_TIME) - timedelta(minutes=1)
    day = left.date() if left.hour else left.date() - timedelta(days=1)
    told = {
        "outcome": "done", "day": day, "arrived": "00:10", "left": f"{left:%H:%M}" if left.hour else "00:40",
        "result": "高龄津贴已受理", "signed_how": "phone", "signed_by": "",
    }  # fmt: skip
    unsigned = worker.post(visit, told)
    assert unsigned.status_code == 422 and "请写明签字的人" in unsigned.content.decode()
    assert worker.post(visit, told | {"signed_by": "王桂英"}).status_code == 302
    again = worker.post(visit, told | {"signed_by": "王桂英"})
    assert again.status_code == 422 and "已经记过" in again.content.decode()
    worker = signed_in("qian", "community_worker")
    page = worker.get(f"/desk/cases/{case}/").content.decode()
    assert "李社工、王社工" in page and "00:10 到" in page and "王桂英（在手机上写名字）" in page
    assert worker.post(f"/desk/cases/{case}/register/", {"result": "已上门办理"}).status_code == 302
    run_pending_jobs()


def test_it_stands_on_the_first_page_of_who_is_to_go(signed_in, acting, system, person):
    for username in ("li", "wang"):
        worker = signed_in(username, "community_worker")
    worker.post(f"/desk/new/home_visit/?person={person}", ASKED | {"when": "any", "intake-source": "phone"})
    with acting(system):
        case = Case.objects.get().public_id
        accounts = {one.username: str(one.public_id) for one in access.accounts(by=system)}
    told = {
        "day": timezone.localdate(),
        "part": "morning",
        "first": accounts["li"],
        "second": accounts["wang"],
    }
    assert worker.post(f"/homevisit/cases/{case}/plan/", told).status_code == 302
    assert "今天上门" in worker.get("/").content.decode()
    assert "今天上门" not in signed_in("zhou", "community_worker").get("/").content.decode()


def test_the_street_staff_can_go_too_where_a_community_is_short(acting, system, crew):
    start = on_day(2026, 1, 5)
    with acting(system):
        account = access.create_account(
            by=system, at=start, username="sun", name="孙科员", password="Panhuo-2026-east", area=STREET,
            must_change=False,
        ).public_id  # fmt: skip
        access.grant_role(
            by=system, at=start, account=account, role="section_officer", area=STREET, since=start.date()
        )
        assert list(homevisit.crew(HOME, by=system, on=AT.date()).values()) == ["李社工", "王社工", "孙科员"]


def test_nobody_goes_where_the_request_was_withdrawn_and_both_are_told(acting, crew, case, plan):
    plan()
    with acting(crew[0], on=AT.date()):
        desk.withdraw_case(by=crew[0], at=AT, case=case, why="女儿回来了")
    run_pending_jobs()
    for one in crew[:2]:
        with acting(one, on=DAY):
            assert not homevisit.my_visits(by=one, today=DAY).exists()
            assert "上门取消了" in {message.title for message in inbox(by=one)}
