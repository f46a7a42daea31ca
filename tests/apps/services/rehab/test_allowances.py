"""The two disability allowances from the window to the record, and who sees what of them."""

from datetime import date

import pytest

from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.definitions.api import publish
from yimen.foundations.documents.api import letters_of
from yimen.kernel.clock import day_of
from yimen.kernel.money import Money
from yimen.registers.people import api as people
from yimen.services.rehab import api as rehab
from yimen.services.rehab.models import Allowance
from yimen.work.desk import api as desk
from yimen.work.desk.models import CaseStep
from yimen.work.ledger.api import entries_of_source

ACCEPTED, DECIDED = on_day(2026, 10, 20), on_day(2026, 11, 3)
LIVING, CARE = "disability_living_allowance", "disability_care_allowance"
ANSWERS = {
    LIVING: {
        "grade": "grade_2",
        "valid_until": "2031-05-10",
        "means": "dibao",
        "by_agent": False,
        "phone": "13800001234",
    },
    CARE: {
        "grade": "grade_2",
        "valid_until": "2031-05-10",
        "long_term": True,
        "destitute": False,
        "other_care": "none",
        "by_agent": False,
        "phone": "13800001234",
    },
    "disability_allowance_elsewhere": {
        "kinds": ["living", "care"],
        "hukou_at": "示范省示范县第一街道",
        "by_agent": False,
        "phone": "13800001234",
    },
}
PAPERS = {"identity": "seen", "certificate": "seen"}
RIGHTS = (
    "desk.handle_case", "desk.view_cases", "people.find", "people.view_file", "documents.issue_letter",
    "documents.open", "rehab.view_allowances", "ledger.view",
)  # fmt: skip


@pytest.fixture
def window(make_actor):
    return make_actor("desk.accept_case", *RIGHTS, area=HOME, name="李窗口")


@pytest.fixture
def section(make_actor):
    return make_actor("desk.decide_case", *RIGHTS, area=STREET, name="赵科员")


@pytest.fixture
def apply(acting, window, person):
    """``apply(matter, at=…, **answers)``: accepted at the window."""

    def do(matter, at=ACCEPTED, **answers):
        asked = desk.Asked(matter, person, ANSWERS[matter] | answers, PAPERS)
        with acting(window, on=day_of(at)):
            return desk.accept_case(by=window, at=at, area=HOME, asked=asked).public_id

    return do


@pytest.fixture
def granted(acting, window, section, apply):
    """``granted(matter)``: decided by the street, a hundred yuan a month."""

    def do(matter, **answers):
        case = apply(matter, **answers)
        with acting(window, on=day_of(ACCEPTED)):
            desk.hand_over_case(by=window, at=ACCEPTED, case=case, why="由街道决定")
        with acting(section, on=day_of(DECIDED)):
            desk.decide_case(by=section, at=DECIDED, case=case, outcome="granted", amount=Money(10_000))
        run_pending_jobs()
        return case

    return do


def test_what_is_granted_counts_from_the_month_of_the_application(acting, section, person, granted):
    case = granted(LIVING)
    with acting(section):
        [allowance] = rehab.allowances_of([person], by=section)
    assert (allowance.case, allowance.kind, str(allowance.amount)) == (case, LIVING, "¥100.00")
    assert (allowance.from_month, allowance.decided_on) == (date(2026, 10, 1), date(2026, 11, 3))
    assert (allowance.certificate_until, allowance.scheme.key) == (date(2031, 5, 10), "default")


def test_one_person_may_have_both(acting, section, person, granted):
    granted(LIVING)
    granted(CARE)
    with acting(section):
        assert {one.kind for one in rehab.allowances_of([person], by=section)} == {LIVING, CARE}


def test_accepting_one_reminds_of_the_other(acting, window, apply):
    apply(LIVING)
    with acting(window):
        assert "可以同时申请重度残疾人护理补贴" in CaseStep.objects.get(kind="accepted").note


def test_the_same_decision_heard_twice_is_kept_once(acting, system, granted):
    case = granted(CARE)
    with acting(system):
        first = rehab.record_allowance(by=system, at=DECIDED, case=case)
        assert rehab.record_allowance(by=system, at=DECIDED, case=case) == first
        assert Allowance.objects.count() == 1


@pytest.mark.parametrize(
    ("matter", "answers", "sentence"),
    [
        (LIVING, {"means": "destitute"}, "特困供养已经包含"),
        (LIVING, {"means": "other"}, "可以先申请低保"),
        (CARE, {"destitute": True}, "特困供养已经包含"),
        (CARE, {"grade": "grade_3", "category": "mental"}, "一级、二级"),
        (CARE, {"long_term": False}, "长期照护"),
        (CARE, {"valid_until": "2026-10-19"}, "请先向区残联换证"),
    ],
)
def test_who_is_not_in_the_circle_is_told_why_and_where_to_go(apply, matter, answers, sentence):
    with pytest.raises(desk.CannotAccept, match=sentence):
        apply(matter, **answers)


def test_a_place_that_serves_more_says_so_in_its_own_scheme(acting, system, street, apply):
    at = on_day(2026, 3, 2)
    sample = {"document": "区文件", "confidence": "high"}
    body = {
        "title": "本区标准", "source": sample, "checked_on": "2026-03-02", "living_yuan": 300,
        "care_yuan": {"grade_1": 500, "grade_2": 250, "grade_3": 125},
        "care_extra": [{"category": "mental", "grade": "grade_3"}], "push_days": 3, "decide_days": 10,
        "answer_days": 3, "days_source": sample,
    }  # fmt: skip
    with acting(system):
        publish(by=system, at=at, effective_on=at.date(), kind="disability_scheme", key="330212", body=body)
        scheme = rehab.disability_scheme(HOME, on=ACCEPTED.date())
    assert str(scheme.monthly(CARE, "grade_3")) == "¥125.00"
    assert apply(CARE, grade="grade_3", category="mental")


def test_granted_before_only_warns_because_it_may_have_ended(acting, window, granted, apply):
    granted(CARE)
    case = apply(CARE, at=on_day(2026, 11, 20))
    with acting(window):
        [step] = CaseStep.objects.filter(kind="accepted", case__public_id=case)
        assert "已于 2026-11-03 批准过，请核对是否仍在发放" in step.note


def test_an_application_from_elsewhere_is_passed_on_in_three_days_and_judged_by_nobody_here(
    acting, window, section, apply, system
):
    case = apply("disability_allowance_elsewhere", at=on_day(2026, 11, 20))
    with acting(window):
        found = desk.get_case(case, by=window)
        assert (found.case.due_on, found.case.legal_due_on) == (date(2026, 11, 25),) * 2
        note = CaseStep.objects.get(kind="accepted").note
        assert all(day in note for day in ("2026-11-25", "2026-12-09", "2026-12-14"))
        assert "登记事项" in found.why_not["decide"]
        desk.register_case(by=window, at=on_day(2026, 11, 23), case=case)
    run_pending_jobs()
    with acting(system):
        assert not Allowance.objects.exists()
        with pytest.raises(rehab.NoAllowance):
            rehab.record_allowance(by=system, at=DECIDED, case=case)


def test_a_refusal_names_the_remedies_and_leaves_nothing(acting, window, section, apply, system):
    case = apply(LIVING)
    with acting(window):
        desk.hand_over_case(by=window, at=ACCEPTED, case=case, why="由街道决定")
    with acting(section):
        why = {"reason": "已不在低保范围", "investigated": "经民政核对，低保已于九月终止"}
        desk.decide_case(by=section, at=DECIDED, case=case, outcome="refused", **why)
        letter = letters_of(case, by=section)[-1]
    assert letter.key == "benefit_refused" and "行政复议" in str(letter.sheet)
    run_pending_jobs()
    with acting(system):
        assert not Allowance.objects.exists()


def test_the_letter_says_how_much_a_month_and_that_nobody_must_come(acting, section, granted):
    case = granted(LIVING)
    with acting(section):
        text = str(letters_of(case, by=section)[-1].sheet)
        items = [entry.item for entry in entries_of_source(case, by=section)]
    assert all(words in text for words in ("每月 ¥100.00", "壹佰元整", "当月", "不用您来人", "六十日"))
    assert items == ["case_accepted", LIVING]


class TestWhoSees:
    def test_the_file_shows_it_only_to_those_who_may(self, acting, window, make_actor, person, granted):
        granted(CARE)
        other = make_actor("people.find", "people.view_file", "desk.view_cases", area=HOME)
        with acting(window):
            file = people.get_file(person, by=window, on=DECIDED.date())
            cards = {card.title: card for card in file.cards}
            assert str(cards["残疾人两项补贴"].card["allowances"][0].amount) == "¥100.00"
        with acting(other):
            file = people.get_file(person, by=other, on=DECIDED.date())
            assert "残疾人两项补贴" not in [card.title for card in file.cards]
            assert not rehab.allowances_of([person], by=other).exists()

    def test_another_street_sees_nothing_even_with_the_right(self, acting, make_actor, person, granted):
        granted(CARE)
        far = make_actor("rehab.view_allowances", "people.find", area="330212008")
        with acting(far):
            assert not Allowance.objects.exists() and not rehab.allowances_of([person], by=far).exists()

    def test_the_panel_tells_the_local_amount_and_that_it_is_an_example(self, acting, section, apply):
        from yimen.work.desk.queries import case_panels_of

        case = apply(CARE)
        with acting(section):
            found = desk.get_case(case, by=section).case
            [(panel, content)] = case_panels_of(found, by=section, today=ACCEPTED.date())
        assert panel.title == "两项补贴情况" and str(content["monthly"]) == "¥80.00"
        assert content["scheme"].checked_on is None


def test_window_words_find_the_matters(acting, window, street):
    with acting(window):
        for words, matter in (
            ("残补", LIVING),
            ("要人照顾", CARE),
            ("跨省通办", "disability_allowance_elsewhere"),
        ):
            keys = [choice.key for choice in desk.find_matters(words, by=window, on=ACCEPTED.date())]
            assert matter in keys, words
