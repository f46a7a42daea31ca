"""A birth registration: nobody approves or refuses it, and it goes when she asks."""

import pytest
from django.test import Client

from tests.apps.work.desk.conftest import HOME, on_day
from yimen.foundations.access import api as access
from yimen.foundations.audit.api import trail_of
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.forms.api import get_sheet
from yimen.foundations.retention import api as retention
from yimen.kernel.refusals import NotAllowed
from yimen.registers.people import api as people
from yimen.services.family import api as family
from yimen.services.family.models import Registration
from yimen.work.desk import api as desk
from yimen.work.desk.models import CaseStep
from yimen.work.ledger.api import entries_of_source

AT = on_day(2026, 11, 2)
EXPECTING = {"stage": "expecting", "expected_on": "2027-04-10", "remember": True}
PAPERS = {"identity": "seen", "promise": "promised"}
RIGHTS = (
    "desk.accept_case", "desk.handle_case", "desk.view_cases", "people.find", "people.view_file",
    "documents.issue_letter", "documents.open", "family.view_registrations", "family.withdraw_registration",
)  # fmt: skip


@pytest.fixture
def window(make_actor):
    return make_actor(*RIGHTS, area=HOME, name="李窗口")


@pytest.fixture
def register(acting, window, person):
    """``register(person=…, **answers)``: accepted and registered in one visit."""

    def do(who=None, **answers):
        asked = desk.Asked("birth_registration", who or person, {**EXPECTING, **answers}, PAPERS)
        with acting(window, on=AT.date()):
            case = desk.accept_case(by=window, at=AT, area=HOME, asked=asked).public_id
            desk.register_case(by=window, at=AT, case=case)
        run_pending_jobs()
        return case

    return do


@pytest.mark.requirement("S0-02")
def test_identity_and_a_promise_are_enough_before_and_after_the_birth(acting, window, person, register):
    before = register()
    after = register(stage="born", expected_on=None, born_on="2026-10-31")
    with acting(window):
        found = list(family.registrations_of([person], by=window))
        views = [desk.get_case(case, by=window) for case in (before, after)]
    assert {row.stage for row in found} == {"expecting", "born"}
    assert [view.case.outcome for view in views] == ["registered", "registered"]
    assert [{paper.state for paper in view.papers} for view in views] == [{"seen", "promised"}] * 2


@pytest.mark.requirement("S0-02")
def test_nobody_can_approve_or_refuse_it(acting, window, make_actor, person):
    asked = desk.Asked("birth_registration", person, EXPECTING, PAPERS)
    decider = make_actor(*RIGHTS, "desk.decide_case", area=HOME)
    with acting(decider):
        with pytest.raises(desk.CannotAccept, match="登记事项"):
            desk.decline_case(by=decider, at=AT, area=HOME, asked=asked, reason="不符合")
        case = desk.accept_case(by=decider, at=AT, area=HOME, asked=asked).public_id
        for outcome in ("granted", "refused"):
            with pytest.raises(desk.CannotDo, match="不审批"):
                desk.decide_case(by=decider, at=AT, case=case, outcome=outcome, reason="x", investigated="x")


def test_someone_without_local_hukou_registers_on_the_same_terms(acting, system, window, register):
    with acting(system):
        incomer = people.register_person(
            by=system, at=AT, name="陈秀兰", community=HOME, hukou_address="河南省信阳市"
        ).public_id
    case = register(who=incomer)
    with acting(window):
        view = desk.get_case(case, by=window)
        assert (view.case.outcome, view.case.due_on) == ("registered", AT.date())
        assert family.registrations_of([incomer], by=window).count() == 1


@pytest.mark.requirement("S0-04")
def test_at_the_window_the_incomer_meets_the_same_matters_papers_and_limit(
    signed_in, acting, system, street, person
):
    with acting(system):
        incomer = people.register_person(
            by=system, at=AT, name="陈秀兰", community=HOME, hukou_address="河南省信阳市"
        ).public_id
    clerk = signed_in("li", "window_clerk")
    offered, asked = [], []
    for each in (person, incomer):
        offered.append(clerk.get(f"/desk/new/?person={each}").content.decode().count("list-group-item"))
        page = clerk.get(f"/desk/new/birth_registration/?person={each}").content.decode()
        asked.append((page.count('name="paper-'), "承诺时限" in page, "户口" in page))
        answers = {"stage": "born", "born_on": "2026-01-06", "remember": "no", "paper-identity": "seen"}
        posted = {**answers, "paper-promise": "promised", "intake-source": "counter"}
        done = clerk.post(f"/desk/new/birth_registration/?person={each}", posted)
        assert done.status_code == 302, done.content.decode()
    assert offered[0] == offered[1] > 1 and asked[0] == asked[1]
    with acting(system):
        limits = set(desk.find_cases(by=system).values_list("due_on", "legal_due_on"))
    assert len(limits) == 1


def test_a_slip_of_the_pen_is_pointed_out_and_stops_nothing(acting, window, register):
    case = register(expected_on="2028-04-10")
    with acting(window):
        assert "核对是否写错" in CaseStep.objects.get(kind="accepted").note
        assert desk.get_case(case, by=window).case.outcome == "registered"


def test_without_her_consent_nothing_is_kept_beyond_the_case(acting, window, system, person, register):
    case = register(remember=False)
    with acting(system):
        assert not Registration.objects.exists()
        assert family.keep_registration(by=system, at=AT, case=case) is None
        assert [entry.item for entry in entries_of_source(case, by=system)] == [
            "case_accepted",
            "birth_registration",
        ]


def test_heard_twice_it_is_kept_once(acting, system, register):
    case = register()
    with acting(system):
        family.keep_registration(by=system, at=AT, case=case)
        assert Registration.objects.count() == 1


def test_an_unfinished_case_is_not_kept(acting, system, window, person):
    asked = desk.Asked("birth_registration", person, EXPECTING, PAPERS)
    with acting(window):
        case = desk.accept_case(by=window, at=AT, area=HOME, asked=asked).public_id
    with acting(system), pytest.raises(family.NotRegistered):
        family.keep_registration(by=system, at=AT, case=case)


class TestWithdrawal:
    def test_row_and_answers_are_gone_and_the_trail_stays(self, acting, window, system, person, register):
        case = register()
        with acting(window):
            row = family.registrations_of([person], by=window).get()
            sheet = row.sheet
            family.withdraw_registration(by=window, at=AT, registration=row.public_id)
            assert not Registration.objects.exists()
            assert get_sheet(sheet, by=window).answers == {}
            [(_, text)] = desk.get_case(case, by=window).answers
            assert "按本人要求" in text
        with acting(system):
            verbs = [line.verb for line in trail_of(row.public_id, by=system)]
        assert "family.registration.withdrawn" in verbs and "family.registration.kept" in verbs

    def test_it_is_not_kept_again_when_the_event_comes_late(self, acting, window, system, person, register):
        case = register()
        with acting(window):
            row = family.registrations_of([person], by=window).get()
            family.withdraw_registration(by=window, at=AT, registration=row.public_id)
        with acting(system):
            assert family.keep_registration(by=system, at=AT, case=case) is None

    def test_who_may_not_cannot_and_who_is_elsewhere_finds_nothing(
        self, acting, make_actor, person, register
    ):
        register()
        viewer = make_actor("family.view_registrations", "people.find", area=HOME)
        far = make_actor(*RIGHTS, area="330212008")
        with acting(viewer):
            row = family.registrations_of([person], by=viewer).get()
            with pytest.raises(NotAllowed):
                family.withdraw_registration(by=viewer, at=AT, registration=row.public_id)
        with acting(far), pytest.raises(family.NoRegistration):
            family.withdraw_registration(by=far, at=AT, registration=row.public_id)


class TestFile:
    def test_only_the_window_of_the_post_sees_it_on_the_file(
        self, acting, window, make_actor, person, register
    ):
        register()
        other = make_actor("people.find", "people.view_file", area=HOME)
        with acting(window):
            cards = {card.title: card.card for card in people.get_file(person, by=window, on=AT.date()).cards}
        assert "孕产期健康管理" in [one.title for one in cards["生育登记"]["entitlements"]]
        with acting(other):
            file = people.get_file(person, by=other, on=AT.date())
            deeds = people.get_timeline(file, by=other).deeds
        assert "生育登记" not in [card.title for card in file.cards]
        assert not any("生育" in deed.title for deed in deeds)


def test_old_words_find_the_new_way(acting, window, street):
    with acting(window):
        for words in ("准生证", "生育服务证", "怀孕", "生孩子", "登记", "婚育证"):
            keys = [choice.key for choice in desk.find_matters(words, by=window, on=AT.date())]
            assert "birth_registration" in keys, words


def test_entitlements_are_told_by_stage_in_order(acting, window):
    with acting(window):
        born = [one.title for one in family.entitlements("born", by=window, on=AT.date())]
        expecting = [one.title for one in family.entitlements("expecting", by=window, on=AT.date())]
    assert born.index("新生儿“一件事”") < born.index("育儿补贴") and "免费叶酸" not in born
    assert expecting[0] == "孕产期健康管理" and "育儿补贴" not in expecting


def test_the_window_sees_nothing_of_it_on_her_file_and_the_community_does(acting, system, person, register):
    register()
    seen = {}
    for post in ("window_clerk", "community_worker"):
        with acting(system):
            made = access.create_account(
                by=system, at=AT, username=post, name=post, password="Qiangdu-9-hao-mima", area="330212",
                must_change=False,
            )  # fmt: skip
            access.grant_role(by=system, at=AT, account=made.public_id, role=post, area=HOME, since=AT.date())
        client = Client()
        client.post("/sign-in", {"username": post, "password": "Qiangdu-9-hao-mima"})
        seen[post] = client.get(f"/people/{person}/").content.decode()
    assert "预产期" in seen["community_worker"]
    assert "预产期" not in seen["window_clerk"]
    assert "可以享受的服务" not in seen["window_clerk"]
    assert "紧急查阅特殊信息" in seen["window_clerk"]


def test_three_years_after_the_day_row_and_answers_go_by_themselves(acting, window, system, register):
    register()
    soon, late = (AT.replace(year=AT.year + years) for years in (3, 4))
    with acting(system, on=soon.date()):
        assert retention.clear_past_term(by=system, at=soon, key="family_registrations") == 0
        sheet = Registration.objects.get().sheet
    with acting(system, on=late.date()):
        assert retention.clear_past_term(by=system, at=late, key="family_registrations") == 1
        assert not Registration.objects.exists()
        assert get_sheet(sheet, by=system).answers == {}
