"""Several people ask about one thing (并案办理): it is decided once, and each is answered by herself."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.audit import api as audit
from yimen.foundations.documents.api import letters_of
from yimen.registers.people import api as people
from yimen.work.desk import api as desk
from yimen.work.desk import operations
from yimen.work.desk.engine.numbers import tracking_word
from yimen.work.desk.models import Case
from yimen.work.ledger.api import entries_of_source

AT = on_day(2026, 11, 2)
ASKED = {
    "answers": {"reason": "路灯不亮", "phone": "13800001234", "sick": False},
    "papers": {"identity": "seen"},
}


@pytest.fixture
def accepted(street, acting, system, clerk):
    """``accepted("甲")``: the case of a resident of that name."""

    def accept(name, matter="trial", at=AT, by=clerk, area=HOME):
        with acting(system):
            person = people.register_person(
                by=system, at=at, name=name, community=HOME, sex="female", birth_on=date(1960, 3, 1)
            )
        asked = desk.Asked(matter=matter, person=person.public_id, **ASKED)
        with acting(by, on=timezone.localdate(at)):
            return desk.accept_case(by=by, at=at, area=area, asked=asked)

    return accept


@pytest.fixture
def decider(make_actor):
    return make_actor(
        "desk.decide_case", "desk.handle_case", "desk.accept_case", "desk.view_cases", "people.find",
        "documents.issue_letter", "documents.open", area=HOME, name="赵科员",
    )  # fmt: skip


def _join(by, case, lead, at=AT):
    operations.join_case(by=by, at=at, case=case.public_id, number=str(lead.spoken_number))


def _not_proven():
    with connection.cursor() as cursor:
        return [one.key for one in audit.prove(cursor, only=["desk"]) if not one.holds]


def test_what_is_decided_for_one_is_decided_for_all_and_each_has_her_own_letter(acting, accepted, decider):
    first, second, third, other = (accepted(name) for name in ("甲", "乙", "丙", "丁"))
    with acting(decider):
        for case in (second, third):
            _join(decider, case, first)
        desk.decide_case(by=decider, at=AT, case=first.public_id, outcome="granted", result="路灯已修好")
        for case in (first, second, third):
            found = desk.get_case(case.public_id, by=decider)
            assert (found.case.state, found.case.outcome) == ("decided", "granted")
            letter = letters_of(case.public_id, by=decider)[-1]
            assert letter.public_id == found.decision.letter
            assert found.case.person_name in str(letter.sheet)
            assert len(entries_of_source(case.public_id, by=decider)) == 2
        assert desk.get_case(other.public_id, by=decider).case.state == "accepted"
        assert _not_proven() == []


def test_who_goes_along_is_decided_alone_only_after_being_taken_out(acting, accepted, decider):
    first, second = accepted("甲"), accepted("乙")
    with acting(decider):
        _join(decider, second, first)
        with pytest.raises(desk.CannotDo, match="先拆开"):
            desk.decide_case(by=decider, at=AT, case=second.public_id, outcome="granted")
        with pytest.raises(desk.CannotDo, match="为什么拆开"):
            operations.part_case(by=decider, at=AT, case=second.public_id, why=" ")
        operations.part_case(by=decider, at=AT, case=second.public_id, why="不是同一盏灯")
        desk.decide_case(by=decider, at=AT, case=first.public_id, outcome="granted")
        assert desk.get_case(second.public_id, by=decider).case.state == "accepted"
        with pytest.raises(desk.CannotDo, match="没有并案"):
            operations.part_case(by=decider, at=AT, case=second.public_id, why="再拆一次")


def test_they_go_to_the_street_together_and_part_when_the_leading_one_is_withdrawn(acting, accepted, clerk):
    first, second = accepted("甲"), accepted("乙")
    with acting(clerk):
        _join(clerk, second, first)
        desk.hand_over_case(by=clerk, at=AT, case=first.public_id, why="疑难")
        assert desk.get_case(second.public_id, by=clerk).case.desk_area == second.street
        desk.withdraw_case(by=clerk, at=AT, case=first.public_id, why="不办了")
        left = desk.get_case(second.public_id, by=clerk).case
        assert (left.state, left.lead_id) == ("accepted", None)
        assert _not_proven() == []


def test_only_the_same_matter_at_the_same_desk_is_joined_and_never_in_a_chain(acting, accepted, decider):
    first, second, third = (accepted(name) for name in ("甲", "乙", "丙"))
    street = accepted("丁", matter="street_trial")
    with acting(decider):
        for number, words in (
            ("007-000000-0000-0", "没有这个编号"),
            (first.number, "不能是它自己"),
            (street.number, "不是同一个事项"),
        ):
            with pytest.raises(desk.CannotDo, match=words):
                operations.join_case(by=decider, at=AT, case=first.public_id, number=number)
        _join(decider, second, first)
        with pytest.raises(desk.CannotDo, match="请填它并入的那一件"):
            _join(decider, third, second)
        with pytest.raises(desk.CannotDo, match="反过来并"):
            _join(decider, first, third)
        desk.withdraw_case(by=decider, at=AT, case=third.public_id, why="不办了")
    fourth = accepted("戊")
    with acting(decider):
        with pytest.raises(desk.CannotDo, match="不在办理中"):
            _join(decider, fourth, third)
        desk.hand_over_case(by=decider, at=AT, case=first.public_id, why="疑难")
        with pytest.raises(desk.CannotDo, match="不在同一个地方"):
            _join(decider, fourth, first)


def test_cases_of_two_windows_are_not_joined(acting, accepted, make_actor):
    hall = make_actor(
        "desk.accept_case", "desk.handle_case", "desk.view_cases", "people.find", "documents.issue_letter",
        "documents.open", area=STREET, name="钱大厅",
    )  # fmt: skip
    here, there = accepted("甲"), accepted("乙", by=hall, area=STREET)
    with acting(hall):
        desk.hand_over_case(by=hall, at=AT, case=here.public_id, why="疑难")
        with pytest.raises(desk.CannotDo, match="不是同一个窗口收的"):
            _join(hall, here, there)


def test_the_pages_join_and_tell_the_applicant_nothing_of_the_others(
    acting, accepted, signed_in, client, system
):
    now = timezone.now()
    first, second = accepted("甲小明", at=now), accepted("乙小红", at=now)
    browser = signed_in("li", "window_clerk")
    work = f"/desk/cases/{second.public_id}/"
    assert browser.post(f"{work}join/", {"number": ""}).status_code == 422
    assert browser.post(f"{work}join/", {"number": first.spoken_number}).status_code == 302
    assert first.spoken_number in browser.get(work).content.decode()
    lead = browser.get(f"/desk/cases/{first.public_id}/").content.decode()
    assert "乙小红" in lead
    told = client.get(f"/t/{tracking_word(second.public_id)}").content.decode()
    assert "一起办，结果会单独告诉您" in told
    assert first.spoken_number not in told
    assert "甲小明" not in told
    assert browser.post(f"{work}part/", {"why": "不是同一件"}).status_code == 302
    with acting(system):
        assert Case.objects.get(public_id=second.public_id).lead_id is None
