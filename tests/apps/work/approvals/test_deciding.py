"""A matter that names a chain is decided when its submission is issued, and the case page says how far it is (决定前审签)."""

import pytest

from tests.apps.work.approvals.conftest import HOME, STREET
from tests.apps.work.desk.conftest import matter, on_day
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.definitions.api import CannotUseDefinitions, publish
from yimen.foundations.messages.models import Message
from yimen.work.approvals import api as approvals
from yimen.work.desk import api as desk
from yimen.work.desk.models import CaseStep


@pytest.fixture
def signed_matter(street, acting, system):
    """``signed_trial``: the trial matter, decided only when the chief and the leader have signed."""
    start = on_day(2026, 1, 5)
    with acting(system):
        publish(
            by=system,
            at=start,
            effective_on=start.date(),
            kind="matter",
            key="signed_trial",
            body=matter(title="要审签的补助", chain="three_level"),
        )


@pytest.fixture
def case(signed_matter, asked, acting, clerk, now):
    with acting(clerk):
        return desk.accept_case(by=clerk, at=now, area=HOME, asked=asked("signed_trial"))


@pytest.fixture
def decide(acting, make_actor, now, case):
    chief = make_actor(
        "desk.decide_case", "desk.handle_case", "desk.view_cases", "people.find", "documents.issue_letter",
        "documents.open", area=STREET, name="赵科员",
    )  # fmt: skip

    def deed():
        with acting(chief):
            return desk.decide_case(by=chief, at=now, case=case.public_id, outcome="granted")

    return deed


def test_deciding_waits_for_the_last_signature_and_the_step_names_its_number(
    case, decide, staff, sent, do, acting, system
):
    with pytest.raises(desk.CannotDo, match="还没有呈批"):
        decide()
    found = sent(area=STREET, kind="desk.case", thing=case.public_id)
    assert (found.area, found.subject, found.chain) == (HOME, f"desk.case:{case.public_id}", "three_level")
    with pytest.raises(desk.CannotDo, match=f"{found.number}审签中，现在到科长"):
        decide()
    do("zhao", approvals.agree, found)
    do("qian", approvals.agree, found)
    assert decide().state == "decided"
    with acting(system):
        assert CaseStep.objects.filter(kind="decided").get().note == f"凭{found.number}签发"


def test_the_chain_of_the_matter_is_gone_whatever_the_drafter_chose_and_only_one_stands(
    case, decide, staff, sent, do
):
    about = {"kind": "desk.case", "thing": case.public_id}
    found = sent("section", **about)
    assert found.chain == "three_level"
    with pytest.raises(approvals.CannotDo, match="已经呈批过"):
        sent(**about)
    do("wang", approvals.void_submission, found, why="写错了人")
    with pytest.raises(desk.CannotDo, match="还没有呈批"):
        decide()
    again = sent(**about)
    assert again.sequence == 2


def test_a_case_that_is_withdrawn_needs_no_signature_any_more(
    case, staff, sent, acting, clerk, now, again, system
):
    found = sent(kind="desk.case", thing=case.public_id)
    with acting(clerk):
        desk.withdraw_case(by=clerk, at=now, case=case.public_id, why="不办了")
    run_pending_jobs()
    assert again(found).state == "withdrawn"
    with acting(staff["zhao"]):
        assert approvals.waiting_for(by=staff["zhao"]) == []
    with acting(system):
        title = f"已撤回：{found.number}"
        assert Message.objects.filter(addressee=staff["wang"].key, title=title).count() == 1


def test_a_registration_cannot_name_a_chain_and_an_unknown_chain_is_refused(street, acting, system):
    start = on_day(2026, 1, 5)
    told = {"by": system, "at": start, "effective_on": start.date(), "kind": "matter", "key": "wrong"}
    notice = matter(way="notice", papers=[], result="登记回执", chain="three_level")
    for body, sentence in ((notice, "不能写 chain"), (matter(chain="no_such"), "no_such")):
        with acting(system), pytest.raises(CannotUseDefinitions, match=sentence):
            publish(**told, body=body)


def test_who_decides_reads_on_the_case_how_far_it_is_and_finds_the_way_to_submit(
    signed_matter, people, enter, person, acting, system
):
    from yimen.work.desk.models import Case

    window = enter("li", "李窗口", "window_clerk", HOME)
    answers = {
        "reason": "住院", "phone": "13800001234", "sick": "no", "intake-source": "counter",
        "paper-identity": "seen", "paper-diagnosis": "missing",
    }  # fmt: skip
    assert window.post(f"/desk/new/signed_trial/?person={person}", answers).status_code == 302
    with acting(system):
        case = Case.objects.get().public_id
    about = f"/approvals/new/?about=desk.case%3A{case}"
    page = people["zhao"].get(f"/desk/cases/{case}/").content.decode()
    assert "还没有呈批" in page and about in page
    form = people["wang"].get(about).content.decode()
    assert "关于要审签的补助" in form and "王桂英" not in form
    sent = {"chain": "three_level", "title": "关于补助的请示", "text": "拟同意。"}
    answer = people["wang"].post(about, sent)
    assert answer.status_code == 302, answer.content.decode()
    page = people["zhao"].get(f"/desk/cases/{case}/").content.decode()
    assert "审签中，现在到科长" in page and answer.url in page and about not in page
    refused = people["zhao"].post(f"/desk/cases/{case}/decide/", {"outcome": "granted", "result": "同意"})
    assert refused.status_code == 422 and "签发以后才能决定" in refused.content.decode()
