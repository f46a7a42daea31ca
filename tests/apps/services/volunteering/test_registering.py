"""Volunteers under their real names: registered at once, renewed, and let go when they ask."""

from datetime import date

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, on_day
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.forms.api import get_sheet
from yimen.kernel.refusals import NotAllowed
from yimen.registers.people import api as people
from yimen.services.volunteering import api as volunteering
from yimen.services.volunteering.models import Volunteer
from yimen.work.desk import api as desk
from yimen.work.desk.models import Case

AT, LATER = on_day(2026, 11, 20), on_day(2026, 12, 1)
MATTER = "volunteer_registration"
ANSWERS = {
    "wishes": ["elders", "culture"],
    "times": ["weekend"],
    "skills": "会理发",
    "minor": False,
    "phone": "13800001234",
}
RIGHTS = (
    "desk.accept_case", "desk.handle_case", "desk.view_cases", "people.find", "people.view_file",
    "documents.issue_letter", "documents.open", "volunteering.view_volunteers", "volunteering.end_volunteering",
)  # fmt: skip


@pytest.fixture
def window(make_actor):
    return make_actor(*RIGHTS, area=HOME, name="李窗口")


@pytest.fixture
def register(acting, window, person):
    """``register(at=…, papers=…, **answers)``: accepted and registered in one visit."""

    def do(who=None, at=AT, papers=None, **answers):
        asked = desk.Asked(MATTER, who or person, ANSWERS | answers, papers or {"identity": "seen"})
        with acting(window, on=at.date()):
            case = desk.accept_case(by=window, at=at, area=HOME, asked=asked).public_id
            desk.register_case(by=window, at=at, case=case)
        run_pending_jobs()
        return case

    return do


def test_who_registers_stands_in_the_register_the_same_day(acting, window, person, register):
    case = register()
    with acting(window):
        [row] = volunteering.volunteers(by=window)
        assert (row.person, row.case, row.registered_on) == (person, case, AT.date())
        assert (row.wishes, row.times, row.skills) == (["elders", "culture"], ["weekend"], "会理发")


@pytest.mark.parametrize("state", ["tolerated", "promised", "missing"])
def test_a_real_name_needs_the_card_on_the_counter(register, state):
    with pytest.raises(desk.CannotAccept, match="身份证"):
        register(papers={"identity": state})


def test_a_second_registration_renews_the_first(acting, window, register):
    register()
    register(at=LATER, wishes=["repair"], times=[], skills="")
    with acting(window):
        [row] = volunteering.volunteers(by=window)
    assert (row.registered_on, row.renewed_on, row.wishes) == (AT.date(), LATER.date(), ["repair"])


def test_a_merged_file_is_one_volunteer(acting, system, window, person, register):
    register()
    with acting(system):
        twin = people.register_person(
            by=system, at=AT, name="王桂英", community=HOME, birth_on=date(1950, 3, 1)
        )
        people.merge_people(by=system, at=AT, keep=twin.public_id, alias=person, reason="同一人，重复建档")
    register(who=twin.public_id, at=LATER)
    with acting(window):
        assert volunteering.volunteers(by=window).count() == 1


def test_a_minor_brings_the_guardians_agreement(acting, system, street, window, register):
    with acting(system):
        pupil = people.register_person(
            by=system, at=AT, name="周小满", community=HOME, birth_on=date(2010, 3, 1)
        ).public_id
    with pytest.raises(desk.CannotAccept, match="监护人书面同意"):
        register(who=pupil)
    with pytest.raises(desk.CannotAccept, match="还缺：监护人书面同意"):
        register(who=pupil, minor=True)
    register(who=pupil, minor=True, papers={"identity": "seen", "guardian": "copied"})
    with acting(window):
        assert volunteering.volunteers(by=window).get().minor


def test_nobody_approves_or_refuses_a_volunteer(acting, window, make_actor, person):
    decider = make_actor(*RIGHTS, "desk.decide_case", area=HOME)
    asked = desk.Asked(MATTER, person, ANSWERS, {"identity": "seen"})
    with acting(decider):
        case = desk.accept_case(by=decider, at=AT, area=HOME, asked=asked).public_id
        with pytest.raises(desk.CannotDo, match="不审批"):
            desk.decide_case(by=decider, at=AT, case=case, outcome="granted")
        with pytest.raises(desk.CannotAccept, match="登记事项"):
            desk.decline_case(by=decider, at=AT, area=HOME, asked=asked, reason="不合适")


class TestLettingGo:
    def test_wishes_and_answers_are_emptied_and_the_period_stays(self, acting, window, register):
        register()
        with acting(window, on=LATER.date()):
            row = volunteering.volunteers(by=window).get()
            sheet = desk.get_case(row.case, by=window).case.sheet
            volunteering.end_volunteering(by=window, at=LATER, volunteer=row.public_id)
            assert not volunteering.volunteers(by=window).exists()
            kept = Volunteer.objects.get()
            assert (kept.registered_on, kept.ended_on, kept.wishes) == (AT.date(), LATER.date(), [])
            assert get_sheet(sheet, by=window).answers == {}

    def test_an_old_event_does_not_bring_her_back(self, acting, system, window, register):
        case = register()
        with acting(window):
            row = volunteering.volunteers(by=window).get()
            volunteering.end_volunteering(by=window, at=AT, volunteer=row.public_id)
        with acting(system):
            assert volunteering.keep_volunteer(by=system, at=LATER, case=case).ended_on
            assert Volunteer.objects.count() == 1

    def test_who_may_not_cannot_and_who_is_elsewhere_finds_nothing(self, acting, make_actor, register):
        register()
        viewer = make_actor("volunteering.view_volunteers", "people.find", area=HOME)
        far = make_actor(*RIGHTS, area="330212008")
        with acting(viewer):
            row = volunteering.volunteers(by=viewer).get()
            with pytest.raises(NotAllowed):
                volunteering.end_volunteering(by=viewer, at=AT, volunteer=row.public_id)
        with acting(far):
            assert not Volunteer.objects.exists() and not volunteering.volunteers(by=far).exists()
            with pytest.raises(volunteering.NoVolunteer):
                volunteering.end_volunteering(by=far, at=AT, volunteer=row.public_id)


def test_what_is_not_registered_cannot_be_kept(acting, system, window, person):
    asked = desk.Asked(MATTER, person, ANSWERS, {"identity": "seen"})
    with acting(window):
        case = desk.accept_case(by=window, at=AT, area=HOME, asked=asked).public_id
    with acting(system), pytest.raises(volunteering.NotRegistered):
        volunteering.keep_volunteer(by=system, at=AT, case=case)


def test_on_the_pages_she_is_registered_shown_in_words_and_let_go(signed_in, acting, system, person):
    clerk = signed_in("li", "window_clerk")
    posted = {
        "wishes": ["elders", "culture"], "times": ["weekend"], "minor": "no", "phone": "13800001234",
        "paper-identity": "seen", "intake-source": "counter",
    }  # fmt: skip
    response = clerk.post(f"/desk/new/{MATTER}/?person={person}", posted)
    assert response.status_code == 302, response.content.decode()
    with acting(system):
        case = Case.objects.get(matter=MATTER).public_id
    clerk.post(f"/desk/cases/{case}/register/", {"result": "志愿者实名登记完成"})
    run_pending_jobs()
    with acting(system):
        address = f"/volunteering/{Volunteer.objects.get().public_id}/end/"
    file = clerk.get(f"/people/{person}/").content.decode()
    assert address in file and "陪伴、探望老年人、文化、体育、读书" in file and "周末" in file
    assert "不用说明理由" in clerk.get(address).content.decode()
    gone = clerk.post(address, {"request_key": f"k{timezone.now().timestamp()}"})
    assert gone.status_code == 302 and gone.url == f"/people/{person}/"
    assert clerk.get(address).status_code == 404
    assert "本人注销" in clerk.get(f"/people/{person}/").content.decode()


def test_two_registrations_of_one_person_become_one_and_come_back_when_she_is_two(
    acting, system, window, person, register
):
    with acting(system):
        twin = people.register_person(
            by=system, at=AT, name="王桂英", community=HOME, birth_on=date(1950, 3, 1)
        )
    register()
    register(who=twin.public_id, wishes=["repair"])
    with acting(system):
        people.merge_people(by=system, at=LATER, keep=twin.public_id, alias=person, reason="同一人，重复建档")
    with acting(window):
        [row] = volunteering.volunteers(by=window).filter(ended_on__isnull=True)
        assert row.person == twin.public_id
    with acting(system):
        people.undo_merge(by=system, at=LATER, alias=person, reason="是两个人")
    with acting(window):
        live = volunteering.volunteers(by=window).filter(ended_on__isnull=True)
        assert {row.person: row.wishes for row in live} == {
            person: ["elders", "culture"],
            twin.public_id: ["repair"],
        }
