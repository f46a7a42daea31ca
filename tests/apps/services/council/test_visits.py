"""A visitor leaves with an answer or with a date; the date is kept, put off in time with a reason, or seen to be late."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.documents.api import letters_of
from yimen.foundations.messages.api import inbox
from yimen.services.council import api as council
from yimen.services.council.models import PromisedAnswer
from yimen.services.council.rules import visit_to_mind
from yimen.work.desk import api as desk
from yimen.work.desk.models import Case

AT = on_day(2026, 11, 2)
LEAK = {"kind": "request", "problem": "楼上漏水，没人管", "visitors": 2, "phone": "13800001234"}
RIGHTS = (
    "desk.accept_case", "desk.handle_case", "desk.view_cases", "people.find", "documents.issue_letter",
    "documents.open", "messages.read_inbox",
)  # fmt: skip
GO_AND_SEE = "社区和物业到楼上查看漏点"


@pytest.fixture
def window(make_actor):
    return make_actor(*RIGHTS, area=HOME, name="李窗口")


@pytest.fixture
def visit(acting, window, person):
    with acting(window, on=AT.date()):
        asked = desk.Asked("reception_visit", person, LEAK)
        return desk.accept_case(by=window, at=AT, area=HOME, asked=asked).public_id


@pytest.fixture
def state(acting, window, visit):
    def do(day=date(2026, 11, 9), at=AT, undertaking=GO_AND_SEE):
        with acting(window, on=at.date()):
            return council.promise_answer(
                by=window, at=at, case=visit, promised_on=day, undertaking=undertaking
            )

    return do


@pytest.fixture
def put_off(acting, window, visit):
    def do(day, at, by=None, why="楼上住户出差"):
        who = by or window
        with acting(who, on=at.date()):
            return council.put_off_answer(by=who, at=at, case=visit, until=day, why=why)

    return do


class TestStatingADate:
    def test_it_is_given_in_writing_and_owed_until_answered(self, acting, window, visit, state):
        state()
        with acting(window):
            [letter] = [one for one in letters_of(visit, by=window) if one.key == "visit_promise"]
            assert "2026年11月9日" in str(letter.sheet) and GO_AND_SEE in str(letter.sheet)
            assert [case.public_id for _, case in council.open_promises(by=window)] == [visit]
            desk.register_case(by=window, at=on_day(2026, 11, 6), case=visit, result="已修好")
        run_pending_jobs()
        with acting(window):
            assert council.open_promises(by=window) == []
            assert council.promise_of_case(visit, by=window).answered_on == date(2026, 11, 6)

    @pytest.mark.parametrize(
        ("told", "sentence"),
        [
            ({"day": AT.date()}, "今天就能答复的请直接答复"),
            ({"day": date(2026, 11, 24)}, "答复日期不能更晚"),
            ({"undertaking": "  "}, "由谁去做什么"),
        ],
    )
    def test_a_date_that_says_nothing_is_refused(self, state, told, sentence):
        with pytest.raises(council.CannotPromise, match=sentence):
            state(**told)

    def test_a_second_date_is_a_delay_and_must_say_so(self, state):
        state()
        with pytest.raises(council.CannotPromise, match="在到期前延期"):
            state(day=date(2026, 11, 12))

    def test_who_was_answered_needs_no_date(self, acting, window, visit, state):
        with acting(window):
            desk.register_case(by=window, at=AT, case=visit, result="当场说清了")
        run_pending_jobs()
        with pytest.raises(council.CannotPromise, match="已经答复"):
            state()


class TestPuttingOff:
    def test_before_it_ends_with_a_reason_and_in_writing(self, acting, window, visit, state, put_off):
        state()
        promise = put_off(date(2026, 11, 16), on_day(2026, 11, 9))
        assert (promise.first_on, promise.promised_on) == (date(2026, 11, 9), date(2026, 11, 16))
        with acting(window):
            [letter] = [one for one in letters_of(visit, by=window) if one.key == "visit_extended"]
        assert "楼上住户出差" in str(letter.sheet)

    def test_when_the_day_is_over_it_is_late_and_stays_late(self, state, put_off):
        state()
        with pytest.raises(council.CannotPromise, match="已经过了"):
            put_off(date(2026, 11, 16), on_day(2026, 11, 10))

    def test_beyond_sixty_days_only_with_who_may_decide_and_never_beyond_ninety(
        self, make_actor, state, put_off
    ):
        state()
        head = make_actor(*RIGHTS, "desk.decide_case", area=STREET, name="陈主任")
        at, sixty, ninety = on_day(2026, 11, 5), date(2027, 1, 1), date(2027, 1, 31)
        with pytest.raises(council.CannotPromise, match="街道负责人"):
            put_off(sixty + timedelta(days=1), at)
        assert put_off(sixty, at).promised_on == sixty
        with pytest.raises(council.CannotPromise, match="满 90 日"):
            put_off(ninety + timedelta(days=1), at, by=head)
        assert put_off(ninety, at, by=head).promised_on == ninety

    @pytest.mark.parametrize(("day", "why", "sentence"), [(9, "出差", "比原来的晚"), (12, " ", "写明理由")])
    def test_an_empty_delay_is_refused(self, state, put_off, day, why, sentence):
        state()
        with pytest.raises(council.CannotPromise, match=sentence):
            put_off(date(2026, 11, day), on_day(2026, 11, 5), why=why)


class TestReminding:
    def test_whoever_stated_it_is_told_once_two_days_before(self, acting, system, person):
        with acting(system):
            account = access.create_account(
                by=system, at=on_day(2026, 1, 5), username="li", name="李窗口", password="Panhuo-2026-east",
                area=HOME, must_change=False,
            ).public_id  # fmt: skip
            access.grant_role(
                by=system,
                at=on_day(2026, 1, 5),
                account=account,
                role="window_clerk",
                area=HOME,
                since=date(2026, 1, 5),
            )
            clerk = access.actor_of(account, on=AT.date())
        with acting(clerk, on=AT.date()):
            asked = desk.Asked("reception_visit", person, LEAK)
            case = desk.accept_case(by=clerk, at=AT, area=HOME, asked=asked).public_id
            council.promise_answer(
                by=clerk, at=AT, case=case, promised_on=date(2026, 11, 9), undertaking=GO_AND_SEE
            )
        with acting(system):
            assert council.remind_of_promises(by=system, at=on_day(2026, 11, 6)) == 0
            assert council.remind_of_promises(by=system, at=on_day(2026, 11, 7)) == 1
            assert council.remind_of_promises(by=system, at=on_day(2026, 11, 8)) == 0
        with acting(clerk):
            [message] = inbox(by=clerk)
            assert "11月9日" in message.title and str(case) in message.link

    def test_a_withdrawn_visit_reminds_nobody(self, acting, window, system, visit, state):
        state()
        with acting(window):
            desk.withdraw_case(by=window, at=AT, case=visit, why="自己解决了")
        with acting(system):
            assert council.remind_of_promises(by=system, at=on_day(2026, 11, 8)) == 0


def test_a_report_of_wrongdoing_and_a_lawsuit_are_minded_and_refused_to_nobody():
    assert [one.severity for kind in ("report", "lawful") for one in visit_to_mind(kind=kind)] == [
        "warn",
        "warn",
    ]
    assert visit_to_mind(kind="request") == []


def test_the_neighbouring_street_sees_no_date(acting, make_actor, visit, state):
    state()
    far = make_actor(*RIGHTS, area="330212008")
    with acting(far):
        assert council.promise_of_case(visit, by=far) is None and council.open_promises(by=far) == []


class TestPages:
    POSTED = LEAK | {"intake-source": "counter"}

    @pytest.fixture
    def case(self, signed_in, acting, system, person):
        done = signed_in("li", "window_clerk").post(
            f"/desk/new/reception_visit/?person={person}", self.POSTED
        )
        assert done.status_code == 302, done.content.decode()
        with acting(system):
            return Case.objects.get().public_id

    def test_no_visitor_leaves_without_an_answer_or_a_date(self, signed_in, acting, system, case):
        clerk = signed_in("wang", "window_clerk")
        address = f"/council/visits/{case}/promise/"
        page = clerk.get(f"/desk/cases/{case}/").content.decode()
        assert address in page and "要说个日期" in page and "作出决定" not in page
        assert "接下来做什么" in clerk.get(address).content.decode()
        assert clerk.post(address, {"promised_on": "", "undertaking": GO_AND_SEE}).status_code == 422
        today = timezone.localdate()
        wrong = clerk.post(address, {"promised_on": today, "undertaking": GO_AND_SEE})
        assert wrong.status_code == 422 and "直接答复" in wrong.content.decode()
        stated = clerk.post(address, {"promised_on": today + timedelta(days=3), "undertaking": GO_AND_SEE})
        assert stated.status_code == 302
        page = clerk.get(f"/desk/cases/{case}/").content.decode()
        assert "限期答复告知书" in page and GO_AND_SEE in page
        assert GO_AND_SEE in clerk.get("/").content.decode()
        later = f"/council/visits/{case}/put-off/"
        assert later in page and "原来说" in clerk.get(later).content.decode()
        moved = {"until": today + timedelta(days=5), "why": "楼上住户出差"}
        assert clerk.post(later, moved).status_code == 302
        assert "楼上住户出差" in clerk.get(f"/desk/cases/{case}/").content.decode()

    def test_answered_the_letter_names_the_way_of_review(self, signed_in, acting, system, case):
        clerk = signed_in("wang", "window_clerk")
        assert clerk.post(f"/desk/cases/{case}/register/", {"result": "物业今天修好"}).status_code == 302
        run_pending_jobs()
        with acting(system):
            [letter] = [one for one in letters_of(case, by=system) if one.key == "visit_answer"]
            assert not PromisedAnswer.objects.exists()
        sheet = clerk.get(f"/documents/letters/{letter.public_id}/").content.decode()
        assert "物业今天修好" in sheet and "三十日内" in sheet and "复查" in sheet
