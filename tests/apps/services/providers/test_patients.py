"""Two centres on one platform: neither sees the other's patients without a referral, in pages and in the database."""

import html
import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.apps.services.providers.conftest import HOME
from yimen.foundations.access import api as access
from yimen.foundations.audit.api import details_of, looks_at, trail
from yimen.foundations.bus.api import act_as, run_pending_jobs
from yimen.registers.consents import api as consents
from yimen.registers.organisations import api as organisations
from yimen.registers.people import api as people
from yimen.registers.people.engine import asking
from yimen.registers.people.models import Person
from yimen.services.providers.models import Opening, Patient, PatientNote, Referral
from yimen.standards.citizen_id import check_character

pytestmark = pytest.mark.django_db
NAMES = {"甲": "欧阳丹枫", "乙": "司徒若水"}


def text(answer):
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def cells(answer):
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def number(serial):
    digits = f"33029919500301{serial:03d}"
    return digits + check_character(digits)


@pytest.fixture
def residents(areas, system, here, on):
    """A resident for each centre, on file in the street's register."""
    with act_as(system, on=on):
        return {
            key: people.register_person(
                by=system,
                at=here,
                name=name,
                community=HOME,
                id_number=number(serial),
                phone=f"1380000123{serial}",
            ).public_id
            for serial, (key, name) in enumerate(NAMES.items(), start=2)
        }


@pytest.fixture
def centres(found):
    return {key: found(f"{key}社区卫生服务中心", kind="health_centre") for key in NAMES}


@pytest.fixture
def doctors(centres, enter):
    return {key: enter(unit, "doctor") for key, unit in centres.items()}


@pytest.fixture
def signed_up(residents, doctors, on):
    """Each centre has signed up its own resident by its own page, and written down what it did."""
    pages = {}
    for serial, (key, name) in enumerate(NAMES.items(), start=2):
        told = {"name": name, "id_number": number(serial), "phone": "13800001234", "consented_on": str(on)}
        answer = doctors[key].post(reverse("providers:sign_up"), told)
        assert answer.status_code == 302, text(answer)
        pages[key] = answer["Location"]
        written = {"done_on": str(on), "text": f"{key}中心记下的血压"}
        assert doctors[key].post(pages[key], written).status_code == 302
    return pages


def everywhere(page):
    """Every way in which a patient of somebody else might be met, by reading."""
    listed = reverse("providers:patients")
    return [
        page,
        f"{page}end/",
        f"{page}refer/",
        listed,
        f"{listed}?name=",
        *(f"{listed}?name={name[:2]}" for name in NAMES.values()),
        f"{listed}?export=xlsx",
        reverse("providers:referrals"),
        f"{reverse('providers:referrals')}?export=xlsx",
        "/",
        *(f"/search?q={name[:2]}" for name in NAMES.values()),
    ]


def shown(client, address, **headers):
    answer = client.get(address, **headers)
    if answer.get("Content-Type", "").startswith("application/vnd"):
        return cells(answer)
    return text(answer)


def refer(doctors, centres, signed_up, on, **told):
    given = {
        "target": str(centres["乙"].organisation.public_id),
        "need": "眼底检查",
        "reason": "血糖控制不好",
        "consented_on": str(on),
        "last_day": str(on + timedelta(days=6)),
    }
    return doctors["甲"].post(f"{signed_up['甲']}refer/", given | told)


@pytest.mark.requirement("S1-109")
@pytest.mark.parametrize(("mine", "theirs"), [("甲", "乙"), ("乙", "甲")])
def test_neither_centre_sees_a_patient_of_the_other_at_any_address(doctors, signed_up, mine, theirs):
    client = doctors[mine]
    assert NAMES[mine] in shown(client, signed_up[mine])
    assert f"{mine}中心记下的血压" in shown(client, signed_up[mine])
    assert NAMES[mine] in shown(client, reverse("providers:patients"))
    for address in everywhere(signed_up[theirs]):
        for headers in ({}, {"HTTP_ACCEPT": "application/json"}, {"HTTP_HX_REQUEST": "true"}):
            said = shown(client, address, **headers)  # the full name is never typed
            assert NAMES[theirs] not in said, address
            assert f"{theirs}中心记下的血压" not in said, address
    for deed in ("", "end/", "refer/"):
        assert client.get(f"{signed_up[theirs]}{deed}").status_code == 404
        assert client.post(f"{signed_up[theirs]}{deed}", {"why": "x"}).status_code == 404
    assert (
        client.post(
            signed_up[theirs], {"done_on": "2026-01-01", "text": "x"}, HTTP_ACCEPT="application/json"
        ).status_code
        == 404
    )


@pytest.mark.requirement("S1-109")
@pytest.mark.parametrize(("mine", "theirs"), [("甲", "乙"), ("乙", "甲")])
def test_the_database_by_itself_shows_a_centre_its_own_patients_only(centres, signed_up, on, mine, theirs):
    by = access.actor_of(centres[mine].doctor, on=on)
    assert by.reach == ()
    with act_as(by, on=on):
        assert [one.name for one in Patient.objects.all()] == [NAMES[mine]]
        assert [one.text for one in PatientNote.objects.all()] == [f"{mine}中心记下的血压"]
        assert list(Patient.objects.within(by)) == list(Patient.objects.all())
        assert list(PatientNote.objects.within(by)) == list(PatientNote.objects.all())
        assert not Person.objects.exists()


@pytest.mark.requirement("S1-109")
def test_a_referral_opens_one_person_and_its_end_closes_it(
    doctors, centres, signed_up, residents, system, on
):
    made = refer(doctors, centres, signed_up, on)
    assert made.status_code == 302, text(made)
    slip, other = made["Location"], doctors["乙"]
    before = text(other.get(slip))
    assert "眼底检查" in before
    assert NAMES["甲"] not in before
    assert "血糖控制不好" not in before
    assert other.get(signed_up["甲"]).status_code == 404
    home = text(other.get("/"))
    assert "眼底检查" in home
    assert "1 张转诊单等接诊" in home
    assert other.post(f"{slip}accept/").status_code == 302
    page = text(other.get(signed_up["甲"]))
    assert NAMES["甲"] in page
    assert "血糖控制不好" in page
    assert "甲中心记下的血压" in page
    assert other.post(signed_up["甲"], {"done_on": str(on), "text": "眼底未见出血"}).status_code == 302
    assert "眼底未见出血" in text(doctors["甲"].get(signed_up["甲"]))
    assert NAMES["甲"] not in text(other.get(reverse("providers:patients")))
    for deed in ("end/", "refer/"):
        assert other.get(f"{signed_up['甲']}{deed}").status_code == 404
    assert doctors["甲"].get(signed_up["乙"]).status_code == 404
    with act_as(system, on=on):
        whys = [one.why for one in looks_at(residents["甲"], by=system)]
    assert any("转诊" in why for why in whys)
    assert doctors["甲"].post(f"{slip}end/", {"why": "检查完了"}).status_code == 302
    assert other.get(signed_up["甲"]).status_code == 404
    after = text(other.get(slip))
    assert "检查完了" in after
    assert NAMES["甲"] not in after
    by = access.actor_of(centres["乙"].doctor, on=on)
    with act_as(by, on=on):
        assert [one.name for one in Patient.objects.all()] == [NAMES["乙"]]
        assert [one.text for one in PatientNote.objects.all()] == ["乙中心记下的血压"]
        assert not Opening.objects.exists()


@pytest.mark.requirement("S1-109")
def test_a_referral_closes_by_itself_after_its_last_day(doctors, centres, signed_up, on):
    slip = refer(doctors, centres, signed_up, on)["Location"]
    assert doctors["乙"].post(f"{slip}accept/").status_code == 302
    last = on + timedelta(days=6)
    for day, names in ((last, {"甲", "乙"}), (last + timedelta(days=1), {"乙"})):
        by = access.actor_of(centres["乙"].doctor, on=day)
        with act_as(by, on=day):
            assert {one.name for one in Patient.objects.all()} == {NAMES[key] for key in names}
            assert {one.name for one in Patient.objects.within(by)} == {NAMES[key] for key in names}
            assert Opening.objects.within(by).exists() is ("甲" in names)
    source = access.actor_of(centres["甲"].doctor, on=day)
    with act_as(source, on=day):
        assert [one.name for one in Patient.objects.all()] == [NAMES["甲"]]


def test_the_receiving_side_ends_it_too_and_whoever_says_no_sees_nothing(doctors, centres, signed_up, on):
    slip = refer(doctors, centres, signed_up, on)["Location"]
    other = doctors["乙"]
    assert other.post(f"{slip}return/", {"why": ""}).status_code == 422
    assert other.post(f"{slip}return/", {"why": "没有这台设备"}).status_code == 302
    assert "没有这台设备" in text(doctors["甲"].get(slip))
    assert other.get(signed_up["甲"]).status_code == 404
    assert other.post(f"{slip}accept/").status_code == 422
    again = refer(doctors, centres, signed_up, on)["Location"]
    assert other.post(f"{again}accept/").status_code == 302
    assert other.post(f"{again}end/", {"why": "看完了"}).status_code == 302
    assert other.get(signed_up["甲"]).status_code == 404


def test_a_third_centre_has_no_part_in_a_referral(doctors, centres, signed_up, enter, found, on):
    slip = refer(doctors, centres, signed_up, on)["Location"]
    doctors["乙"].post(f"{slip}accept/")
    third = enter(found("丙诊所"), "doctor")
    assert third.get(slip).status_code == 404
    for deed in ("accept", "return", "end"):
        assert third.post(f"{slip}{deed}/", {"why": "x"}).status_code == 404
    assert third.get(signed_up["甲"]).status_code == 404
    # Nor may the sender answer for the other side, nor the other side send her on.
    assert doctors["甲"].post(f"{slip}accept/").status_code == 404


def test_whose_post_has_ended_sees_no_patient_any_more(doctors, centres, signed_up, system, here, on):
    with act_as(system, on=on):
        (held,) = organisations.posts_of(centres["甲"].doctor, on=on)
        row = organisations.appointment(held.appointment, by=system)
        organisations.end_appointment(by=system, at=here, appointment=row)
    assert doctors["甲"].get(signed_up["甲"]).status_code in (302, 403, 404)
    by = access.actor_of(centres["甲"].doctor, on=on)
    with act_as(by, on=on):
        assert not Patient.objects.exists()
        assert not Referral.objects.exists()


def test_the_street_sees_no_patient_of_any_centre(signed_up, centres, enter, system, on):
    for role in ("section_chief", "section_officer", "doctor", "auditor"):
        client = enter(role)
        assert client.get(signed_up["甲"]).status_code in (403, 404)
        assert client.get(reverse("providers:patients")).status_code == 403
    with act_as(system, on=on):
        assert not Patient.objects.exists()  # no area opens it, not even all of them
    # The account that submits work is tied to its organisation, yet its pages ask for another permission.
    assert enter(centres["甲"]).get(signed_up["甲"]).status_code == 403


def test_somebody_who_cannot_be_named_is_not_signed_up(doctors, residents, centres, on):
    page = reverse("providers:sign_up")
    told = {"name": NAMES["甲"], "id_number": number(2), "phone": "", "consented_on": str(on)}
    # The third is masked as she is.
    for wrong in ({"name": "王小明"}, {"id_number": number(9)}, {"name": "欧阴舟枫"}):
        answer = doctors["甲"].post(page, told | wrong)
        assert answer.status_code == 422
        assert "姓名和证件号码对不上居民档案" in text(answer)
    assert doctors["甲"].post(page, told | {"id_number": "1234"}).status_code == 422
    assert doctors["甲"].post(page, told | {"consented_on": "2999-01-01"}).status_code == 422
    assert doctors["甲"].post(page, told).status_code == 302
    again = doctors["甲"].post(page, told)
    assert again.status_code == 422
    assert "已经是本机构的服务对象" in text(again)
    # The same resident may go to two organisations; each has its own row.
    assert doctors["乙"].post(page, told).status_code == 302


def test_who_tries_numbers_and_names_is_counted_and_stopped(doctors, residents, centres, on, monkeypatch):
    page = reverse("providers:sign_up")
    told = {"name": "王小明", "id_number": number(2), "phone": "", "consented_on": str(on)}
    monkeypatch.setattr(asking, "strangers_per_hour", lambda *, on: 3)
    said = [text(doctors["甲"].post(page, told | {"request_key": f"k{turn}"})) for turn in range(5)]
    assert ["对不上居民档案" in one for one in said] == [True, True, True, False, False]
    assert "已满 3 次" in said[4]
    # Neither she herself any more this hour, nor fewer for a colleague of another organisation.
    assert doctors["甲"].post(page, told | {"name": NAMES["甲"]}).status_code == 422
    assert doctors["乙"].post(page, told | {"name": NAMES["甲"]}).status_code == 302


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"need": f"{NAMES['甲']}的眼底"}, "不写姓名"),
        ({"last_day": "2001-01-01"}, "查阅到哪天"),
        ({"last_day": "2999-01-01"}, "天之间"),
        ({"consented_on": "2999-01-01"}, "同意日期不能晚于今天"),
        ({"reason": ""}, "必填"),
    ],
)
def test_a_referral_needs_consent_reason_and_term(doctors, centres, signed_up, on, told, said):
    answer = refer(doctors, centres, signed_up, on, **told)
    assert answer.status_code == 422
    assert said in text(answer)


def test_a_second_referral_to_the_same_centre_waits_for_the_end_of_the_first(doctors, centres, signed_up, on):
    assert refer(doctors, centres, signed_up, on).status_code == 302
    again = refer(doctors, centres, signed_up, on)
    assert again.status_code == 422
    assert "还没有结束" in text(again)


def test_ending_the_care_takes_the_referral_back(doctors, centres, signed_up, on):
    slip = refer(doctors, centres, signed_up, on)["Location"]
    doctors["乙"].post(f"{slip}accept/")
    assert doctors["甲"].post(f"{signed_up['甲']}end/", {"why": "搬走了"}).status_code == 302
    assert doctors["乙"].get(signed_up["甲"]).status_code == 404
    assert "服务已结束" in text(doctors["甲"].get(signed_up["甲"]))
    assert NAMES["甲"] not in text(doctors["甲"].get(reverse("providers:patients")))


def test_without_a_licence_nobody_is_signed_up_or_referred(found, enter, residents, on):
    late = enter(found("丁诊所", licensed_to=on - timedelta(days=1)), "doctor")
    told = {"name": NAMES["甲"], "id_number": number(2), "phone": "", "consented_on": str(on)}
    answer = late.post(reverse("providers:sign_up"), told)
    assert answer.status_code == 422
    assert "没有在有效期内的执业许可" in text(answer)


@pytest.fixture
def head(enter):
    return enter("community_head", HOME)


def dies(head, person, on):
    told = {"died_on": str(on), "source": "死亡医学证明"}
    assert head.post(reverse("people:death", args=[person]), told).status_code == 302
    run_pending_jobs()


def lives(head, person):
    answer = head.post(reverse("people:undo_death", args=[person]), {"reason": "同名的人"})
    assert answer.status_code == 302
    run_pending_jobs()


def test_a_death_ends_patient_and_referral_at_both_centres_and_an_error_brings_both_back(
    doctors, centres, residents, signed_up, head, on
):
    slip = refer(doctors, centres, signed_up, on)["Location"]
    assert doctors["乙"].post(f"{slip}accept/").status_code == 302
    assert doctors["乙"].get(signed_up["甲"]).status_code == 200
    dies(head, residents["甲"], on)
    assert "已去世" in text(doctors["甲"].get(signed_up["甲"]))
    assert doctors["甲"].post(signed_up["甲"], {"done_on": str(on), "text": "打电话"}).status_code == 422
    assert NAMES["甲"] not in text(doctors["甲"].get(reverse("providers:patients")))
    assert doctors["乙"].get(signed_up["甲"]).status_code == 404
    assert "已结束" in text(doctors["乙"].get(slip))
    assert NAMES["乙"] in text(doctors["乙"].get(reverse("providers:patients")))
    lives(head, residents["甲"])
    assert NAMES["甲"] in text(doctors["甲"].get(reverse("providers:patients")))
    assert doctors["乙"].get(signed_up["甲"]).status_code == 200
    assert "已接诊" in text(doctors["乙"].get(slip))


def test_what_was_ended_before_she_died_stays_ended_when_the_death_was_an_error(
    doctors, centres, residents, signed_up, head, on
):
    slip = refer(doctors, centres, signed_up, on)["Location"]
    assert doctors["甲"].post(f"{slip}end/", {"why": "她不去了"}).status_code == 302
    assert doctors["甲"].post(f"{signed_up['甲']}end/", {"why": "搬走了"}).status_code == 302
    dies(head, residents["甲"], on)
    lives(head, residents["甲"])
    assert "搬走了" in text(doctors["甲"].get(signed_up["甲"]))
    assert "已撤回" in text(doctors["乙"].get(slip))


def test_a_referral_nobody_has_answered_waits_again_when_the_death_was_an_error(
    doctors, centres, residents, signed_up, head, on
):
    slip = refer(doctors, centres, signed_up, on)["Location"]
    dies(head, residents["甲"], on)
    assert doctors["乙"].post(f"{slip}accept/").status_code == 422
    lives(head, residents["甲"])
    assert doctors["乙"].post(f"{slip}accept/").status_code == 302
    assert doctors["乙"].get(signed_up["甲"]).status_code == 200


class TestTakenBack:
    """That another organisation sees her rests on her consent; she takes it back without either of them."""

    @pytest.fixture
    def take_back(self, residents, system, here, on):
        def do():
            with act_as(system, on=on):
                consents.withdraw_consent(
                    by=system, at=here, person=residents["甲"], purpose="referral_shared"
                )

        return do

    def test_an_accepted_referral_closes_at_once(self, doctors, centres, signed_up, on, take_back):
        slip, other = refer(doctors, centres, signed_up, on)["Location"], doctors["乙"]
        assert other.post(f"{slip}accept/").status_code == 302
        assert NAMES["甲"] in text(other.get(signed_up["甲"]))
        take_back()
        assert other.get(signed_up["甲"]).status_code == 404
        after = text(other.get(slip))
        assert "本人撤回同意" in after and NAMES["甲"] not in after
        by = access.actor_of(centres["乙"].doctor, on=on)
        with act_as(by, on=on):
            assert [one.name for one in Patient.objects.all()] == [NAMES["乙"]]
            assert not Opening.objects.exists()
        assert NAMES["甲"] in text(doctors["甲"].get(signed_up["甲"]))  # her own organisation goes on

    def test_one_that_waits_is_withdrawn_and_a_new_one_needs_her_anew(
        self, doctors, centres, signed_up, on, take_back
    ):
        slip = refer(doctors, centres, signed_up, on)["Location"]
        take_back()
        assert "已撤回" in text(doctors["乙"].post(f"{slip}accept/", follow=True))
        before = refer(doctors, centres, signed_up, on, consented_on=str(on - timedelta(days=1)))
        assert before.status_code == 422 and "重新征得同意" in text(before)
        again = refer(doctors, centres, signed_up, on)
        assert again.status_code == 302
        assert doctors["乙"].post(f"{again['Location']}accept/").status_code == 302
        assert NAMES["甲"] in text(doctors["乙"].get(signed_up["甲"]))

    def test_no_page_of_the_street_says_that_there_was_one(
        self, doctors, centres, signed_up, residents, on, system
    ):
        refer(doctors, centres, signed_up, on)
        with act_as(system, on=on):
            ids = [residents["甲"]]
            hers = consents.purposes_of(ids, on=on, by=system, herself=True)
            shown = consents.purposes_of(ids, on=on, by=system)
            rows = list(trail(by=system).filter(subject_kind="consent"))
            told = str(details_of(rows, by=system))
        assert any(line.standing for line in hers if line.purpose.key == "referral_shared")
        assert "referral_shared" not in {line.purpose.key for line in shown}
        assert rows and "referral_shared" not in told and str(residents["甲"]) not in told
