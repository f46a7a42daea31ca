"""Vouchers and the allowance of high age from the window to the record, and numbers that say where they come from."""

from datetime import date

import pytest
from pydantic import ValidationError

from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.documents.api import letters_of
from yimen.kernel.clock import day_of
from yimen.kernel.money import Money
from yimen.registers.people import api as people
from yimen.services.eldercare import api as eldercare
from yimen.services.eldercare.engine.schemes import Figure
from yimen.services.eldercare.models import ElderBenefit
from yimen.work.desk import api as desk
from yimen.work.desk.models import CaseStep

AT, LATER = on_day(2026, 11, 20), on_day(2026, 11, 27)
VOUCHER, HIGH_AGE = "elder_voucher", "high_age_allowance"
ANSWERS = {
    VOUCHER: {
        "level": "moderate",
        "assessed_on": "2026-10-08",
        "help_online": True,
        "by_agent": False,
        "phone": "13800001234",
    },
    HIGH_AGE: {"elsewhere": False, "by_agent": False, "phone": "13800001234"},
}
PAPERS = {"identity": "seen", "assessment": "seen"}
RIGHTS = (
    "desk.handle_case", "desk.view_cases", "people.find", "people.view_file", "documents.issue_letter",
    "documents.open", "eldercare.view_benefits",
)  # fmt: skip


@pytest.fixture
def window(make_actor):
    return make_actor("desk.accept_case", *RIGHTS, area=HOME, name="李窗口")


@pytest.fixture
def section(make_actor):
    return make_actor("desk.decide_case", *RIGHTS, area=STREET, name="赵科员")


@pytest.fixture
def elder(street, acting, system):
    """``elder(birth_on)``: somebody of that age."""

    def make(birth_on):
        with acting(system):
            return people.register_person(
                by=system,
                at=on_day(2026, 1, 5),
                name="陈阿婆",
                community=HOME,
                sex="female",
                birth_on=birth_on,
            ).public_id

    return make


@pytest.fixture
def apply(acting, window):
    def do(matter, person, at=AT, **answers):
        asked = desk.Asked(matter, person, ANSWERS[matter] | answers, PAPERS)
        with acting(window, on=day_of(at)):
            return desk.accept_case(by=window, at=at, area=HOME, asked=asked).public_id

    return do


@pytest.fixture
def granted(acting, window, section, apply):
    def do(matter, person, amount=None, **answers):
        case = apply(matter, person, **answers)
        with acting(window):
            desk.hand_over_case(by=window, at=AT, case=case, why="由街道决定")
        with acting(section, on=LATER.date()):
            desk.decide_case(by=section, at=LATER, case=case, outcome="granted", amount=amount)
        run_pending_jobs()
        return case

    return do


def test_a_voucher_is_kept_with_its_level_and_the_ceiling_of_the_day(acting, section, person, granted):
    case = granted(VOUCHER, person)
    with acting(section):
        [benefit] = eldercare.benefits_of([person], by=section)
        letter = letters_of(case, by=section)[-1]
    assert (benefit.kind, benefit.level, benefit.assessed_on) == (VOUCHER, "moderate", date(2026, 10, 8))
    assert (str(benefit.monthly), benefit.decided_on, benefit.scheme.key) == (
        "¥800.00", LATER.date(), "default",
    )  # fmt: skip
    assert "消费券按月发到" in str(letter.sheet)


def test_who_was_not_assessed_yet_is_accepted_and_the_handler_is_reminded(acting, window, person, granted):
    granted(VOUCHER, person, level="not_yet", assessed_on=None, address="测试路 1 号")
    with acting(window):
        assert "先安排有资质的机构评估" in CaseStep.objects.get(kind="accepted").note
        assert eldercare.benefits_of([person], by=window).get().level == ""


@pytest.mark.parametrize("level", ["intact", "mild"])
def test_a_milder_level_is_refused_and_told_of_other_services(apply, person, level):
    with pytest.raises(desk.CannotAccept, match="社区助餐"):
        apply(VOUCHER, person, level=level)


@pytest.mark.parametrize(
    ("birth_on", "age", "accepted"),
    [(date(1966, 11, 20), 60, True), (date(1966, 11, 21), 60, False)],
)
def test_sixty_is_reached_on_the_birthday(apply, elder, birth_on, age, accepted):
    if accepted:
        assert apply(VOUCHER, elder(birth_on))
    else:
        with pytest.raises(desk.CannotAccept, match="2026-11-21 起可以申请"):
            apply(VOUCHER, elder(birth_on))


def test_the_allowance_of_high_age_is_kept_with_its_amount(acting, section, elder, granted):
    her = elder(date(1940, 3, 1))
    case = granted(HIGH_AGE, her, amount=Money(10_000))
    with acting(section):
        [benefit] = eldercare.benefits_of([her], by=section)
        text = str(letters_of(case, by=section)[-1].sheet)
    assert (benefit.kind, str(benefit.monthly), benefit.level) == (HIGH_AGE, "¥100.00", "")
    assert "不要求您到场" in text and "壹佰元整" in text and "行政复议" in text


def test_it_is_not_paid_in_two_places(apply, elder):
    with pytest.raises(desk.CannotAccept, match="先在原处停发"):
        apply(HIGH_AGE, elder(date(1940, 3, 1)), elsewhere=True)


def test_the_same_decision_heard_twice_is_kept_once(acting, system, person, granted):
    case = granted(VOUCHER, person)
    with acting(system):
        first = eldercare.record_benefit(by=system, at=LATER, case=case)
        assert eldercare.record_benefit(by=system, at=LATER, case=case) == first
        assert ElderBenefit.objects.count() == 1


def test_what_is_not_granted_cannot_be_kept(acting, system, person, apply):
    case = apply(VOUCHER, person)
    with acting(system), pytest.raises(eldercare.NoBenefit):
        eldercare.record_benefit(by=system, at=LATER, case=case)


class TestNumbers:
    def test_a_number_nobody_looked_up_must_say_so(self):
        assert Figure(source="待核：本地规定").value is None
        with pytest.raises(ValidationError, match="待核"):
            Figure(source="某文件")

    def test_what_is_not_known_is_shown_as_such_and_used_by_no_rule(self, acting, section, person, apply):
        from yimen.work.desk.queries import case_panels_of

        case = apply(VOUCHER, person, assessed_on="2020-01-01")
        with acting(section):
            found = desk.get_case(case, by=section).case
            [(_, content)] = case_panels_of(found, by=section, today=AT.date())
            assert "重新评估" not in CaseStep.objects.get(kind="accepted").note
        voucher = content["scheme"].voucher
        assert voucher.share_percent.value is None and voucher.share_percent.source.startswith("待核")
        assert content["scheme"].checked_on is None

    def test_the_highest_step_reached_is_the_one_that_holds(self, acting, system):
        with acting(system):
            scheme = eldercare.elder_scheme(HOME, on=AT.date())
        assert [scheme.tier_at(age).age_from for age in (80, 89, 90, 99, 100, 111)] == [
            80,
            80,
            90,
            90,
            100,
            100,
        ]
        assert scheme.tier_at(79) is None


class TestWhoSees:
    def test_the_file_shows_it_only_to_those_who_may(self, acting, window, make_actor, person, granted):
        granted(VOUCHER, person)
        other = make_actor("people.find", "people.view_file", area=HOME)
        with acting(window):
            file = people.get_file(person, by=window, on=LATER.date())
            assert "养老待遇" in [card.title for card in file.cards]
        with acting(other):
            file = people.get_file(person, by=other, on=LATER.date())
            deeds = people.get_timeline(file, by=other).deeds
            assert "养老待遇" not in [card.title for card in file.cards]
            assert not any("消费券" in deed.title for deed in deeds)

    def test_another_street_sees_nothing_even_with_the_right(self, acting, make_actor, person, granted):
        granted(VOUCHER, person)
        far = make_actor("eldercare.view_benefits", "people.find", area="330212008")
        with acting(far):
            assert not ElderBenefit.objects.exists()
            assert not eldercare.benefits_of([person], by=far).exists()
