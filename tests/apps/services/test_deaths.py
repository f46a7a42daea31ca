"""A death is noted once, on the file, and everything that runs for her ends; an error is taken back and it all goes on."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.audit.api import operation, unchanged
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.messages.api import tell_person
from yimen.foundations.messages.models import CallTask
from yimen.kernel.clock import day_of
from yimen.kernel.money import Money
from yimen.registers.organisations import api as organisations
from yimen.services.eldercare import api as eldercare
from yimen.services.health import api as health
from yimen.services.health.models import Contract
from yimen.services.priority import api as priority
from yimen.services.rehab import api as rehab
from yimen.work.desk import api as desk
from yimen.work.gatherings import api as gatherings
from yimen.work.gatherings.models import SignUp
from yimen.work.programmes import api as programmes
from yimen.work.programmes.models import Duty

AT = on_day(2026, 10, 20)
ALLOWANCE = {
    "grade": "grade_2", "valid_until": "2099-05-10", "means": "dibao", "by_agent": False, "phone": "13800001234",
}  # fmt: skip
VOUCHER = {
    "level": "moderate", "assessed_on": "2026-10-08", "help_online": True, "by_agent": False, "phone": "13800001234",
}  # fmt: skip
PAPERS = {"identity": "seen", "certificate": "seen", "assessment": "seen"}


@operation("tests.death.told")
def tell(*, by, at, person):
    """Tell her something (告知), as a service would."""
    unchanged()
    return tell_person(by=by, at=at, person=person, title="领取通知", text="请来领取", area=HOME)


@pytest.fixture
def taking_part(acting, system, person):
    """Somebody for whom everything runs that the product has: answers nothing, her file says it all."""
    now = timezone.now() - timedelta(minutes=30)
    today = day_of(now)
    with acting(system, on=day_of(AT)):
        for matter, answers, amount in (
            ("disability_living_allowance", ALLOWANCE, Money(10_000)),
            ("elder_voucher", VOUCHER, None),
        ):
            asked = desk.Asked(matter, person, answers, PAPERS)
            case = desk.accept_case(by=system, at=AT, area=HOME, asked=asked).public_id
            desk.hand_over_case(by=system, at=AT, case=case, why="由街道决定")
            desk.decide_case(by=system, at=AT, case=case, outcome="granted", amount=amount)
    run_pending_jobs()
    with acting(system):
        start = {"by": system, "at": AT, "area": STREET, "since": date(2020, 1, 1)}
        centre = organisations.found_organisation(name="潘火社区卫生服务中心", kind="health_centre", **start)
        team = organisations.found_organisation(
            name="第二家庭医生团队", kind="section", parent=centre, **start
        ).public_id
        given = {"package": "elder", "opens_records": False, "phone": "13800001234"}
        asked = desk.Asked("family_doctor", person, given, {"identity": "seen"})
        case = desk.accept_case(by=system, at=now, area=HOME, asked=asked).public_id
        health.sign_contract(by=system, at=now, case=case, team=team)
        priority.mark_person(
            by=system, at=now, person=person, ground="disabled", source="certificate",
            paper_until=today + timedelta(days=90),
        )  # fmt: skip
        programmes.owe_duty(
            by=system,
            at=now,
            title="送防滑垫",
            due_on=today + timedelta(days=5),
            kind="person",
            creditor=person,
        )
        begins = now + timedelta(days=3)
        held = gatherings.plan_gathering(
            by=system, at=now, kind="health_lecture", area=HOME, title="养生讲座", place="活动室",
            starts_at=begins, ends_at=begins + timedelta(hours=1),
        )  # fmt: skip
        gatherings.sign_up(by=system, at=now, gathering=held.public_id, person=person)
        tell(by=system, at=now, person=person)
    run_pending_jobs()


def standing(acting, system, person):
    """What goes on for her, by kind."""
    today = day_of(timezone.now())
    with acting(system):
        return {
            "allowances": [one.kind for one in rehab.allowances_of([person], by=system) if not one.ended_on],
            "benefits": [one.kind for one in eldercare.benefits_of([person], by=system) if not one.ended_on],
            "contracts": Contract.objects.filter(person=person, ended_why="").count(),
            "marks": len(priority.marks_on([person], by=system, on=today + timedelta(days=1))),
            "duties": Duty.objects.filter(person=person).open().count(),
            "seats": SignUp.objects.filter(person=person, seat="in").count(),
            "calls": CallTask.objects.filter(person=person, state="open").count(),
        }


def test_a_death_ends_all_that_runs_for_her_and_an_error_is_taken_back(
    signed_in, acting, system, person, taking_part
):
    before = standing(acting, system, person)
    assert all(before.values()), before
    head = signed_in("zhou", "community_head")
    today = str(day_of(timezone.now()))
    assert "登记错了可以撤销" in head.get(f"/people/{person}/death").content.decode()
    assert head.post(f"/people/{person}/death", {"died_on": today, "source": "同事说"}).status_code == 302
    run_pending_jobs()
    assert not any(standing(acting, system, person).values())
    answer = head.post(f"/people/{person}/death/undo", {"reason": "同名的人"})
    assert answer.status_code == 302
    run_pending_jobs()
    assert standing(acting, system, person) == before


def test_what_is_granted_after_a_death_nobody_knew_of_ends_with_it(signed_in, acting, system, person):
    asked = desk.Asked("disability_living_allowance", person, ALLOWANCE, PAPERS)
    with acting(system, on=day_of(AT)):
        case = desk.accept_case(by=system, at=AT, area=HOME, asked=asked).public_id
        desk.hand_over_case(by=system, at=AT, case=case, why="由街道决定")
    head = signed_in("zhou", "community_head")
    told = {"died_on": "2026-10-25", "source": "死亡医学证明"}
    assert head.post(f"/people/{person}/death", told).status_code == 302
    with acting(system):
        desk.decide_case(by=system, at=timezone.now(), case=case, outcome="granted", amount=Money(10_000))
    run_pending_jobs()
    with acting(system):
        [one] = rehab.allowances_of([person], by=system)
    assert one.ended_on == date(2026, 10, 25)
