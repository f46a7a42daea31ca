"""At the window: accept, say once what is missing, or decline."""

import pytest

from yimen.foundations.documents.api import letters_of
from yimen.kernel.refusals import NotAllowed, NotFound
from yimen.registers.people import api as people
from yimen.work.desk import api as desk
from yimen.work.desk.models import Case, CasePaper, CaseStep
from yimen.work.ledger.api import entries_of_source

HOME = "330212007001"


def test_an_accepted_case_has_number_due_date_receipt_and_ledger_entry(acting, clerk, asked, now):
    with acting(clerk):
        case = desk.accept_case(by=clerk, at=now, area=HOME, asked=asked())
        letters = letters_of(case.public_id, by=clerk)
        [entry] = entries_of_source(case.public_id, by=clerk)
    # Friday 20 November 2026 is day 0; five working days end on Friday the 27th.
    assert (case.state, case.due_on.isoformat(), case.legal_due_on.isoformat()) == (
        "accepted",
        "2026-11-27",
        "2026-12-04",
    )
    assert case.number.startswith("007261120") and [letter.key for letter in letters] == ["acceptance"]
    assert (entry.item, entry.area, entry.sex, entry.age_band) == ("case_accepted", HOME, "female", "65-79")


def test_a_missing_paper_stops_acceptance_and_names_itself(acting, clerk, asked, now):
    with acting(clerk):
        with pytest.raises(desk.CannotAccept, match="还缺：身份证") as refusal:
            desk.accept_case(by=clerk, at=now, area=HOME, asked=asked(papers={}))
        assert not Case.objects.exists() and not CaseStep.objects.exists()
    assert [finding.field for finding in refusal.value.findings] == ["identity"]


def test_a_paper_is_asked_only_when_the_answers_call_for_it(acting, clerk, asked, now):
    with acting(clerk):
        well = desk.accept_case(by=clerk, at=now, area=HOME, asked=asked(sick=False))
        with pytest.raises(desk.CannotAccept, match="诊断证明"):
            desk.accept_case(by=clerk, at=now, area=HOME, asked=asked(sick=True))
        later = {"identity": "seen", "diagnosis": "tolerated"}
        ill = desk.accept_case(by=clerk, at=now, area=HOME, asked=asked(sick=True, papers=later))
        papers = {
            case: set(CasePaper.objects.filter(case=case).values_list("key", flat=True))
            for case in (well, ill)
        }
    assert papers[well] == {"identity"} and papers[ill] == {"identity", "diagnosis"}


def test_a_paper_that_must_be_there_cannot_follow(acting, clerk, asked, now):
    with acting(clerk), pytest.raises(desk.CannotAccept, match="不能容缺后补"):
        desk.accept_case(by=clerk, at=now, area=HOME, asked=asked(papers={"identity": "tolerated"}))


def test_the_one_time_notice_lists_everything_and_supplying_it_accepts(acting, clerk, asked, now):
    with acting(clerk):
        case = desk.give_notice(by=clerk, at=now, area=HOME, asked=asked(papers={}, sick=True))
        assert (case.state, case.due_on) == ("received", None)
        [letter] = letters_of(case.public_id, by=clerk)
        text = str(letter.sheet)
        assert letter.key == "papers_missing" and "身份证" in text and "诊断证明" in text
        half = desk.supply_papers(by=clerk, at=now, case=case.public_id, papers={"identity": "seen"})
        assert half.state == "received"
        whole = desk.supply_papers(by=clerk, at=now, case=case.public_id, papers={"diagnosis": "copied"})
        assert whole.state == "accepted" and whole.due_on


def test_a_notice_is_not_given_when_nothing_is_missing(acting, clerk, asked, now):
    with acting(clerk), pytest.raises(desk.NothingMissing):
        desk.give_notice(by=clerk, at=now, area=HOME, asked=asked())


def test_declining_names_reason_remedy_and_the_right_office(acting, clerk, asked, now):
    with acting(clerk):
        case = desk.decline_case(
            by=clerk, at=now, area=HOME, asked=asked(), reason="不属于街道职权", right_office="区医保分局"
        )
        [letter] = letters_of(case.public_id, by=clerk)
    text = str(letter.sheet)
    assert case.state == "declined"
    assert all(words in text for words in ("不属于街道职权", "区医保分局", "行政复议", "鄞州区人民法院"))


def test_a_registration_cannot_be_declined_on_its_merit(acting, clerk, asked, now):
    with acting(clerk), pytest.raises(desk.CannotAccept, match="登记事项"):
        desk.decline_case(
            by=clerk, at=now, area=HOME, asked=asked("trial_notice", papers={}), reason="不想办"
        )


def test_nobody_accepts_in_the_name_of_the_dead(acting, clerk, system, asked, person, now):
    with acting(system):
        people.record_death(by=system, at=now, person=person, died_on=now.date())
    with acting(clerk), pytest.raises(desk.CannotAccept, match="去世"):
        desk.accept_case(by=clerk, at=now, area=HOME, asked=asked())


def test_a_clerk_does_not_accept_for_herself_or_her_household(acting, clerk, system, asked, person, now):
    from dataclasses import replace

    with acting(system):
        husband = people.register_person(by=system, at=now, name="赵国强", community=HOME, sex="male")
        home = people.found_household(by=system, at=now, householder=person, on=now.date())
        people.join_household(
            by=system, at=now, household=home.public_id, person=husband.public_id, role="10", on=now.date()
        )
    for relative in (person, husband.public_id):
        insider = replace(clerk, person=relative)
        with acting(insider), pytest.raises(desk.OwnHousehold):
            desk.accept_case(by=insider, at=now, area=HOME, asked=asked())


def test_a_clerk_of_another_street_neither_accepts_here_nor_sees_the_case(
    acting, clerk, make_actor, asked, now
):
    stranger = make_actor("desk.accept_case", "desk.view_cases", "people.find", area="330212008", name="远方")
    with acting(clerk):
        case = desk.accept_case(by=clerk, at=now, area=HOME, asked=asked())
    with acting(stranger):
        with pytest.raises(NotAllowed):
            desk.accept_case(by=stranger, at=now, area=HOME, asked=asked())
        with pytest.raises(NotFound):
            desk.accept_case(by=stranger, at=now, area="330212008001", asked=asked())
        with pytest.raises(desk.NoCase):
            desk.get_case(case.public_id, by=stranger)
        assert not Case.objects.exists() and not CaseStep.objects.exists() and not CasePaper.objects.exists()


def test_a_double_click_is_one_case_with_one_receipt(acting, clerk, asked, now):
    with acting(clerk):
        first = desk.accept_case(by=clerk, at=now, area=HOME, asked=asked(), request_key="k1")
        again = desk.accept_case(by=clerk, at=now, area=HOME, asked=asked(), request_key="k1")
        assert first.pk == again.pk and Case.objects.count() == 1
        assert len(letters_of(first.public_id, by=clerk)) == 1
