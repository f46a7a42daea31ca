"""Watching over one's own work: on-the-spot settlement with samples, bad ratings answered, lateness told."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.access import api as access
from yimen.foundations.definitions.api import publish
from yimen.foundations.messages.models import Message
from yimen.work.desk import api as desk
from yimen.work.desk import operations
from yimen.work.desk.engine.numbers import tracking_word
from yimen.work.desk.models import Case, FollowUp, SpotCheck
from yimen.work.desk.rules.watching import draw
from yimen.work.ledger.api import entries_of_source

AT = on_day(2026, 11, 3)


@pytest.fixture
def same_day(street, acting, system):
    """A registration promised for the same day."""
    from tests.apps.work.desk import conftest

    start = on_day(2026, 1, 5)
    body = conftest.matter(
        way="notice", title="当日登记", papers=[], result="登记回执",
        days={"legal": 5, "promised": 0, "legal_source": "办事指南"},
    )  # fmt: skip
    with acting(system):
        publish(by=system, at=start, effective_on=start.date(), kind="matter", key="same_day", body=body)


@pytest.fixture
def settled(acting, clerk, same_day, asked):
    """``settled()``: one case accepted, registered and handed over in one deed."""

    def settle(at=AT):
        with acting(clerk, on=at.date()):
            return operations.settle_at_once(
                by=clerk, at=at, area=HOME, asked=asked("same_day", papers={}), receiver="王桂英"
            ).public_id

    return settle


@pytest.fixture
def checker(make_actor):
    return make_actor("desk.check_work", "desk.view_cases", area=STREET, name="孙科长")


def test_an_instant_matter_is_settled_in_one_deed_counted_the_same_day_and_sampled_the_next(
    acting, clerk, checker, system, settled
):
    cases = [settled() for _ in range(3)]
    with acting(clerk):
        case = desk.get_case(cases[0], by=clerk).case
        assert (case.state, case.accepted_on, case.settled_on) == ("delivered", AT.date(), AT.date())
        assert {entry.happened_on for entry in entries_of_source(cases[0], by=clerk)} == {AT.date()}
    with acting(system):
        tomorrow = AT + timedelta(days=1)
        assert operations.draw_sample(by=system, at=tomorrow, settled_on=AT.date()) == 1
        operations.draw_sample(by=system, at=tomorrow, settled_on=AT.date())
        [check] = SpotCheck.objects.all()
    with acting(checker):
        with pytest.raises(operations.CannotAnswer, match="什么问题"):
            operations.check_case(by=checker, at=tomorrow, check=check.public_id, verdict="faulty")
        done = operations.check_case(by=checker, at=tomorrow, check=check.public_id, verdict="good")
        assert done.verdict == "good"


def test_what_takes_days_is_not_settled_on_the_spot_and_nothing_is_half_done(acting, clerk, asked):
    with acting(clerk), pytest.raises(desk.CannotDo, match="不是即办件"):
        operations.settle_at_once(by=clerk, at=AT, area=HOME, asked=asked(), receiver="王桂英")
    with acting(clerk):
        assert not Case.objects.exists()


def test_nobody_checks_her_own_case(acting, clerk, system, settled):
    from dataclasses import replace

    from yimen.kernel.actor import Hold

    settled()
    with acting(system):
        operations.draw_sample(by=system, at=AT + timedelta(days=1), settled_on=AT.date())
        [check] = SpotCheck.objects.all()
    same = replace(clerk, holds=(Hold("x", HOME, frozenset({"desk.check_work", "desk.view_cases"})),))
    with acting(same), pytest.raises(operations.CannotAnswer, match="换一位同事"):
        operations.check_case(by=same, at=AT, check=check.public_id, verdict="good")


@given(
    st.lists(st.integers(), unique=True, max_size=60),
    st.integers(0, 100),
    st.integers(0, 5),
    st.text(max_size=8),
)
def test_a_draw_can_be_repeated_and_is_never_larger_than_what_there_is(cases, percent, least, seed):
    drawn = draw(cases, percent=percent, least=least, seed=seed)
    assert drawn == draw(cases, percent=percent, least=least, seed=seed)
    assert len(set(drawn)) == len(drawn) <= len(cases) and set(drawn) <= set(cases)
    assert len(drawn) >= min(len(cases), least)


class TestBadRating:
    @pytest.fixture
    def bad(self, acting, system, settled):
        word = tracking_word(settled())
        with acting(system):
            desk.rate_case(by=system, at=AT, word=word, grade=2, tags=["跑了多次"], text="来了三趟")
            return FollowUp.objects.get()

    def test_it_must_be_answered_in_time_and_nobody_learns_who_rated_or_on_which_day(self, bad):
        assert (
            bad.due_on.isoformat() == "2026-11-15" and bad.public_id.version == 4 and bad.text == "来了三趟"
        )
        assert {"case", "person"}.isdisjoint(field.name for field in FollowUp._meta.get_fields())

    def test_an_answer_says_what_was_found_and_a_plan_has_a_date(self, acting, checker, bad):
        with acting(checker):
            with pytest.raises(operations.CannotAnswer, match="核实到的情况"):
                operations.answer_rating(
                    by=checker, at=AT, follow_up=bad.public_id, verdict="mended", found=" "
                )
            with pytest.raises(operations.CannotAnswer, match="日期"):
                operations.answer_rating(
                    by=checker, at=AT, follow_up=bad.public_id, verdict="planned", found="属实"
                )
            done = operations.answer_rating(
                by=checker, at=AT, follow_up=bad.public_id, verdict="planned", found="清单没贴",
                mend_by=AT.date() + timedelta(days=7)
            )  # fmt: skip
        assert done.verdict == "planned" and done.answered_on == AT.date()

    def test_it_is_answered_once_and_what_was_promised_is_noted_once(self, acting, checker, bad):
        told = {"by": checker, "follow_up": bad.public_id}
        with acting(checker):
            with pytest.raises(operations.CannotAnswer, match="没有定整改期限"):
                operations.finish_mending(at=AT, done="贴了清单", **told)
            plan = {"verdict": "planned", "found": "清单没贴", "mend_by": AT.date() + timedelta(days=7)}
            operations.answer_rating(at=AT, **told, **plan)
            with pytest.raises(operations.CannotAnswer, match="已经回应过"):
                operations.answer_rating(at=AT, **told, verdict="unfounded", found="没有这回事")
            with pytest.raises(operations.CannotAnswer, match="怎么整改"):
                operations.finish_mending(at=AT, done=" ", **told)
            operations.finish_mending(at=AT + timedelta(days=2), done="清单贴在窗口", **told)
            with pytest.raises(operations.CannotAnswer, match="登记过"):
                operations.finish_mending(at=AT, done="又一次", **told)
            [row] = FollowUp.objects.all()
        assert (row.mended, row.mended_on, row.verdict) == (
            "清单贴在窗口",
            AT.date() + timedelta(days=2),
            "planned",
        )

    def test_its_day_is_told_before_it_passes_and_then_to_those_above_until_it_is_done(
        self, acting, system, checker, bad
    ):
        told = {"by": system, "at": AT}
        with acting(system):
            for role in ("section_officer", "section_chief", "leader"):
                account = access.create_account(
                    **told,
                    username=role.replace("_", "-"),
                    name=role,
                    password="Panhuo-2026-east",
                    area=STREET,
                ).public_id
                access.grant_role(**told, account=account, role=role, area=STREET, since=AT.date())

        def chased(day, month=11):
            before = Message.objects.count()
            late = operations.chase_follow_ups(by=system, at=on_day(2026, month, day, 8))
            return late, Message.objects.count() - before

        # To be answered by Sunday the 15th: Friday is the last day that serves.
        with acting(system):
            assert [chased(day) for day in (12, 13, 15, 16, 17, 18)] == [
                (0, 0), (0, 1), (0, 0), (1, 1), (1, 1), (1, 2),
            ]  # fmt: skip
        with acting(checker):
            plan = {"verdict": "planned", "found": "清单没贴", "mend_by": on_day(2026, 11, 25).date()}
            operations.answer_rating(by=checker, at=on_day(2026, 11, 18), follow_up=bad.public_id, **plan)
        with acting(system):
            assert [chased(day) for day in (19, 25, 26)] == [(0, 0), (0, 1), (1, 1)]
        with acting(checker):
            done = {"follow_up": bad.public_id, "done": "清单贴在窗口"}
            operations.finish_mending(by=checker, at=on_day(2026, 11, 26), **done)
        with acting(system):
            assert chased(27) == (0, 0)

    def test_it_stands_on_the_first_page_of_who_answers_until_it_is_done(self, acting, bad, signed_in):
        officer = signed_in("zhao", "section_officer", area=STREET)
        page = f"/desk/follow-ups/{bad.public_id}/"
        home = officer.get("/").content.decode()
        assert "差评待办结" in home
        assert page in home
        mend_by = (timezone.now() + timedelta(days=20)).date().isoformat()
        plan = {"verdict": "planned", "found": "清单没贴", "mend_by": mend_by}
        assert officer.post(page, plan).status_code == 302
        assert "整改完" in officer.get("/").content.decode()
        assert officer.post(page, {"done": ""}).status_code == 422
        assert officer.post(page, {"done": "清单贴在窗口"}).status_code == 302
        assert "清单贴在窗口" in officer.get(page).content.decode()
        assert "差评待办结" not in officer.get("/").content.decode()

    def test_a_good_rating_asks_for_nothing(self, acting, system, settled):
        with acting(system):
            desk.rate_case(by=system, at=AT, word=tracking_word(settled()), grade=3)
            assert not FollowUp.objects.exists()

    def test_another_street_sees_none_of_it(self, acting, make_actor, bad):
        stranger = make_actor("desk.check_work", area="330212008")
        with acting(stranger):
            assert not FollowUp.objects.exists()
            with pytest.raises(operations.NoFollowUp):
                operations.answer_rating(
                    by=stranger, at=AT, follow_up=bad.public_id, verdict="unfounded", found="x"
                )


class TestLateness:
    @pytest.fixture
    def late(self, acting, clerk, asked):
        at = on_day(2026, 10, 26)
        with acting(clerk, on=at.date()):
            return desk.accept_case(by=clerk, at=at, area=HOME, asked=asked())

    def test_each_post_is_told_when_the_delay_has_grown_to_its_step(self, acting, system, late):
        assert late.due_on.isoformat() == "2026-11-02"
        with acting(system):
            told = [operations.tell_lateness(by=system, at=on_day(2026, 11, day, 8)) for day in (2, 3, 5, 9)]
        assert told == [0, 1, 2, 3]

    def test_nobody_is_told_on_a_day_off(self, acting, system, late):
        with acting(system):
            assert operations.tell_lateness(by=system, at=on_day(2026, 11, 8, 8)) == 0

    def test_a_case_that_waits_for_the_resident_is_nobodys_delay(self, acting, clerk, system, late):
        with acting(clerk):
            desk.pause_case(
                by=clerk, at=on_day(2026, 11, 2), case=late.public_id, why="等盖章", basis="第四十五条"
            )
        with acting(system):
            assert operations.tell_lateness(by=system, at=on_day(2026, 11, 9, 8)) == 0


def test_the_pages_of_checks_and_follow_ups_open_and_answer(signed_in, acting, system, settled):
    word = tracking_word(settled())
    with acting(system):
        desk.rate_case(by=system, at=AT, word=word, grade=1, text="态度差")
        operations.draw_sample(by=system, at=AT, settled_on=AT.date())
        check, row = SpotCheck.objects.get(), FollowUp.objects.get()
    browser = signed_in("sun", "section_chief", area=STREET)
    assert "即办件抽查" in browser.get("/desk/checks/").content.decode()
    assert "态度差" in browser.get("/desk/follow-ups/").content.decode()
    assert browser.post(f"/desk/checks/{check.public_id}/", {"verdict": "faulty"}).status_code == 422
    assert browser.post(f"/desk/checks/{check.public_id}/", {"verdict": "good"}).status_code == 302
    answer = {"verdict": "mended", "found": "已向居民当面道歉并培训"}
    assert browser.post(f"/desk/follow-ups/{row.public_id}/", answer).status_code == 302
    assert "已向居民当面道歉" in browser.get(f"/desk/follow-ups/{row.public_id}/").content.decode()


@pytest.mark.requirement("S0-26")
def test_one_screen_settles_an_instant_matter_and_the_next_day_a_sample_is_looked_at_again(
    signed_in, person, same_day, acting, system, client
):
    browser = signed_in("li", "window_clerk")
    told = {"reason": "登记", "sick": "no", "intake-source": "counter", "act": "at_once"}
    page = browser.post(f"/desk/new/same_day/?person={person}", told)
    assert page.status_code == 302
    assert "当场办结" in browser.get(page.url).content.decode()
    with acting(system):
        case = Case.objects.get()
        assert case.accepted_on == case.settled_on
        at = case.received_at + timedelta(days=1)
        assert operations.draw_sample(by=system, at=at, settled_on=case.settled_on) == 1
        check = SpotCheck.objects.get()
    client.post("/sign-out")
    chief = signed_in("sun", "section_chief", area=STREET)
    assert chief.post(f"/desk/checks/{check.public_id}/", {"verdict": "good"}).status_code == 302
    assert "办得好" in chief.get("/desk/checks/").content.decode()
