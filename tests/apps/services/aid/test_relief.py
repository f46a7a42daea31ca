"""Temporary relief from the window to the record, and who sees what of it."""

import pytest

from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.audit.api import trail_of
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.documents.api import letters_of
from yimen.kernel.clock import day_of
from yimen.kernel.money import Money
from yimen.kernel.refusals import NotAllowed
from yimen.registers.people import api as people
from yimen.services.aid import api as aid
from yimen.services.aid.models import Relief
from yimen.work.desk import api as desk
from yimen.work.desk.models import CaseStep
from yimen.work.ledger.api import entries_of_source

ACCEPTED, DECIDED = on_day(2026, 10, 12), on_day(2026, 10, 15)
ANSWERS = {
    "event": "illness",
    "happened_on": "2026-10-08",
    "urgent": True,
    "spending": 150_000,
    "income": 320_000,
    "phone": "13800001234",
    "address": "测试路 1 号",
}


@pytest.fixture
def window(make_actor):
    return make_actor(
        "desk.accept_case", "desk.handle_case", "desk.view_cases", "people.find", "people.view_file",
        "documents.issue_letter", "documents.open", "aid.view_relief", area=HOME, name="李窗口",
    )  # fmt: skip


@pytest.fixture
def section(make_actor):
    return make_actor(
        "desk.decide_case", "desk.handle_case", "desk.view_cases", "people.find", "people.view_file",
        "documents.issue_letter", "documents.open", "aid.view_relief", area=STREET, name="赵科员",
    )  # fmt: skip


@pytest.fixture
def leader(make_actor):
    return make_actor("desk.view_cases", "desk.view_ratings", "ledger.view", area=STREET, name="街道领导")


@pytest.fixture
def apply(acting, window, person):
    """``apply(at=…, **answers)``: an application accepted at the window."""

    def do(at=ACCEPTED, papers=None, **answers):
        asked = desk.Asked(
            matter="temporary_relief",
            person=person,
            answers=ANSWERS | answers,
            papers={"identity": "seen"} if papers is None else papers,
        )
        with acting(window, on=day_of(at)):
            return desk.accept_case(by=window, at=at, area=HOME, asked=asked).public_id

    return do


@pytest.fixture
def granted(acting, window, section, apply):
    """``granted(at=…, decided=…)``: a relief of 1,200 yuan, decided by the street."""

    def do(at=ACCEPTED, decided=DECIDED, **answers):
        case = apply(at=at, **answers)
        with acting(window, on=day_of(at)):
            desk.hand_over_case(by=window, at=at, case=case, why="由街道决定")
        with acting(section, on=day_of(decided)):
            desk.decide_case(by=section, at=decided, case=case, outcome="granted", amount=Money(120_000))
        run_pending_jobs()
        return case

    return do


def test_what_is_granted_is_kept_with_amount_household_and_scheme(acting, system, section, person, granted):
    case = granted()
    with acting(section):
        [relief] = aid.reliefs_of([person], by=section)
    assert (relief.case, relief.event, str(relief.amount)) == (case, "illness", "¥1,200.00")
    assert (relief.decided_on, relief.area) == (DECIDED.date(), HOME)
    assert relief.scheme.key == "default" and relief.recorded_by.startswith("system:")
    with acting(system):
        assert [row.verb for row in trail_of(relief.public_id, by=system)] == ["aid.relief.recorded"]


def test_the_same_decision_heard_twice_is_kept_once(acting, system, granted):
    case = granted()
    with acting(system):
        first = aid.record_relief(by=system, at=DECIDED, case=case)
        assert aid.record_relief(by=system, at=DECIDED, case=case) == first
        assert Relief.objects.count() == 1


def test_the_ledger_counts_one_household_and_no_money(acting, section, granted):
    case = granted()
    with acting(section):
        items = [entry.item for entry in entries_of_source(case, by=section)]
    assert items == ["case_accepted", "temporary_relief"]


def test_the_letter_names_the_amount_in_figures_and_capitals_and_the_remedies(acting, section, granted):
    case = granted()
    with acting(section):
        letter = letters_of(case, by=section)[-1]
    text = str(letter.sheet)
    assert letter.key == "relief_granted"
    assert all(words in text for words in ("¥1,200.00", "壹仟贰佰元整", "六十日", "六个月"))


def test_a_refused_application_leaves_no_relief(acting, window, section, apply, system):
    case = apply()
    with acting(window):
        desk.hand_over_case(by=window, at=ACCEPTED, case=case, why="由街道决定")
    with acting(section):
        why = {"reason": "支出已由医保全额报销", "investigated": "经医保核对，自付为零"}
        desk.decide_case(by=section, at=DECIDED, case=case, outcome="refused", **why)
        assert letters_of(case, by=section)[-1].key == "benefit_refused"
    run_pending_jobs()
    with acting(system):
        assert not Relief.objects.exists()
        with pytest.raises(aid.NotGranted, match="没有批准"):
            aid.record_relief(by=system, at=DECIDED, case=case)


def test_the_same_hardship_is_not_helped_twice_within_the_months_of_the_scheme(granted, apply):
    granted()
    with pytest.raises(desk.CannotAccept, match=r"12 个月内同一事由不重复救助.*医疗救助"):
        apply(at=on_day(2026, 11, 20))


def test_another_hardship_is_accepted_at_any_time(granted, apply):
    granted()
    assert apply(at=on_day(2026, 11, 20), event="fire")


def test_a_merged_file_is_one_person_for_the_rule(acting, system, person, granted, window):
    granted()
    with acting(system):
        twin = people.register_person(by=system, at=on_day(2026, 11, 2), name="王桂英", community=HOME)
        people.merge_people(
            by=system, at=on_day(2026, 11, 3), keep=twin.public_id, alias=person, reason="同一人，重复建档"
        )
    asked = desk.Asked("temporary_relief", twin.public_id, ANSWERS, {"identity": "seen"})
    with acting(window), pytest.raises(desk.CannotAccept, match="不重复救助"):
        desk.accept_case(by=window, at=on_day(2026, 11, 20), area=HOME, asked=asked)


def test_what_a_rule_warns_of_stands_on_the_first_step_and_not_on_the_residents_page(acting, window, apply):
    case = apply(spending=3_000_000)
    with acting(window):
        step = CaseStep.objects.get(kind="accepted")
        assert "超过小额救助上限 ¥2,000.00" in step.note and "小额" not in step.said
        panel = desk.get_case(case, by=window)
    assert panel.case.state == "accepted"


def test_an_urgent_one_is_accepted_without_a_paper_in_hand(acting, window, apply):
    case = apply(event="accident", papers={"identity": "tolerated", "receipts": "tolerated"})
    with acting(window):
        assert desk.get_case(case, by=window).case.due_on.isoformat() == "2026-10-26"


class TestWhoSees:
    def test_the_file_shows_relief_only_to_those_who_may(self, acting, window, make_actor, person, granted):
        granted()
        other = make_actor("people.find", "people.view_file", "desk.view_cases", area=HOME)
        with acting(window):
            cards = {card.title: card for card in people.get_file(person, by=window, on=DECIDED.date()).cards}
            assert str(cards["救助"].card["reliefs"][0].amount) == "¥1,200.00"
        with acting(other):
            file = people.get_file(person, by=other, on=DECIDED.date())
            assert "救助" not in [card.title for card in file.cards]
            assert not aid.reliefs_of([person], by=other).exists()

    def test_a_leader_gets_neither_records_nor_the_case(self, acting, leader, person, granted):
        case = granted()
        with acting(leader):
            assert not aid.reliefs_of([person], by=leader).exists()
            assert aid.relief_of_case(case, by=leader) is None
            with pytest.raises(NotAllowed):
                desk.get_case(case, by=leader)

    def test_another_street_sees_nothing_even_with_the_right(self, acting, make_actor, person, granted):
        granted()
        far = make_actor("aid.view_relief", "people.find", area="330212008")
        with acting(far):
            assert not Relief.objects.exists() and not aid.reliefs_of([person], by=far).exists()

    def test_the_panel_tells_the_local_numbers_and_former_relief(self, acting, section, granted, apply):
        from yimen.work.desk.queries import case_panels_of

        granted()
        case = apply(at=on_day(2026, 11, 20), event="fire", spending=500_000)
        with acting(section):
            found = desk.get_case(case, by=section).case
            [(panel, content)] = case_panels_of(found, by=section, today=on_day(2026, 11, 20).date())
        assert panel.title == "救助情况" and content["above"] and content["granted"] is None
        assert [str(relief.amount) for relief in content["former"]] == ["¥1,200.00"]
        assert not content["scheme"].checked_on
