"""A slip is undone on its own day by who made it; nothing that rests on it is left standing."""

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import on_day
from tests.apps.work.desk.test_pages import _accept, _case
from yimen.foundations.documents.api import letters_of
from yimen.foundations.documents.models import LetterVoiding
from yimen.kernel.clock import day_of
from yimen.kernel.periods import Month
from yimen.work.desk import api as desk
from yimen.work.desk.engine.numbers import tracking_word
from yimen.work.desk.models import Case, RatingSlip
from yimen.work.ledger.api import Ask, entries_of_source, totals

DAY = on_day(2026, 11, 20)


@pytest.fixture
def taken_in(acting, clerk, asked):
    def do(matter="trial", at=DAY):
        with acting(clerk, on=day_of(at)):
            return desk.accept_case(
                by=clerk, at=at, area=clerk.areas_for("desk.accept_case")[0], asked=asked(matter)
            )

    return do


@pytest.fixture
def delivered(acting, clerk, taken_in):
    case = taken_in("trial_notice").public_id
    with acting(clerk, on=DAY.date()):
        desk.register_case(by=clerk, at=DAY, case=case)
        desk.deliver_case(by=clerk, at=DAY, case=case, way="counter", receiver="王桂英")
    return case


def test_the_page_offers_it_and_the_word_on_the_receipt_says_what_happened(
    signed_in, person, client, acting, system
):
    clerk = signed_in("li", "window_clerk")
    _accept(clerk, person)
    case = _case(acting, system)
    address = f"/desk/cases/{case.public_id}/"
    assert "收错了，作废" in clerk.get(address).content.decode()
    assert clerk.post(f"{address}void/", {"why": "选错了人"}).status_code == 302
    page = clerk.get(address).content.decode()
    assert "误收作废" in page and "选错了人" in page and "收错了，作废" not in page
    told = desk.tracked_case(tracking_word(case.public_id), today=day_of(timezone.now()))
    assert told.state == "窗口录错，已作废" and not told.promise and "选错了人" not in repr(told)


def test_figures_letters_and_hints_forget_a_voided_case(acting, clerk, person, taken_in):
    case = taken_in()
    with acting(clerk, on=DAY.date()):
        month, ask = Month.of(DAY.date()), Ask("accepted", ("case_accepted",))
        desk.void_case(by=clerk, at=DAY, case=case.public_id, why="收了两遍")
        assert sorted(entry.acts for entry in entries_of_source(case.public_id, by=clerk)) == [-1, 1]
        letters = letters_of(case.public_id, by=clerk)
        assert letters and LetterVoiding.objects.count() == len(letters)
        [total] = totals([ask], area=case.area, first=month, last=month, by=clerk)
        assert (total.acts, total.quantity) == (0, 0)
        assert not desk.find_cases(by=clerk).running().exists()


def test_only_the_one_who_took_it_in_and_only_today(acting, make_actor, clerk, taken_in):
    case = taken_in().public_id
    colleague = make_actor("desk.accept_case", "desk.view_cases", "documents.issue_letter", name="孙窗口")
    with acting(colleague, on=DAY.date()), pytest.raises(desk.CannotDo, match="这是同事收的"):
        desk.void_case(by=colleague, at=DAY, case=case, why="看着不对")
    tomorrow = on_day(2026, 11, 21)
    with acting(clerk, on=tomorrow.date()), pytest.raises(desk.CannotDo, match="只有当天"):
        desk.void_case(by=clerk, at=tomorrow, case=case, why="收错了")


def test_what_others_have_worked_on_is_not_voided(acting, clerk, taken_in):
    case = taken_in("street_trial").public_id
    with acting(clerk, on=DAY.date()):
        desk.hand_over_case(by=clerk, at=DAY, case=case, why="街道决定")
        with pytest.raises(desk.CannotDo, match="已经往下办了"):
            desk.void_case(by=clerk, at=DAY, case=case, why="收错了")


def test_a_reason_is_asked_for_and_nothing_happens_without(acting, clerk, taken_in, delivered):
    case = taken_in().public_id
    with acting(clerk, on=DAY.date()):
        with pytest.raises(desk.CannotDo, match="录错了什么"):
            desk.void_case(by=clerk, at=DAY, case=case, why=" ")
        with pytest.raises(desk.CannotDo, match="为什么撤销"):
            desk.undeliver_case(by=clerk, at=DAY, case=delivered, why="")
        assert set(Case.objects.values_list("state", flat=True)) == {"accepted", "delivered"}


def test_a_delivery_that_did_not_happen_is_taken_back_and_can_happen_later(acting, clerk, delivered):
    with acting(clerk, on=DAY.date()):
        desk.undeliver_case(by=clerk, at=DAY, case=delivered, why="人没来")
        view = desk.get_case(delivered, by=clerk)
        assert view.case.state == "decided" and view.delivery is None and not RatingSlip.objects.exists()
        desk.deliver_case(by=clerk, at=DAY, case=delivered, way="home", receiver="王桂英")
        view = desk.get_case(delivered, by=clerk)
    assert view.case.state == "delivered" and view.delivery.way == "home"


def test_a_delivery_that_was_rated_stays(acting, system, clerk, delivered):
    with acting(system, on=DAY.date()):
        desk.rate_case(by=system, at=DAY, word=tracking_word(delivered), grade=5)
    with acting(clerk, on=DAY.date()), pytest.raises(desk.CannotDo, match="已经评价过"):
        desk.undeliver_case(by=clerk, at=DAY, case=delivered, why="人没来")
