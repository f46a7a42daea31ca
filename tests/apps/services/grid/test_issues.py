"""Street issues: a place, a day and what was seen; nobody's name."""

from datetime import date

import pytest
from django.apps import apps

from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.definitions.engine.folders import read_files
from yimen.foundations.documents.api import letters_of
from yimen.services.grid import api as grid
from yimen.services.grid.models import Issue
from yimen.work.desk import api as desk
from yimen.work.desk.models import CaseStep
from yimen.work.ledger.api import entries_of_source

AT, LATER = on_day(2026, 11, 20), on_day(2026, 11, 24)
ANSWERS = {
    "kind": "facilities",
    "place": "测试路口",
    "seen": "井盖没了",
    "seen_on": "2026-11-20",
    "danger": True,
}
RIGHTS = (
    "desk.accept_case", "desk.handle_case", "desk.view_cases", "people.find", "people.view_file",
    "documents.issue_letter", "documents.open", "grid.view_issues", "ledger.view",
)  # fmt: skip


@pytest.fixture
def worker(make_actor):
    return make_actor(*RIGHTS, area=HOME, name="孙网格")


@pytest.fixture
def report(acting, worker, person):
    """``report(at=…, **answers)``: taken in and noted."""

    def do(at=AT, **answers):
        asked = desk.Asked("street_issue", person, ANSWERS | answers, source=desk.Source.PATROL)
        with acting(worker, on=at.date()):
            case = desk.accept_case(by=worker, at=at, area=HOME, asked=asked).public_id
        run_pending_jobs()
        return case

    return do


@pytest.fixture
def handled(acting, worker, report):
    def do(result="井盖已补装", **answers):
        case = report(**answers)
        with acting(worker, on=LATER.date()):
            desk.register_case(by=worker, at=LATER, case=case, result=result)
        run_pending_jobs()
        return case

    return do


def test_a_report_needs_no_paper_and_is_noted_by_place(acting, worker, report):
    case = report()
    with acting(worker):
        [issue] = grid.issues(HOME, by=worker)
        assert (issue.case, issue.kind, issue.place) == (case, "facilities", "测试路口")
        assert (issue.seen_on, issue.closed_on) == (date(2026, 11, 20), None)


def test_what_cannot_wait_and_who_handles_it_is_said_when_it_is_taken_in(acting, worker, report):
    report()
    with acting(worker):
        step = CaseStep.objects.get(kind="accepted")
    assert "先围挡" in step.note and "城建科室" in step.note and "围挡" not in step.said


def test_the_next_one_who_sees_it_is_recognised_and_not_turned_away(acting, worker, report):
    report()
    second = report(place="测试路口东侧", seen_on="2026-11-20")
    with acting(worker):
        step = CaseStep.objects.get(kind="accepted", case__public_id=second)
        assert "已有人报过同类问题：测试路口" in step.note
        assert grid.issues(HOME, by=worker).count() == 2


def test_another_kind_or_one_that_is_closed_is_not_the_same(acting, worker, handled, report):
    handled()
    case = report()
    other = report(kind="environment")
    with acting(worker):
        for one in (case, other):
            assert "已有人报过" not in CaseStep.objects.get(kind="accepted", case__public_id=one).note


def test_the_reporter_is_told_what_was_done(acting, worker, handled):
    case = handled(result="井盖已补装，原井盖找不到，已换新")
    with acting(worker):
        view = desk.get_case(case, by=worker)
        assert "井盖已补装，原井盖找不到，已换新" in str(letters_of(case, by=worker)[-1].sheet)
        assert any("已换新" in step.said for step in view.steps)
        assert grid.issues(HOME, by=worker).get().closed_on == LATER.date()
        items = [entry.item for entry in entries_of_source(case, by=worker)]
    assert items == ["case_accepted", "street_issue"]


def test_a_report_is_neither_approved_nor_refused(acting, make_actor, report):
    case = report()
    decider = make_actor(*RIGHTS, "desk.decide_case", area=STREET)
    with acting(decider), pytest.raises(desk.CannotDo, match="不审批"):
        desk.decide_case(
            by=decider, at=LATER, case=case, outcome="refused", reason="小事", investigated="看过"
        )


def test_an_issue_is_noted_and_closed_once_however_often_it_is_heard(acting, system, handled):
    case = handled()
    with acting(system):
        first = grid.close_issue(by=system, at=LATER, case=case)
        assert grid.note_issue(by=system, at=LATER, case=case) == first
        assert Issue.objects.count() == 1


def test_what_is_not_handled_cannot_be_closed(acting, system, report):
    case = report()
    with acting(system), pytest.raises(grid.NotHandled):
        grid.close_issue(by=system, at=LATER, case=case)


def test_an_issue_has_no_column_for_a_person():
    model = apps.get_model("grid", "Issue")
    assert {field.name for field in model._meta.get_fields()} == {
        "id", "public_id", "case", "area", "kind", "place", "seen_on", "closed_on", "recorded_at", "recorded_by",
    }  # fmt: skip


def test_the_form_asks_for_exactly_the_ten_big_types():
    files = read_files()
    types = {one.key: one.body for one in files if one.kind == "issue_kind"}
    [form] = [one.body for one in files if (one.kind, one.key) == ("form", "street_issue")]
    options = {option.value: option.label for option in form.question("kind").options}
    assert options == {key: kind.title for key, kind in types.items()} and len(options) == 10
    assert list(options) == sorted(types, key=lambda key: types[key].order)


class TestWhoSees:
    def test_another_street_and_who_may_not_see_nothing(self, acting, make_actor, report):
        report()
        far = make_actor("grid.view_issues", area="330212008")
        without = make_actor("desk.view_cases", area=HOME)
        with acting(far):
            assert not Issue.objects.exists() and not grid.issues(by=far).exists()
        with acting(without):
            assert not grid.issues(by=without).exists()

    def test_the_panel_shows_the_kind_and_others_like_it(self, acting, worker, report, handled):
        from yimen.work.desk.queries import case_panels_of

        handled(place="测试路 1 号")
        case = report()
        with acting(worker):
            found = desk.get_case(case, by=worker).case
            [(panel, content)] = case_panels_of(found, by=worker, today=AT.date())
        assert panel.title == "问题情况" and content["kind"].title == "公共设施"
        assert [one.place for one in content["like"]] == ["测试路 1 号"]


def test_street_words_find_the_matter(acting, worker, street):
    with acting(worker):
        for words in ("路灯坏了", "井盖", "乱停车", "随手拍", "堵消防通道"):
            keys = [choice.key for choice in desk.find_matters(words, by=worker, on=AT.date())]
            assert "street_issue" in keys, words


def test_a_report_that_was_withdrawn_or_a_slip_leaves_no_open_issue(acting, worker, report):
    for drop in (desk.withdraw_case, desk.void_case):
        case = report()
        with acting(worker, on=AT.date()):
            drop(by=worker, at=AT, case=case, why="报错了")
        run_pending_jobs()
        with acting(worker, on=AT.date()):
            assert Issue.objects.get(case=case).closed_on == AT.date()
