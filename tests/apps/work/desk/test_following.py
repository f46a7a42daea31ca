"""Papers that may follow (容缺受理): a day is said, it is chased, and nobody settles without asking."""

from datetime import date

import pytest

from tests.apps.work.desk.conftest import HOME, STREET, matter, on_day
from yimen.foundations.definitions.api import publish
from yimen.foundations.documents.api import letters_of
from yimen.foundations.messages.models import Message
from yimen.work.desk import api as desk
from yimen.work.desk import operations
from yimen.work.desk.engine.numbers import tracking_word
from yimen.work.desk.models import Case, CasePaper, CaseStep

AT = on_day(2026, 11, 20)  # a Friday
LATER = {"identity": "seen", "diagnosis": "tolerated"}


@pytest.fixture
def decider(make_actor):
    return make_actor(
        "desk.decide_case", "desk.handle_case", "desk.view_cases", "people.find", "documents.issue_letter",
        area=HOME, name="钱书记",
    )  # fmt: skip


@pytest.fixture
def owing(acting, clerk, asked):
    """``owing(matter)``: accepted while the diagnosis follows."""

    def accept(matter="trial", at=AT):
        with acting(clerk, on=at.date()):
            told = asked(matter, sick=True, papers=LATER)
            return desk.accept_case(by=clerk, at=at, area=HOME, asked=told).public_id

    return accept


def _due(case):
    return Case.objects.get(public_id=case).papers_due_on


def test_the_day_stands_in_the_letter_on_the_case_and_on_the_residents_page(acting, clerk, owing, client):
    case = owing()
    with acting(clerk):
        view = desk.get_case(case, by=clerk)
        [letter] = letters_of(case, by=clerk)
        step = CaseStep.objects.get(kind="accepted")
    text = str(letter.sheet)
    assert view.case.papers_due_on == date(2026, 11, 27)
    assert "容缺补交：诊断证明，请于2026年11月27日前补齐" in text
    assert "11月27日前补交诊断证明" in step.said
    # What is not there is not among the papers that were received.
    assert "诊断证明（容缺后补）" not in text
    page = client.get(f"/t/{tracking_word(case)}").content.decode()
    assert "请补交材料" in page
    assert "诊断证明" in page


def test_a_matter_says_its_own_days_and_no_paper_follows_after_the_case_is_due(
    street, acting, system, clerk, owing
):
    start = on_day(2026, 1, 6)
    for key, days, promised in (("quick", 2, 5), ("slow", 20, 5)):
        papers = [
            {"key": "identity", "title": "身份证"},
            {"key": "diagnosis", "title": "诊断证明", "may_follow": True, "follow_days": days},
        ]
        limits = {"legal": 10, "promised": promised, "legal_source": "社会救助法"}
        with acting(system):
            body = matter(title=f"试办{key}", papers=papers, days=limits)
            publish(by=system, at=start, effective_on=start.date(), kind="matter", key=key, body=body)
    cases = {key: owing(key) for key in ("quick", "slow")}
    with acting(clerk):
        assert _due(cases["quick"]) == date(2026, 11, 24)
        assert _due(cases["slow"]) == date(2026, 11, 27)


def test_what_comes_is_owed_no_longer_and_a_slip_brings_the_same_day_back(acting, clerk, owing):
    case = owing()
    with acting(clerk):
        desk.supply_papers(by=clerk, at=AT, case=case, papers={"diagnosis": "copied"})
        assert _due(case) is None
        assert list(desk.work_list("owed", by=clerk, today=AT.date())) == []
        later = on_day(2026, 11, 25)
        desk.supply_papers(by=clerk, at=later, case=case, papers={"diagnosis": "tolerated"})
        assert _due(case) == date(2026, 11, 27)
        assert [one.public_id for one in desk.work_list("owed", by=clerk, today=AT.date())] == [case]


def test_granting_asks_for_what_has_not_come_and_keeps_the_reason(acting, clerk, decider, owing):
    case, at = owing(), on_day(2026, 11, 23)
    with acting(decider):
        with pytest.raises(desk.CannotDo, match="诊断证明还没有补交"):
            desk.decide_case(by=decider, at=at, case=case, outcome="granted")
        desk.decide_case(by=decider, at=at, case=case, outcome="granted", without_papers="已向医院电话核实")
        assert "没有等补交诊断证明：已向医院电话核实" in CaseStep.objects.get(kind="decided").note
    with acting(clerk):
        # She comes for the result: the last moment to bring it.
        with pytest.raises(desk.CannotDo, match="为什么不等就送达"):
            desk.deliver_case(by=clerk, at=at, case=case, way="counter", receiver="王桂英")
        desk.supply_papers(by=clerk, at=at, case=case, papers={"diagnosis": "seen"})
        desk.deliver_case(by=clerk, at=at, case=case, way="counter", receiver="王桂英")
        assert _due(case) is None


def test_a_refusal_and_a_withdrawal_wait_for_no_paper(acting, clerk, decider, owing):
    at = on_day(2026, 11, 23)
    refused, withdrawn = owing(), owing()
    with acting(decider):
        told = {"reason": "逾期没有补齐材料", "investigated": "两次电话提醒"}
        desk.decide_case(by=decider, at=at, case=refused, outcome="refused", **told)
    with acting(clerk):
        desk.deliver_case(by=clerk, at=at, case=refused, way="counter", receiver="王桂英")
        desk.withdraw_case(by=clerk, at=at, case=withdrawn, why="不办了")
        assert [_due(refused), _due(withdrawn)] == [None, None]


def test_a_delivery_that_was_a_slip_is_owed_the_paper_again(acting, clerk, decider, owing):
    case, at = owing(), on_day(2026, 11, 23)
    with acting(decider):
        desk.decide_case(by=decider, at=at, case=case, outcome="granted", without_papers="急用")
    with acting(clerk):
        told = {"way": "counter", "receiver": "王桂英", "without_papers": "下周补"}
        desk.deliver_case(by=clerk, at=at, case=case, **told)
        assert _due(case) is None
        desk.undeliver_case(by=clerk, at=at, case=case, why="点错了")
        assert _due(case) == date(2026, 11, 27)


def test_nothing_is_settled_on_the_spot_while_a_paper_follows(street, acting, system, clerk, asked):
    body = matter(
        way="notice", title="当日登记", result="登记回执",
        days={"legal": 5, "promised": 0, "legal_source": "办事指南"},
    )  # fmt: skip
    with acting(system):
        start = on_day(2026, 1, 6)
        publish(by=system, at=start, effective_on=start.date(), kind="matter", key="same_day", body=body)
    told = asked("same_day", sick=True, papers=LATER)
    with acting(clerk), pytest.raises(desk.CannotDo, match="不能当场办结"):
        operations.settle_at_once(by=clerk, at=AT, area=HOME, asked=told, receiver="王桂英")
    with acting(clerk):
        assert not Case.objects.exists()


def test_the_window_is_reminded_before_and_after_the_day_and_then_who_is_above(
    acting, system, clerk, owing, signed_in, client
):
    signed_in("li", "window_clerk")
    client.post("/sign-out")
    signed_in("zhao", "section_officer", area=STREET)
    case = owing()
    told = []
    with acting(system):
        # Due on Friday the 27th; told the working day before, the first one after, and from the third the street.
        for day in (25, 26, 27, 28, 30):
            operations.chase_papers(by=system, at=on_day(2026, 11, day, 8))
            told.append(Message.objects.count())
        for day in (1, 2):
            operations.chase_papers(by=system, at=on_day(2026, 12, day, 8))
            told.append(Message.objects.count())
        titles = list(Message.objects.order_by("id").values_list("title", flat=True))
    assert told == [0, 1, 1, 1, 2, 2, 3]
    assert titles == ["容缺的材料快到补交期限", "容缺的材料过期没有补", "容缺的材料过期没有补"]
    with acting(clerk):
        desk.supply_papers(by=clerk, at=on_day(2026, 12, 2), case=case, papers={"diagnosis": "seen"})
    with acting(system):
        assert operations.chase_papers(by=system, at=on_day(2026, 12, 3, 8)) == 0
        assert Message.objects.count() == 3


def test_papers_that_come_with_the_last_missing_one_get_their_day_when_it_is_accepted(acting, clerk, asked):
    with acting(clerk):
        told = asked(sick=True, papers={"diagnosis": "tolerated"})
        case = desk.give_notice(by=clerk, at=AT, area=HOME, asked=told).public_id
        assert _due(case) is None
        whole = on_day(2026, 11, 23)
        desk.supply_papers(by=clerk, at=whole, case=case, papers={"identity": "seen"})
        assert _due(case) == date(2026, 11, 30)
        assert CasePaper.objects.get(key="diagnosis").due_on == date(2026, 11, 30)


def test_the_pages_show_the_day_ask_for_the_reason_and_list_what_is_owed(
    signed_in, person, acting, system, client
):
    browser = signed_in("li", "window_clerk")
    form = {
        "reason": "住院", "phone": "13800001234", "sick": "yes", "paper-identity": "seen",
        "paper-diagnosis": "tolerated", "intake-source": "counter",
    }  # fmt: skip
    done = browser.post(f"/desk/new/trial/?person={person}", form)
    assert "还有材料要补" in browser.get(done.url).content.decode()
    with acting(system):
        case = Case.objects.get().public_id
    assert "前补交" in browser.get(f"/desk/cases/{case}/").content.decode()
    assert str(case) in browser.get("/desk/lists/owed/").content.decode()
    assert "容缺待补" in browser.get("/").content.decode()
    client.post("/sign-out")
    head = signed_in("qian", "community_head")
    page = f"/desk/cases/{case}/"
    assert "诊断证明还没有补交，为什么不等" in head.get(page).content.decode()
    refused = head.post(f"{page}decide/", {"outcome": "granted"})
    assert refused.status_code == 422
    assert "先登记补交" in refused.content.decode()
    told = {"outcome": "granted", "without_papers": "已电话核实"}
    assert head.post(f"{page}decide/", told).status_code == 302
    assert "没有等补交诊断证明：已电话核实" in head.get(page).content.decode()
