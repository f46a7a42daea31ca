"""The old one-child certificate: found, its benefits told, a lost one passed on, none issued any more."""

from datetime import timedelta

import pytest

from tests.apps.work.desk.conftest import HOME, on_day
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.documents.api import letters_of
from yimen.foundations.retention import api as retention
from yimen.kernel.refusals import NotAllowed
from yimen.registers.people import api as people
from yimen.services.family import api as family
from yimen.services.family.models import OneChildCertificate
from yimen.work.desk import api as desk
from yimen.work.desk.models import Case

AT = on_day(2026, 11, 2)
SHOWN = {
    "want": "find", "has_paper": True, "number": "甬鄞独 0042", "issuer": "潘火乡人民政府", "issued_in": 1986,
    "remember": True,
}  # fmt: skip
PAPERS = {"identity": "seen", "certificate": "seen"}
RIGHTS = (
    "desk.accept_case", "desk.handle_case", "desk.view_cases", "people.find", "people.view_file",
    "documents.issue_letter", "documents.open", "family.view_certificates", "family.withdraw_registration",
)  # fmt: skip
POSTED = {
    "want": "find", "has_paper": "yes", "number": "甬鄞独 0042", "issuer": "潘火乡人民政府", "issued_in": "1986",
    "remember": "yes", "paper-identity": "seen", "paper-certificate": "seen", "intake-source": "counter",
}  # fmt: skip


@pytest.fixture
def window(make_actor):
    return make_actor(*RIGHTS, area=HOME, name="李窗口")


@pytest.fixture
def asked_about(acting, window, person):
    """``asked_about(**answers)``: accepted and registered in one visit; answers the case."""

    def do(settle=True, **answers):
        asked = desk.Asked("one_child_certificate", person, answers, PAPERS)
        with acting(window, on=AT.date()):
            case = desk.accept_case(by=window, at=AT, area=HOME, asked=asked).public_id
            if settle:
                desk.register_case(by=window, at=AT, case=case)
        run_pending_jobs()
        return case

    return do


def test_what_was_shown_is_found_when_she_comes_again_without_it(acting, window, person, asked_about):
    asked_about(**SHOWN)
    case = asked_about(want="find", has_paper=False)
    with acting(window):
        note = next(step.note for step in desk.get_case(case, by=window).steps if step.kind == "accepted")
        assert "证号 甬鄞独 0042，潘火乡人民政府，1986年" in note
        assert family.certificates_of([person], by=window).count() == 1


def test_without_her_consent_nothing_is_noted(acting, system, asked_about):
    case = asked_about(**{**SHOWN, "remember": False})
    with acting(system):
        assert not OneChildCertificate.objects.exists()
        assert family.keep_certificate(by=system, at=AT, case=case) is None


def test_a_new_one_is_impossible_and_the_reason_names_the_law(acting, window, person):
    asked = desk.Asked("one_child_certificate", person, {"want": "new"}, {"identity": "seen"})
    with acting(window), pytest.raises(desk.CannotAccept, match="第三十一条"):
        desk.accept_case(by=window, at=AT, area=HOME, asked=asked)


class TestReplacement:
    def test_a_lost_one_is_passed_on_once_by_letter(self, acting, window, asked_about):
        case = asked_about(settle=False, want="replace", issuer="潘火乡人民政府")
        with acting(window):
            family.transfer_replacement(by=window, at=AT, case=case, receiver="鄞州区卫生健康局")
            [letter] = [one for one in letters_of(case, by=window) if one.key == "transfer"]
            assert "鄞州区卫生健康局" in str(letter.sheet) and "潘火乡人民政府" in str(letter.sheet)
            with pytest.raises(family.CannotTransfer, match="已经出具过"):
                family.transfer_replacement(by=window, at=AT, case=case, receiver="鄞州区卫生健康局")

    def test_nothing_is_passed_on_to_nobody_or_for_a_look_up(self, acting, window, asked_about):
        lost = asked_about(settle=False, want="replace")
        found = asked_about(settle=False, **SHOWN)
        with acting(window):
            with pytest.raises(family.CannotTransfer, match="写明转送给哪个单位"):
                family.transfer_replacement(by=window, at=AT, case=lost, receiver=" ")
            with pytest.raises(family.CannotTransfer, match="只有补领才需要转送"):
                family.transfer_replacement(by=window, at=AT, case=found, receiver="鄞州区卫生健康局")


def test_it_is_forgotten_when_she_asks(acting, window, make_actor, person, asked_about):
    asked_about(**SHOWN)
    viewer = make_actor("family.view_certificates", "people.find", area=HOME)
    far = make_actor(*RIGHTS, area="330212008")
    with acting(viewer):
        row = family.certificates_of([person], by=viewer).get().public_id
        with pytest.raises(NotAllowed):
            family.forget_certificate(by=viewer, at=AT, certificate=row)
    with acting(far), pytest.raises(family.NoCertificate):
        family.forget_certificate(by=far, at=AT, certificate=row)
    with acting(window):
        family.forget_certificate(by=window, at=AT, certificate=row)
        assert not family.certificates_of([person], by=window).exists()


def test_who_may_not_see_certificates_sees_none_on_the_file(acting, make_actor, person, asked_about):
    asked_about(**SHOWN)
    other = make_actor("people.find", "people.view_file", area=HOME)
    with acting(other):
        titles = [card.title for card in people.get_file(person, by=other, on=AT.date()).cards]
        assert "独生子女父母光荣证" not in titles
        assert not family.certificates_of([person], by=other).exists()


def _accept(browser, person, **answers):
    return browser.post(f"/desk/new/one_child_certificate/?person={person}", POSTED | answers)


@pytest.mark.requirement("S0-03")
def test_at_the_window_it_is_found_and_its_benefits_are_shown(signed_in, acting, system, person):
    clerk = signed_in("li", "window_clerk")
    assert _accept(clerk, person).status_code == 302
    with acting(system):
        case = Case.objects.get().public_id
    assert clerk.post(f"/desk/cases/{case}/register/", {"result": "已告知"}).status_code == 302
    run_pending_jobs()
    page = clerk.get(f"/desk/cases/{case}/").content.decode()
    assert "甬鄞独 0042" in page and "特别扶助" in page and "养老服务的优先照顾" in page
    assert "转送函" not in page
    assert "甬鄞独 0042" in clerk.get(f"/people/{person}/").content.decode()


@pytest.mark.requirement("S0-03")
def test_at_the_window_a_lost_one_prints_a_transfer_letter(signed_in, acting, system, person):
    clerk = signed_in("li", "window_clerk")
    answers = {"want": "replace", "has_paper": "", "remember": "", "paper-certificate": "missing"}
    assert _accept(clerk, person, **answers).status_code == 302
    with acting(system):
        case = Case.objects.get().public_id
    address = f"/family/cases/{case}/transfer/"
    assert address in clerk.get(f"/desk/cases/{case}/").content.decode()
    assert "鄞州区卫生健康局" in clerk.get(address).content.decode()
    assert clerk.post(address, {"receiver": ""}).status_code == 422
    printed = clerk.post(address, {"receiver": "鄞州区卫生健康局"})
    assert printed.status_code == 302
    sheet = clerk.get(printed.url).content.decode()
    assert "转送函" in sheet and "鄞州区卫生健康局" in sheet and "潘火乡人民政府" in sheet


@pytest.mark.requirement("S0-03")
def test_at_the_window_a_new_one_is_refused_with_the_reason(signed_in, person):
    response = _accept(signed_in("li", "window_clerk"), person, want="new")
    page = response.content.decode()
    assert response.status_code == 422 and "现在不再新发" in page and "第三十一条" in page


def test_her_wish_to_be_forgotten_is_asked_once_more_and_done(signed_in, acting, system, person, asked_about):
    asked_about(**SHOWN)
    clerk = signed_in("li", "window_clerk")
    with acting(system):
        address = f"/family/certificates/{OneChildCertificate.objects.get().public_id}/forget/"
    assert address in clerk.get(f"/people/{person}/").content.decode()
    assert "不用说明理由" in clerk.get(address).content.decode()
    assert clerk.post(address).url == f"/people/{person}/"
    assert clerk.get(address).status_code == 404


def test_a_year_after_her_death_it_goes_by_itself(acting, window, system, person, asked_about):
    asked_about(**SHOWN)
    with acting(system, on=AT.date()):
        people.record_death(by=system, at=AT, person=person, died_on=AT.date())
    soon, late = AT + timedelta(days=300), AT + timedelta(days=400)
    for at, gone in ((soon, 0), (late, 1)):
        with acting(system, on=at.date()):
            assert retention.clear_past_term(by=system, at=at, key="family_certificates") == gone
    with acting(window):
        assert not family.certificates_of([person], by=window).exists()
