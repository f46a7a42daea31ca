"""Her consents to care data on her own page: hers to read and to take back, with the effect it has at the clinic."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.doors.portal.test_looks import COMMUNITY, PASSWORD, make, street
from yimen.foundations.audit.models import TrailDetail
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.services.care import api as care
from yimen.services.care.models import CareConsent, CareRecord

__all__ = ["make", "street"]
pytestmark = pytest.mark.django_db
SEEN = {"asked_by": "本人", "identity": "当面核对身份证"}
WITHDRAW = "/my/file/kept/care-{}/withdraw"


@pytest.fixture
def real_now():
    return timezone.now()


@pytest.fixture
def her(street, acting, system, real_now):
    with acting(system, on=day_of(real_now)):
        return people.register_person(by=system, at=real_now, name="王秀英", community=COMMUNITY).public_id


@pytest.fixture
def agreed(her, make_actor, acting, real_now):
    """She agreed to two kinds, and something was written down in each and in one that a law asks for."""
    kinds = ("maternal", "mental", "vaccination")
    doctor = make_actor(
        "people.find", "care.record", *(f"care.view_{kind}" for kind in kinds), area=COMMUNITY, name="孙医生"
    )
    with acting(doctor, on=day_of(real_now)):
        for kind in kinds:
            told = {"by": doctor, "at": real_now, "person": her, "kind": kind}
            if kind != "vaccination":
                care.give_consent(**told)
            care.record_care(**told, seen_on=day_of(real_now), words=f"雪鸮{kind}")
    return doctor


def page_of(her, make) -> Client:
    """Her phone, on which the page stands open by a slip of the window."""
    clerk, phone = Client(), Client()
    made = make("clerk", "窗口小李", role="window_clerk")
    clerk.post("/sign-in", {"username": made.username, "password": PASSWORD})
    answer = clerk.post(f"/people/{her}/rights/slip", SEEN).content.decode()
    assert phone.post(re.search(r"/my/open/[A-Z2-7]+", answer)[0]).status_code == 302
    return phone


def text(client, address="/my/file") -> str:
    return client.get(address).content.decode()


def test_she_reads_to_what_she_agreed_and_none_of_what_was_written(her, agreed, make):
    page = text(page_of(her, make))
    assert "记录孕产" in page and "记录精神卫生信息" in page and "孙医生告知" in page
    # What a law asks for rests on no consent, and the words stay with the clinician.
    assert "预防接种" not in page and "雪鸮" not in page
    assert "记录儿童" not in page


def test_taken_back_on_her_phone_the_records_of_that_kind_are_gone_at_once(
    her, agreed, make, acting, system, real_now
):
    phone = page_of(her, make)
    assert phone.post(WITHDRAW.format("mental")).status_code == 302
    assert "记录精神卫生信息" not in text(phone) or "已经停止" in text(phone)
    on = day_of(real_now)
    with acting(system, on=on):
        assert sorted(CareRecord.objects.values_list("kind", flat=True)) == ["maternal", "vaccination"]
        assert list(CareConsent.objects.filter(until=None).values_list("kind", flat=True)) == ["maternal"]
        details = TrailDetail.objects.filter(row__verb__startswith="care.")
        assert details and not [one for one in details if "mental" in str(one.body)]
    told = {"by": agreed, "at": real_now, "person": her, "kind": "mental"}
    with acting(agreed, on=on), pytest.raises(care.CannotRecord, match="还没有同意"):
        care.record_care(**told, seen_on=on, words="不该记下")


def test_what_a_law_asks_for_stays_and_a_kind_that_is_not_there_is_not_found(
    her, agreed, make, acting, system, real_now
):
    phone = page_of(her, make)
    phone.post(WITHDRAW.format("vaccination"))
    assert phone.post(WITHDRAW.format("child")).status_code == 404
    assert phone.post(WITHDRAW.format("nothing")).status_code == 404
    assert phone.post("/my/file/kept/nowhere-mental/withdraw").status_code == 404
    with acting(system, on=day_of(real_now)):
        assert CareRecord.objects.count() == 3


def test_nobody_takes_back_or_reads_the_consents_of_another(her, agreed, make, acting, system, real_now):
    with acting(system, on=day_of(real_now)):
        other = people.register_person(by=system, at=real_now, name="李桂花", community=COMMUNITY).public_id
    phone = page_of(other, make)
    assert "精神卫生" not in text(phone)
    assert phone.post(WITHDRAW.format("mental")).status_code == 404
    nobody = Client()
    assert "王秀英" not in nobody.post(WITHDRAW.format("mental")).content.decode()
    with acting(system, on=day_of(real_now)):
        assert CareConsent.objects.filter(person=her, until=None).count() == 2


def test_of_two_files_of_one_person_both_are_read_and_taken_back(her, agreed, make, acting, system, real_now):
    with acting(system, on=day_of(real_now)):
        twin = people.register_person(by=system, at=real_now, name="王秀英", community=COMMUNITY).public_id
        people.merge_people(by=system, at=real_now, keep=twin, alias=her, reason="同一人")
    phone = page_of(twin, make)
    assert "记录精神卫生信息" in text(phone)
    assert phone.post(WITHDRAW.format("mental")).status_code == 302
    with acting(system, on=day_of(real_now)):
        assert not CareRecord.objects.filter(kind="mental").exists()
