"""Putting off a limit (延期), and the letters that go with what happens to a case."""

from datetime import date

import pytest

from tests.apps.work.desk.conftest import HOME, STREET, matter, on_day
from yimen.foundations.definitions.api import publish
from yimen.foundations.documents.api import letters_of
from yimen.kernel.refusals import NotAllowed
from yimen.work.desk import api as desk
from yimen.work.desk import operations
from yimen.work.desk.models import Case, CaseStep

AT = on_day(2026, 11, 2)
TOLD = {"days": 3, "reason": "要向外地核对参保", "approver": "街道办事处主任张敏"}


@pytest.fixture
def chief(make_actor):
    return make_actor(
        "desk.extend_case", "desk.handle_case", "desk.decide_case", "desk.view_cases", "people.find",
        "documents.issue_letter", area=STREET, name="孙科长",
    )  # fmt: skip


@pytest.fixture
def case(acting, clerk, asked):
    with acting(clerk, on=AT.date()):
        return desk.accept_case(by=clerk, at=AT, area=HOME, asked=asked()).public_id


def _extend(by, case, at=AT, **more):
    return operations.extend_case(by=by, at=at, case=case, **(TOLD | more))


def test_both_limits_the_lists_and_the_letter_follow(acting, chief, case):
    # Accepted on Monday the 2nd: five working days end on the 9th, the legal ten on the 16th.
    with acting(chief):
        late = on_day(2026, 11, 10).date()
        assert [one.public_id for one in desk.late_cases(by=chief, today=late)] == [case]
        done = _extend(chief, case, days=8)
        assert (done.due_on, done.legal_due_on, done.extended_days) == (
            date(2026, 11, 19),
            date(2026, 11, 19),
            8,
        )
        assert not desk.late_cases(by=chief, today=late).exists()
        text = str(letters_of(case, by=chief)[-1].sheet)
        step = CaseStep.objects.get(kind="extended")
    assert "原定于2026年11月9日前办结" in text
    assert "经街道办事处主任张敏批准，办理期限延长 8 个工作日，至2026年11月19日止" in text
    assert step.letter
    assert "11月19日前办结" in step.said


def test_a_promise_put_off_within_the_law_leaves_the_legal_limit(acting, chief, case):
    with acting(chief):
        done = _extend(chief, case)
    assert (done.due_on, done.legal_due_on) == (date(2026, 11, 12), date(2026, 11, 16))


def test_a_pause_afterwards_keeps_what_was_put_off(acting, chief, case):
    with acting(chief):
        _extend(chief, case)
        told = {"why": "等医院补盖章", "basis": "行政许可法第四十五条"}
        desk.pause_case(by=chief, at=on_day(2026, 11, 4), case=case, **told)
        running = desk.resume_case(by=chief, at=on_day(2026, 11, 11), case=case)
    # As without the extension (the 16th, see test_way), and three working days more.
    assert running.due_on == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"days": 11}, "最多延长 10 个工作日"),
        ({"days": 0}, "最多延长"),
        ({"reason": " "}, "为什么延期"),
        ({"approver": ""}, "哪位负责人"),
        ({"at": on_day(2026, 11, 17)}, "法定期限已经过了"),
    ],
)
def test_it_is_refused_with_a_sentence_and_nothing_changes(acting, chief, case, change, words):
    with acting(chief):
        with pytest.raises(desk.CannotDo, match=words):
            _extend(chief, case, **change)
        assert Case.objects.get().due_on == date(2026, 11, 9)


def test_it_is_done_once_and_never_while_the_clock_stands(acting, chief, case):
    with acting(chief):
        _extend(chief, case)
        with pytest.raises(desk.CannotDo, match="已经延过一次"):
            _extend(chief, case)
        assert Case.objects.get().extended_days == 3


def test_a_matter_may_forbid_it(street, acting, system, clerk, chief, asked):
    days = {"legal": 10, "promised": 5, "legal_source": "社会救助法", "extend_most": 0}
    with acting(system):
        start = on_day(2026, 1, 6)
        body = matter(title="不能延期", days=days)
        publish(by=system, at=start, effective_on=start.date(), kind="matter", key="firm", body=body)
    with acting(clerk, on=AT.date()):
        case = desk.accept_case(by=clerk, at=AT, area=HOME, asked=asked("firm")).public_id
    with acting(chief), pytest.raises(desk.CannotDo, match="不能延期"):
        _extend(chief, case)


def test_the_window_may_not(acting, clerk, case):
    with acting(clerk), pytest.raises(NotAllowed):
        _extend(clerk, case)


def test_two_who_put_it_off_at_once_put_it_off_once(acting, chief, case):
    with acting(chief):
        edition = Case.objects.get().edition
        _extend(chief, case, edition=edition)
        with pytest.raises(desk.CaseChanged):
            _extend(chief, case, edition=edition)


class TestLetters:
    def test_a_correction_says_what_and_by_when(self, acting, clerk, case):
        told = {"why": "身份证复印件不清", "basis": "行政许可法第三十二条"}
        with acting(clerk):
            desk.pause_case(by=clerk, at=AT, case=case, **told, supply_by=date(2026, 11, 6))
            letter = letters_of(case, by=clerk)[-1]
        assert letter.key == "correction"
        assert "身份证复印件不清" in str(letter.sheet)
        assert "请于2026年11月6日前补正" in str(letter.sheet)

    def test_a_procedure_says_how_long_the_clock_stands(self, acting, clerk, case):
        told = {"why": "专家评审", "basis": "行政许可法第四十五条", "kind": "procedure"}
        with acting(clerk):
            with pytest.raises(desk.CannotDo, match="几个工作日"):
                desk.pause_case(by=clerk, at=AT, case=case, **told)
            desk.pause_case(by=clerk, at=AT, case=case, **told, days=7)
            letter = letters_of(case, by=clerk)[-1]
        assert letter.key == "suspension"
        assert "专家评审，预计所需时间 7 个工作日，自2026年11月2日起" in str(letter.sheet)

    def test_what_was_withdrawn_is_told_in_writing_with_the_originals(self, acting, clerk, asked):
        from dataclasses import replace

        told = replace(asked(), originals={"identity": "window"})
        with acting(clerk):
            case = desk.accept_case(by=clerk, at=AT, area=HOME, asked=told).public_id
            desk.withdraw_case(by=clerk, at=AT, case=case, why="女儿接走了")
            letter = letters_of(case, by=clerk)[-1]
        assert letter.key == "withdrawal"
        assert "女儿接走了" in str(letter.sheet)
        assert "身份证" in str(letter.sheet)

    def test_a_decision_is_handed_over_against_a_slip_that_is_void_when_it_was_not(
        self, acting, clerk, chief, case
    ):
        with acting(clerk):
            desk.hand_over_case(by=clerk, at=AT, case=case, why="请街道决定")
        with acting(chief):
            desk.decide_case(by=chief, at=AT, case=case, outcome="granted")
            number = letters_of(case, by=chief)[-1].number
        with acting(clerk):
            desk.deliver_case(by=clerk, at=AT, case=case, way="home", receiver="王桂英")
            slip = letters_of(case, by=clerk)[-1]
            assert slip.key == "delivery_slip"
            assert number in str(slip.sheet)
            assert "送达方式：送上门" in str(slip.sheet)
            desk.undeliver_case(by=clerk, at=AT, case=case, why="没有人在家")
            assert hasattr(letters_of(case, by=clerk)[-1], "voiding")

    def test_papers_that_stay_while_others_are_missing_are_receipted(self, acting, clerk, asked):
        with acting(clerk):
            told = asked(sick=True, papers={"diagnosis": "copied"})
            case = desk.give_notice(by=clerk, at=AT, area=HOME, asked=told).public_id
            keys = {one.key: str(one.sheet) for one in letters_of(case, by=clerk)}
        assert set(keys) == {"papers_missing", "receipt"}
        assert "诊断证明" in keys["receipt"]


def test_the_chief_puts_it_off_on_the_page_of_the_case(signed_in, person, acting, system, client):
    browser = signed_in("li", "window_clerk")
    form = {
        "reason": "住院", "phone": "13800001234", "sick": "no", "paper-identity": "seen",
        "intake-source": "counter",
    }  # fmt: skip
    browser.post(f"/desk/new/trial/?person={person}", form)
    with acting(system):
        case = Case.objects.get()
    page = f"/desk/cases/{case.public_id}/"
    assert "延期" not in browser.get(page).content.decode()
    client.post("/sign-out")
    head = signed_in("qian", "community_head")
    assert "最多 10 个工作日" in head.get(page).content.decode()
    assert head.post(f"{page}extend/", TOLD | {"days": "12"}).status_code == 422
    assert head.post(f"{page}extend/", TOLD).status_code == 302
    shown = head.get(page).content.decode()
    assert "已延期 3 个工作日" in shown
    assert "延期办理告知书" in shown
    assert head.post(f"{page}extend/", TOLD).status_code == 422
