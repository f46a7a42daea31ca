"""A family-doctor contract: chosen freely, for a year, ended any day; a no is a no for the year."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.definitions.api import current
from yimen.foundations.documents.api import letters_of
from yimen.kernel.refusals import NotAllowed
from yimen.registers.organisations import api as organisations
from yimen.registers.people import api as people
from yimen.services.health import api as health
from yimen.services.health.models import Contract
from yimen.services.health.rules import Term, why_not_offer, why_not_sign, year_after
from yimen.work.desk import api as desk
from yimen.work.desk.models import Case

AT = on_day(2026, 11, 2)
ON = AT.date()
RIGHTS = (
    "desk.accept_case", "desk.handle_case", "desk.view_cases", "people.find", "people.view_file",
    "documents.issue_letter", "documents.open", "organisations.view", "health.sign_contract",
    "health.view_contracts",
)  # fmt: skip


@pytest.fixture
def window(make_actor):
    return make_actor(*RIGHTS, area=HOME, name="李窗口")


@pytest.fixture
def team(street, acting, system):
    """A health centre of the street with one family-doctor team."""
    with acting(system):
        start = {"by": system, "at": on_day(2026, 1, 5), "area": STREET, "since": date(2020, 1, 1)}
        centre = organisations.found_organisation(name="潘火社区卫生服务中心", kind="health_centre", **start)
        return organisations.found_organisation(
            name="第二家庭医生团队", kind="section", parent=centre, **start
        ).public_id


@pytest.fixture
def apply(acting, window, person):
    """``apply(**answers)``: an accepted application; answers the case."""

    def do(at=AT, **answers):
        given = {"package": "elder", "opens_records": False, "phone": "13800001234"} | answers
        with acting(window, on=at.date()):
            asked = desk.Asked("family_doctor", person, given, {"identity": "seen"})
            return desk.accept_case(by=window, at=at, area=HOME, asked=asked).public_id

    return do


@pytest.fixture
def sign(acting, window, team, apply):
    def do(at=AT, since=None, **answers):
        case = apply(at=at, **answers)
        with acting(window, on=at.date()):
            return health.sign_contract(by=window, at=at, case=case, team=team, since=since)

    return do


def test_the_form_offers_exactly_the_packages_there_are(acting, window, street):
    with acting(window):
        offered = {one.key for one in health.packages(by=window, on=ON)}
        assert {
            one.value for one in current("form", "family_doctor", on=ON).body.question("package").options
        } == offered


class TestSigning:
    def test_it_holds_a_year_and_the_agreement_says_so(self, acting, window, sign):
        contract = sign()
        assert (contract.since, contract.until) == (date(2026, 11, 2), date(2027, 11, 2))
        with acting(window):
            [letter] = [
                one for one in letters_of(contract.case, by=window) if one.key == "family_doctor_agreement"
            ]
            text = str(letter.sheet)
        assert (
            "第二家庭医生团队" in text
            and "2027年11月1日" in text
            and "居民不同意签约团队查看健康档案" in text
        )

    def test_signed_twice_it_is_one(self, acting, window, team, sign):
        contract = sign()
        with acting(window):
            again = health.sign_contract(by=window, at=AT, case=contract.case, team=team)
            assert again.public_id == contract.public_id

    def test_a_second_one_in_the_same_year_is_refused_and_renewal_follows_on(self, sign):
        first = sign()
        with pytest.raises(health.CannotSign, match="2027-11-01，续签请从第二天起"):
            sign(package="basic")
        assert sign(since=first.until, package="basic").since == first.until

    def test_only_a_team_of_a_health_centre_can_be_chosen(self, acting, window, system, street, apply):
        case = apply()
        with acting(system):
            shop = organisations.found_organisation(
                by=system, at=AT, name="便民药店", kind="company", area=HOME, since=date(2020, 1, 1)
            )
        with acting(window), pytest.raises(health.CannotSign, match="选一个"):
            health.sign_contract(by=window, at=AT, case=case, team=shop.public_id)

    def test_who_only_accepts_cases_cannot_sign(self, acting, make_actor, team, apply):
        case = apply()
        clerk = make_actor("desk.view_cases", "people.find", area=HOME)
        with acting(clerk), pytest.raises(NotAllowed):
            health.sign_contract(by=clerk, at=AT, case=case, team=team)


class TestEnding:
    def test_it_ends_any_day_and_she_may_sign_anew_at_once(self, acting, window, sign):
        contract = sign()
        with acting(window):
            ended = health.end_contract(
                by=window, at=on_day(2026, 12, 1), contract=contract.public_id, why="asked"
            )
            assert (ended.until, ended.ended_why) == (date(2026, 12, 1), "asked")
            with pytest.raises(health.AlreadyEnded):
                health.end_contract(
                    by=window, at=on_day(2026, 12, 2), contract=contract.public_id, why="asked"
                )
        assert sign(at=on_day(2026, 12, 1)).since == date(2026, 12, 1)

    def test_one_that_never_began_never_holds_a_day(self, acting, window, sign):
        contract = sign(since=date(2027, 1, 1))
        with acting(window):
            ended = health.end_contract(
                by=window, at=on_day(2026, 12, 1), contract=contract.public_id, why="changed"
            )
        assert ended.since == ended.until

    def test_a_death_ends_it(self, acting, system, person, sign):
        sign()
        with acting(system):
            people.record_death(by=system, at=on_day(2026, 11, 20), person=person, died_on=date(2026, 11, 19))
        run_pending_jobs()
        with acting(system):
            assert Contract.objects.get().ended_why == "died"
            people.undo_death(by=system, at=on_day(2026, 11, 21), person=person, reason="同名的人")
        run_pending_jobs()
        with acting(system):
            contract = Contract.objects.get()
        assert (contract.ended_why, contract.until) == ("", year_after(contract.since))


class TestSayingNo:
    def test_a_no_is_respected_for_the_year_and_she_may_still_come(self, acting, window, person, sign):
        with acting(window):
            assert health.offer_finding([person], by=window, on=ON) is None
            first = health.note_passed_offer(by=window, at=AT, person=person)
            assert health.note_passed_offer(by=window, at=AT, person=person).public_id == first.public_id
            assert "今年说过不签" in health.offer_finding([person], by=window, on=date(2026, 12, 31)).sentence
            assert health.offer_finding([person], by=window, on=date(2027, 1, 1)) is None
        assert sign().since == ON


class TestRules:
    def test_a_leap_day_ends_on_the_twenty_eighth(self):
        assert year_after(date(2028, 2, 29)) == date(2029, 2, 28)

    def test_neighbouring_years_do_not_clash_and_overlapping_ones_do(self):
        held = [Term("一队", date(2026, 3, 1), date(2027, 3, 1))]
        ask = {"package": "a", "packages": {"a"}, "on": date(2025, 1, 1), "terms": held}
        assert why_not_sign(since=date(2027, 3, 1), **ask) is None
        assert why_not_sign(since=date(2025, 3, 1), **ask) is None
        assert why_not_sign(since=date(2025, 3, 2), **ask).code == "health.overlap"

    def test_a_day_gone_by_and_an_unknown_package_are_refused(self):
        on = date(2026, 1, 1)
        assert (
            why_not_sign(package="x", packages=(), since=on, on=on, terms=()).code == "health.no_such_package"
        )
        past = why_not_sign(package="x", packages=("x",), since=date(2025, 12, 31), on=on, terms=())
        assert past.code == "health.past"

    def test_who_has_one_is_not_asked(self):
        held = [Term("一队", date(2026, 3, 1), date(2027, 3, 1))]
        assert why_not_offer(passed_in=(), terms=held, on=date(2026, 5, 1)).code == "health.has_contract"


class TestPages:
    POSTED = {
        "package": "elder", "opens_records": "yes", "phone": "13800001234", "paper-identity": "seen",
        "intake-source": "counter",
    }  # fmt: skip

    @pytest.fixture
    def case(self, signed_in, acting, system, person):
        clerk = signed_in("li", "window_clerk")
        done = clerk.post(f"/desk/new/family_doctor/?person={person}", self.POSTED)
        assert done.status_code == 302, done.content.decode()
        with acting(system):
            return Case.objects.get().public_id

    def test_chosen_printed_and_ended_at_the_window(self, signed_in, acting, system, team, case, person):
        clerk = signed_in("wang", "window_clerk")
        address = f"/health/cases/{case}/sign/"
        page = clerk.get(f"/desk/cases/{case}/").content.decode()
        assert address in page and "老年人服务包" in page and "作出决定" not in page
        offered = clerk.get(address).content.decode()
        assert "第二家庭医生团队" in offered and f'value="{timezone.localdate()}"' in offered
        assert clerk.post(address, {"team": "", "since": ""}).status_code == 422
        late = clerk.post(address, {"team": str(team), "since": "2020-01-01"})
        assert late.status_code == 422 and "不能倒签" in late.content.decode()
        signed = clerk.post(address, {"team": str(team), "since": timezone.localdate().isoformat()})
        assert signed.status_code == 302
        page = clerk.get(signed.url).content.decode()
        assert "家庭医生签约服务协议" in page and "本人同意" in page and address not in page
        with acting(system):
            contract = f"/health/contracts/{Contract.objects.get().public_id}/"
        assert "随时可以" in clerk.get(contract).content.decode()
        # What she said in the application is a consent, and she takes it back without ending the contract.
        assert "本人同意，" in clerk.get(contract).content.decode()
        assert clerk.post(f"/consents/{person}/health_records/withdraw/").status_code == 302
        assert "现在没有有效的同意：不能查看" in clerk.get(contract).content.decode()
        assert clerk.post(contract, {"why": "died"}).status_code == 422
        assert clerk.post(contract, {"why": "asked"}).status_code == 302
        assert "本人不想继续" in clerk.get(contract).content.decode()
        again = clerk.post(contract, {"why": "asked"})
        assert again.status_code == 422 and "已经结束" in again.content.decode()

    def test_without_a_team_on_file_the_page_says_who_must_enter_it(self, signed_in, case):
        page = signed_in("wang", "window_clerk").get(f"/health/cases/{case}/sign/").content.decode()
        assert "还没有可以签约的团队" in page

    def test_the_file_is_neutral_to_all_but_the_doctor(self, signed_in, person, sign):
        sign()
        for username, role in (("wang", "window_clerk"), ("he", "grid_worker")):
            page = signed_in(username, role).get(f"/people/{person}/").content.decode()
            assert "只有家庭医生团队和办理的人看得到" in page and "第二家庭医生团队" not in page
        doctor = signed_in("sun", "doctor", area=STREET)
        page = doctor.get(f"/people/{person}/").content.decode()
        assert "第二家庭医生团队" in page and "她说今年不签" in page
        assert "王桂英" in doctor.get("/health/contracts/").content.decode()

    def test_her_no_is_noted_with_a_word_on_what_it_means(self, signed_in, person):
        doctor = signed_in("sun", "doctor", area=STREET)
        address = f"/health/people/{person}/passed/"
        assert "不问原因" in doctor.get(address).content.decode()
        assert doctor.post(address).url == f"/people/{person}/"
        assert "今年说过不签" in doctor.get(address).content.decode()


def test_two_contracts_of_one_person_become_one_and_come_back_when_she_is_two(
    acting, system, window, team, person, sign
):
    first = sign()
    with acting(system):
        twin = people.register_person(by=system, at=AT, name="王桂英", community=HOME).public_id
    with acting(window, on=AT.date()):
        given = {"package": "elder", "opens_records": False, "phone": "13800001234"}
        asked = desk.Asked("family_doctor", twin, given, {"identity": "seen"})
        case = desk.accept_case(by=window, at=AT, area=HOME, asked=asked).public_id
        second = health.sign_contract(by=window, at=AT, case=case, team=team)
    later = AT + timedelta(days=10)
    with acting(system, on=later.date()):
        people.merge_people(by=system, at=later, keep=person, alias=twin, reason="同一人，重复建档")
        live = Contract.objects.filter(until__gt=later.date())
        assert [row.id for row in live] == [second.id]
        people.undo_merge(by=system, at=later, alias=twin, reason="是两个人")
        assert {row.id for row in Contract.objects.filter(until__gt=later.date(), ended_why="")} == {
            first.id,
            second.id,
        }
        assert Contract.objects.get(id=first.id).until == first.until


def test_who_wants_no_contract_this_year_wants_none_under_her_other_file_either(
    acting, system, window, person
):
    with acting(system):
        twin = people.register_person(by=system, at=AT, name="王桂英", community=HOME).public_id
    with acting(window, on=AT.date()):
        first = health.note_passed_offer(by=window, at=AT, person=twin)
    with acting(system):
        people.merge_people(by=system, at=AT, keep=person, alias=twin, reason="同一人")
    with acting(window, on=AT.date()):
        for named in (person, twin):
            again = health.note_passed_offer(by=window, at=AT, person=named)
            assert again.public_id == first.public_id
