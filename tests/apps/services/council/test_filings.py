"""A community organisation is filed: asked by its leader, decided by the street, standing from then on as an organisation."""

import pytest

from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.bus.api import run_pending_jobs
from yimen.kernel.refusals import NotAllowed
from yimen.registers.organisations import api as organisations
from yimen.services.council import api as council
from yimen.services.council.models import Filing
from yimen.work.desk import api as desk
from yimen.work.desk.models import Case

AT = on_day(2026, 11, 2)
CHOIR = {
    "name": "东莺社区夕阳红合唱队", "kind": "culture", "tier": "filed", "members": 12, "purpose": "每周二下午唱歌",
    "place": "社区活动室", "phone": "13800001234",
}  # fmt: skip
PAPERS = {"identity": "seen", "charter": "tolerated", "members": "tolerated"}


@pytest.fixture
def window(make_actor):
    return make_actor(
        "desk.accept_case", "desk.handle_case", "desk.view_cases", "people.find", "organisations.view",
        "documents.issue_letter", "council.view_filings", area=HOME, name="李窗口",
    )  # fmt: skip


@pytest.fixture
def section(make_actor):
    return make_actor(
        "desk.decide_case", "desk.handle_case", "desk.view_cases", "people.find", "documents.issue_letter",
        "council.view_filings", "council.keep_filings", area=STREET, name="赵科员",
    )  # fmt: skip


@pytest.fixture
def file(acting, window, section, person):
    """``file(**answers)``: asked at the window and decided by the street; answers the case."""

    def do(outcome="granted", **answers):
        asked = desk.Asked("association_filing", person, CHOIR | answers, PAPERS)
        with acting(window, on=AT.date()):
            case = desk.accept_case(by=window, at=AT, area=HOME, asked=asked).public_id
            desk.hand_over_case(by=window, at=AT, case=case, why="街道备案")
        with acting(section, on=AT.date()):
            told = (
                {"reason": "活动场地没有落实", "investigated": "场地正在装修"}
                if outcome == "refused"
                else {"without_papers": "章程和名册已在社区看过"}
            )
            desk.decide_case(by=section, at=AT, case=case, outcome=outcome, **told)
        run_pending_jobs()
        return case

    return do


def _standing(by, on):
    found = organisations.organisations(by=by, on=on, kind="social")
    return [one.name for one in found]


def test_granted_it_is_an_organisation_of_its_community(acting, window, person, file):
    case = file()
    with acting(window):
        filing = council.filing_of_case(case, by=window)
        assert (filing.leader, filing.members, filing.filed_on) == (person, 12, AT.date())
        found = organisations.organisation(filing.organisation, by=window)
        assert (found.name, found.kind, found.area) == ("东莺社区夕阳红合唱队", "social", HOME)


def test_refused_nothing_is_kept(acting, system, file):
    case = file(outcome="refused")
    with acting(system):
        assert not Filing.objects.exists() and _standing(system, AT.date()) == []
        with pytest.raises(council.NotFiled):
            council.record_filing(by=system, at=AT, case=case)


def test_heard_twice_it_is_kept_once(acting, system, file):
    case = file()
    with acting(system):
        council.record_filing(by=system, at=AT, case=case)
        assert Filing.objects.count() == 1 and len(_standing(system, AT.date())) == 1


def test_a_second_one_of_that_name_is_not_accepted_in_the_community(acting, window, person, file):
    file()
    asked = desk.Asked("association_filing", person, CHOIR, PAPERS)
    with acting(window), pytest.raises(desk.CannotAccept, match="换一个名称"):
        desk.accept_case(by=window, at=on_day(2026, 11, 20), area=HOME, asked=asked)


def test_who_wants_to_be_a_legal_person_is_sent_to_the_district(acting, window, person):
    asked = desk.Asked("association_filing", person, CHOIR | {"tier": "registered"}, PAPERS)
    with acting(window), pytest.raises(desk.CannotAccept, match="县级民政部门"):
        desk.accept_case(by=window, at=AT, area=HOME, asked=asked)


class TestClosing:
    def test_closed_its_organisation_stands_no_longer(self, acting, section, system, file):
        file()
        later = on_day(2026, 12, 1)
        with acting(section, on=later.date()):
            row = council.find_filings(by=section).get().public_id
            with pytest.raises(Exception, match="写明注销的原因"):
                council.close_filing(by=section, at=later, filing=row, why=" ")
            council.close_filing(by=section, at=later, filing=row, why="成员散了")
            with pytest.raises(Exception, match="已经注销"):
                council.close_filing(by=section, at=later, filing=row, why="成员散了")
        run_pending_jobs()
        with acting(system):
            assert _standing(system, later.date()) == []

    def test_the_window_cannot_and_the_neighbouring_street_finds_nothing(
        self, acting, window, make_actor, file
    ):
        file()
        with acting(window):
            row = council.find_filings(by=window).get().public_id
            with pytest.raises(NotAllowed):
                council.close_filing(by=window, at=AT, filing=row, why="x")
        far = make_actor("council.view_filings", "council.keep_filings", area="330212008")
        with acting(far):
            assert not council.find_filings(by=far).exists()
            with pytest.raises(council.NoFiling):
                council.close_filing(by=far, at=AT, filing=row, why="x")


def test_from_the_window_to_the_list_and_its_end_on_the_pages(signed_in, acting, system, person):
    clerk = signed_in("li", "window_clerk")
    posted = CHOIR | {f"paper-{key}": state for key, state in PAPERS.items()} | {"intake-source": "counter"}
    done = clerk.post(f"/desk/new/association_filing/?person={person}", posted)
    assert done.status_code == 302, done.content.decode()
    with acting(system):
        case = Case.objects.get().public_id
    clerk.post(f"/desk/cases/{case}/hand_over/", {"why": "街道备案"})
    officer = signed_in("zhao", "section_officer", area=STREET)
    decided = {"outcome": "granted", "without_papers": "章程和名册已在社区看过"}
    assert officer.post(f"/desk/cases/{case}/decide/", decided).status_code == 302
    run_pending_jobs()
    assert "东莺社区夕阳红合唱队" in officer.get("/council/filings/").content.decode()
    with acting(system):
        address = f"/council/filings/{Filing.objects.get().public_id}/"
    assert address in officer.get(f"/desk/cases/{case}/").content.decode()
    assert "每周二下午唱歌" in officer.get(address).content.decode()
    assert officer.post(address, {"why": ""}).status_code == 422
    assert officer.post(address, {"why": "成员散了"}).status_code == 302
    assert "成员散了" in officer.get(address).content.decode()
    again = officer.post(address, {"why": "成员散了"})
    assert again.status_code == 422 and "已经注销" in again.content.decode()
