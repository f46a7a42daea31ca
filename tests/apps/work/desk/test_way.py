"""From acceptance to the archive, and everything that is not allowed on the way."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.apps.work.desk.conftest import matter, on_day
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.definitions.api import publish, working_calendar
from yimen.foundations.documents.api import letters_of
from yimen.kernel.clock import day_of
from yimen.kernel.money import Money
from yimen.work.desk import api as desk
from yimen.work.desk.models import CaseStep, Decision, Rating
from yimen.work.desk.rules.states import DEEDS, Standing, why_not
from yimen.work.ledger.api import entries_of_source

HOME, STREET = "330212007001", "330212007"


@pytest.fixture
def accepted(acting, clerk, asked):
    def accept(matter="trial", at=None, **told):
        at = at or on_day(2026, 9, 23)
        with acting(clerk, on=day_of(at)):
            return desk.accept_case(by=clerk, at=at, area=HOME, asked=asked(matter, **told)).public_id

    return accept


@pytest.fixture
def decider(make_actor):
    return make_actor(
        "desk.decide_case", "desk.handle_case", "desk.view_cases", "people.find", "documents.issue_letter",
        area=HOME, name="钱书记",
    )  # fmt: skip


def test_the_due_date_skips_holidays_and_counts_make_up_days(acting, clerk, accepted):
    # 23 Sept 2026: 24th is day 1; 25–27 Mid-Autumn; 28, 29, 30 are days 2–4; 1–7 Oct off; the 8th is day 5.
    case = accepted()
    with acting(clerk):
        assert desk.get_case(case, by=clerk).case.due_on.isoformat() == "2026-10-08"


def test_a_due_date_in_a_year_without_a_calendar_is_said_to_be_provisional(acting, clerk, accepted):
    case = accepted(at=on_day(2026, 12, 29))
    with acting(clerk):
        found = desk.get_case(case, by=clerk)
        assert found.case.due_provisional and found.case.due_on.year == 2027
        assert "尚未公布" in desk.promise_in_words(found.matter, on=on_day(2026, 12, 29).date())


def test_a_pause_moves_the_limit_by_the_days_it_stood_still(acting, clerk, accepted):
    case = accepted(at=on_day(2026, 11, 2))
    with acting(clerk):
        paused = desk.pause_case(
            by=clerk, at=on_day(2026, 11, 4), case=case, why="等医院补盖章", basis="行政许可法第四十五条"
        )
        assert paused.paused and paused.due_on is None
        running = desk.resume_case(by=clerk, at=on_day(2026, 11, 11), case=case)
        # Days 1 is the 3rd; the clock stood from the 4th to the 10th; 11, 12, 13, 16 are days 2–5.
        assert running.due_on.isoformat() == "2026-11-16"


def test_handing_over_and_back_leaves_the_due_date_and_both_reasons(acting, clerk, officer, accepted):
    case = accepted()
    with acting(clerk):
        before = desk.get_case(case, by=clerk).case.due_on
        moved = desk.hand_over_case(by=clerk, at=on_day(2026, 9, 24), case=case, why="情况复杂，要入户核对")
        assert (moved.desk_area, moved.due_on) == (STREET, before)
    with acting(officer):
        back = desk.hand_back_case(
            by=officer, at=on_day(2026, 9, 24, 15), case=case, why="已核对，可以在社区办"
        )
        assert (back.desk_area, back.due_on) == (HOME, before)
        notes = list(CaseStep.objects.exclude(note="").values_list("note", flat=True))
    assert notes == ["情况复杂，要入户核对", "已核对，可以在社区办"]


def test_a_case_of_the_street_is_decided_by_the_street_alone(acting, clerk, decider, officer, accepted):
    case = accepted("street_trial")
    at = on_day(2026, 9, 24)
    with acting(decider), pytest.raises(desk.CannotDo, match="由街道决定"):
        desk.decide_case(by=decider, at=at, case=case, outcome="granted")
    with acting(clerk):
        desk.hand_over_case(by=clerk, at=at, case=case, why="按规定上交")
    with acting(officer):
        assert desk.decide_case(by=officer, at=at, case=case, outcome="granted").outcome == "granted"


def test_the_whole_way_leaves_letters_entries_and_an_archive_number(acting, clerk, decider, keeper, accepted):
    case = accepted()
    with acting(decider):
        desk.decide_case(
            by=decider, at=on_day(2026, 9, 24), case=case, outcome="granted", result="补助 800 元"
        )
    with acting(clerk):
        desk.deliver_case(by=clerk, at=on_day(2026, 9, 28), case=case, way="counter", receiver="王桂英")
    with acting(keeper):
        archived = desk.archive_case(by=keeper, at=on_day(2026, 9, 30), case=case, place="3号柜2层7盒")
        assert archived.archive_number == "2026-330212007001-救助-0001"
    with acting(clerk):
        letters = [letter.key for letter in letters_of(case, by=clerk)]
        assert letters == ["acceptance", "approval", "delivery_slip"]
        entries = list(entries_of_source(case, by=clerk))
        run_pending_jobs()
    assert [entry.item for entry in entries] == ["case_accepted", "trial_help"]


def test_a_later_letter_bears_the_word_of_the_receipt_also_after_a_change_of_keys(
    acting, clerk, decider, accepted, settings, client
):
    settings.YIMEN_INDEX_KEYS = {1: "11" * 32}
    early, late = accepted(), accepted()
    at = on_day(2026, 9, 24)
    for case, keys in ((early, {2: "aes:" + "22" * 32, 1: "11" * 32}), (late, {2: "aes:" + "22" * 32})):
        settings.YIMEN_INDEX_KEYS = keys
        with acting(decider):
            desk.decide_case(by=decider, at=at, case=case, outcome="granted", result="补助 800 元")
            receipt, approval = letters_of(case, by=decider)
        assert receipt.tracking_url == approval.tracking_url != ""
        assert client.get(approval.tracking_url).status_code == 200


def test_a_refusal_says_why_on_what_basis_and_what_to_do_next(acting, clerk, decider, accepted):
    case = accepted()
    at = on_day(2026, 9, 24)
    with acting(decider):
        with pytest.raises(desk.CannotDo, match="查明的情况和理由"):
            desk.decide_case(by=decider, at=at, case=case, outcome="refused", reason="收入超过标准")
        desk.decide_case(
            by=decider,
            at=at,
            case=case,
            outcome="refused",
            reason="收入超过标准",
            investigated="家庭月人均收入 3200 元",
        )
        letter = letters_of(case, by=decider)[-1]
    text = str(letter.sheet)
    assert letter.key == "refusal"
    assert all(words in text for words in ("收入超过标准", "3200", "社会救助法", "六十日", "六个月"))


def test_a_notice_is_registered_and_nobody_can_approve_or_refuse_it(acting, clerk, decider, accepted):
    case = accepted("trial_notice", papers={})
    at = on_day(2026, 9, 23, 11)
    with acting(decider):
        for outcome in ("granted", "refused"):
            with pytest.raises(desk.CannotDo, match="不审批"):
                desk.decide_case(by=decider, at=at, case=case, outcome=outcome, reason="x", investigated="x")
    with acting(clerk):
        assert desk.register_case(by=clerk, at=at, case=case).outcome == "registered"
        assert Decision.objects.get().outcome == "registered"


def test_two_people_on_one_case_the_second_is_told(acting, clerk, decider, accepted):
    case = accepted()
    at = on_day(2026, 9, 24)
    with acting(clerk):
        edition = desk.get_case(case, by=clerk).case.edition
        desk.pause_case(by=clerk, at=at, case=case, why="等材料", basis="第四十五条", edition=edition)
    with acting(decider), pytest.raises(desk.CaseChanged, match="同事刚刚"):
        desk.decide_case(by=decider, at=at, case=case, outcome="granted", edition=edition)


@given(
    state=st.sampled_from(
        ["received", "accepted", "decided", "delivered", "archived", "declined", "withdrawn", "voided"]
    ),
    deed=st.sampled_from(DEEDS),
    paused=st.booleans(),
    at_street=st.booleans(),
    way=st.sampled_from(["notice", "decision"]),
)
def test_a_finished_case_stays_finished(state, deed, paused, at_street, way):
    standing = Standing(state=state, state_label=state, paused=paused, way=way, at_street=at_street)
    if state in ("archived", "declined", "withdrawn", "voided"):
        assert why_not(deed, standing) is not None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 12)), max_size=4))
def test_pauses_never_shorten_the_promise(acting, clerk, accepted, pauses):
    """However often the clock stands still, the resident's limit is never earlier than without pauses."""
    from datetime import timedelta

    start = on_day(2026, 3, 2)
    case = accepted(at=start)
    moment = start
    with acting(clerk):
        plain = working_calendar(on=start.date()).add_working_days(start.date(), 5).day
        for wait, length in pauses:
            moment += timedelta(days=wait)
            desk.pause_case(by=clerk, at=moment, case=case, why="等", basis="依据")
            moment += timedelta(days=length)
            desk.resume_case(by=clerk, at=moment, case=case)
        assert desk.get_case(case, by=clerk).case.due_on >= plain


class TestRating:
    @pytest.fixture
    def word(self, acting, clerk, accepted):
        from yimen.work.desk.engine.numbers import tracking_word

        case = accepted("trial_notice", papers={})
        with acting(clerk):
            desk.register_case(by=clerk, at=on_day(2026, 9, 23), case=case)
            desk.deliver_case(by=clerk, at=on_day(2026, 9, 23), case=case, way="counter", receiver="王桂英")
        return tracking_word(case)

    def test_the_word_on_the_receipt_opens_a_view_without_names(self, word):
        seen = desk.tracked_case(word.lower(), today=on_day(2026, 9, 24).date())
        assert seen.matter == "试用登记" and seen.may_rate
        assert "王桂英" not in repr(seen) and "138" not in repr(seen)

    def test_one_case_is_rated_once_and_nothing_leads_back_to_it(self, acting, system, word):
        at = on_day(2026, 9, 24)
        with acting(system):
            desk.rate_case(by=system, at=at, word=word, grade=5, tags=["办得快", "乱填的"], text="谢谢")
            with pytest.raises(desk.CannotRate, match="已经评价过"):
                desk.rate_case(by=system, at=at, word=word, grade=1)
            rating = Rating.objects.get()
        fields = {field.name for field in Rating._meta.get_fields()}
        assert fields == {"public_id", "matter", "area", "month", "grade", "tags", "text", "channel"}
        assert rating.tags == ["办得快"] and rating.month.day == 1

    def test_rating_ends_after_five_working_days(self, acting, system, word):
        with acting(system):
            with pytest.raises(desk.CannotRate, match="已经截止"):
                desk.rate_case(by=system, at=on_day(2026, 10, 10), word=word, grade=5)
            desk.rate_case(by=system, at=on_day(2026, 10, 8), word=word, grade=5)

    def test_who_handled_the_case_cannot_enter_its_paper_card(self, acting, make_actor, clerk, word):
        from dataclasses import replace

        from yimen.kernel.actor import Hold

        rights = frozenset({"desk.enter_paper_rating", "desk.view_cases"})
        same = replace(clerk, holds=(Hold("x", HOME, rights),))
        other = make_actor(*rights, area=HOME)
        at = on_day(2026, 9, 24)
        with acting(same), pytest.raises(desk.CannotRate, match="其他同事"):
            desk.rate_case(by=same, at=at, word=word, grade=5, channel=desk.RatingChannel.PAPER)
        with acting(other):
            given = {"word": word, "grade": 4, "channel": desk.RatingChannel.PAPER, "request_key": "card-1"}
            for _ in range(2):
                desk.rate_case(by=other, at=at, **given)
            assert Rating.objects.count() == 1

    def test_a_wrong_word_opens_nothing(self, street):
        assert desk.tracked_case("AAAAAAAAAAAAA", today=on_day(2026, 9, 24).date()) is None


class TestAmount:
    @pytest.fixture
    def money_case(self, street, acting, system, accepted):
        """A case of a matter that grants money."""
        at = on_day(2026, 1, 5)
        with acting(system):
            publish(
                by=system,
                at=at,
                effective_on=at.date(),
                kind="matter",
                key="money",
                body=matter(result_amount=True),
            )
        return accepted("money")

    def test_a_grant_of_money_says_how_much_and_keeps_it(self, acting, decider, money_case):
        at = on_day(2026, 9, 24)
        with acting(decider):
            with pytest.raises(desk.CannotDo, match="写明金额"):
                desk.decide_case(by=decider, at=at, case=money_case, outcome="granted")
            desk.decide_case(by=decider, at=at, case=money_case, outcome="granted", amount=Money(80_000))
            assert desk.get_case(money_case, by=decider).decision.amount_fen == 80_000

    def test_a_refusal_keeps_no_amount(self, acting, decider, money_case):
        why = {"reason": "收入超过标准", "investigated": "月收入 9000 元", "amount": Money(80_000)}
        with acting(decider):
            desk.decide_case(by=decider, at=on_day(2026, 9, 24), case=money_case, outcome="refused", **why)
            assert desk.get_case(money_case, by=decider).decision.amount_fen is None

    def test_a_matter_that_grants_no_money_takes_no_amount(self, acting, decider, accepted):
        case = accepted()
        with acting(decider), pytest.raises(desk.CannotDo, match="不发钱"):
            desk.decide_case(
                by=decider, at=on_day(2026, 9, 24), case=case, outcome="granted", amount=Money(100)
            )


def test_the_list_of_what_waits_for_me_holds_only_what_i_decide_where_it_lies(
    acting, clerk, decider, officer, accepted
):
    community, street, notice = accepted(), accepted("street_trial"), accepted("trial_notice", papers={})
    today = on_day(2026, 9, 24).date()
    with acting(decider):
        assert [case.public_id for case in desk.work_list("decide", by=decider, today=today)] == [community]
    with acting(officer):
        before = {case.public_id for case in desk.work_list("decide", by=officer, today=today)}
    with acting(clerk):
        desk.hand_over_case(by=clerk, at=on_day(2026, 9, 24), case=street, why="按规定上交")
        assert not list(desk.work_list("decide", by=clerk, today=today))
    with acting(officer):
        after = {case.public_id for case in desk.work_list("decide", by=officer, today=today)}
    assert before == {community}
    assert after == {community, street}
    assert notice not in after
