"""Maternity insurance: explained where a birth is registered; a claim is passed on to who decides it, with slip and number."""

from datetime import date

import pytest

from tests.apps.work.desk.conftest import HOME, on_day
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.documents.api import letters_of
from yimen.registers.people import api as people
from yimen.services.family import api as family
from yimen.work.desk import api as desk
from yimen.work.ledger.api import entries_of_source

pytestmark = pytest.mark.requirement("S2-03")

CLAIM = "maternity_claim"
MONDAY, TUESDAY = on_day(2026, 11, 23), on_day(2026, 11, 24)
RIGHTS = (
    "desk.accept_case", "desk.handle_case", "desk.decide_case", "desk.view_cases", "people.find", "people.view_file",
    "documents.issue_letter", "documents.open", "family.view_registrations", "ledger.view", "ledger.open_file",
)  # fmt: skip
ANSWERS = {
    "kinds": ["allowance"], "insured_as": "employee", "insured_at": "示范市示范区", "employer": "示范机械有限公司",
    "by_agent": False, "phone": "13800001234",
}  # fmt: skip


@pytest.fixture
def window(make_actor):
    return make_actor(*RIGHTS, area=HOME, name="李窗口")


@pytest.fixture
def claimed(acting, window, person):
    """The case of a claim that was taken in on a Monday."""
    asked = desk.Asked(CLAIM, person, ANSWERS, {"identity": "seen", "discharge": "seen"})
    with acting(window, on=MONDAY.date()):
        return desk.accept_case(by=window, at=MONDAY, area=HOME, asked=asked).public_id


def test_who_registers_a_birth_reads_what_the_insurance_pays_and_that_the_claim_is_taken_here(acting, window):
    for stage in ("expecting", "born"):
        with acting(window, on=MONDAY.date()):
            told = {one.title: one for one in family.entitlements(stage, by=window, on=MONDAY.date())}
        insurance = told["生育医疗费用和生育津贴"]
        assert "生育津贴" in insurance.text and "在这里递交" in insurance.text
        assert "社会保险法" in insurance.basis


def test_a_claim_is_passed_on_in_three_days_with_a_numbered_slip_and_judged_by_nobody_here(
    acting, window, claimed
):
    with acting(window, on=MONDAY.date()):
        found = desk.get_case(claimed, by=window)
        assert found.case.due_on == date(2026, 11, 26)
        assert "登记事项" in found.why_not["decide"]
    with acting(window, on=TUESDAY.date()):
        desk.register_case(by=window, at=TUESDAY, case=claimed, result="已转送示范区医保经办机构")
        slip = letters_of(claimed, by=window)[-1]
        assert slip.key == "maternity_claim_passed_on" and "生转〔2026〕1号" in slip.number
        told = str(slip.sheet)
        assert all(words in told for words in ("已转送示范区医保经办机构", "12393", "接收人（签名）"))
        assert found.case.spoken_number in told


def test_a_claim_is_counted_once_and_its_deed_stands_not_on_her_file(acting, window, person, claimed):
    with acting(window, on=TUESDAY.date()):
        desk.register_case(by=window, at=TUESDAY, case=claimed)
    run_pending_jobs()
    with acting(window, on=TUESDAY.date()):
        items = [entry.item for entry in entries_of_source(claimed, by=window)]
        file = people.get_file(person, by=window, on=TUESDAY.date())
        timeline = people.get_timeline(file, by=window)
    assert items == ["case_accepted", "maternity_claim_passed_on"]
    assert "生育保险待遇代收转送" not in str(timeline)


def test_the_words_that_people_say_find_the_matter(acting, window, street):
    with acting(window):
        for words in ("生育津贴", "产检报销", "男方报销"):
            assert CLAIM in [one.key for one in desk.find_matters(words, by=window, on=MONDAY.date())], words
