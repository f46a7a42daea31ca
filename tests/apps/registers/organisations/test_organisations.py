"""Organisations: registered once with a right credit code, seen by those who work with them."""

from datetime import date

import pytest
from django.db import transaction

from yimen.foundations.bus.api import act_as
from yimen.kernel.refusals import NotAllowed, Refused
from yimen.registers.organisations import api as organisations
from yimen.registers.organisations.permissions import EDIT, VIEW
from yimen.registers.places import api as places

pytestmark = pytest.mark.django_db
SINCE = date(2024, 1, 1)


def refusal(call, **given):
    with pytest.raises(Refused) as caught, transaction.atomic():
        call(**given)
    return caught.value


def found(system, now, **given):
    usual = {"name": "金谷物业公司", "kind": "company", "area": "330212007001", "since": SINCE}
    return organisations.found_organisation(by=system, at=now, **usual | given)


def test_a_typed_credit_code_is_kept_in_one_shape(areas, system, now):
    firm = found(system, now, credit_code="９１１１０００0-600037341l")
    assert firm.credit_code == "91110000600037341L"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": "  "}, "不能登记单位：要有名称。"),
        (
            {"credit_code": "91110000600037341A"},
            "不能登记单位：统一社会信用代码的校验位不对，可能有一位写错，请再核对一遍。",
        ),
    ],
)
def test_a_wrong_registration_is_refused_in_words(areas, system, now, given, sentence):
    assert refusal(found, system=system, now=now, **given).sentence == sentence


def test_a_firm_is_registered_once(areas, system, now):
    found(system, now, credit_code="91110000600037341L")
    same_code = refusal(found, system=system, now=now, name="别名公司", credit_code="91110000600037341L")
    assert same_code.sentence == "统一社会信用代码 91110000600037341L 已登记为金谷物业公司，不要重复登记。"
    same_name = refusal(found, system=system, now=now)
    assert (same_name.status, same_name.sentence) == (
        409,
        "“金谷物业公司”已登记为金谷物业公司，不要重复登记。",
    )


def test_a_section_stands_in_an_area_of_its_parent(office, committee, system, now):
    section = found(system, now, name="公共服务办", kind="section", area="330212007", parent=office)
    assert organisations.sections_of(office, by=system, on=SINCE) == [section]
    outside = refusal(found, system=system, now=now, area="330212008", parent=office)
    assert outside.sentence == "不能登记单位：上级单位潘火街道办事处已撤销，或不管这个区域。"


def test_a_community_knows_its_own_and_the_wider_organisations_but_no_other_street(
    office, committee, system, now, make_actor, today
):
    other = found(system, now, name="百丈街道办事处", kind="street_office", area="330212008")
    clerk = make_actor(VIEW, area="330212007001")
    with act_as(clerk, on=today):
        assert list(organisations.organisations(by=clerk, on=today)) == [office, committee]
        assert list(organisations.organisations(by=clerk, on=today, kind="committee")) == [committee]
        with pytest.raises(organisations.NoSuchOrganisation):
            organisations.organisation(other.public_id, by=clerk)
    neighbour = make_actor(VIEW, area="330212008001")
    with act_as(neighbour, on=today):
        assert list(organisations.organisations(by=neighbour, on=today)) == [other]


def test_nobody_sees_nothing(office, today):
    from yimen.registers.organisations.models import Organisation

    assert not Organisation.objects.known_to(None).exists()


def test_the_organisation_responsible_for_an_area_is_found_by_kind(office, committee, today):
    assert organisations.organisation_for("330212007001", kind="committee", on=today) == committee
    assert organisations.organisation_for("330212007002", kind="committee", on=today) is None


def test_organisations_are_registered_only_where_one_may(areas, make_actor, now):
    clerk = make_actor(EDIT, area="330212007001")
    with pytest.raises(NotAllowed):
        found(clerk, now, area="330212007002")


def test_an_organisation_with_people_in_post_is_not_dissolved(post, committee, worker, system, now, today):
    organisations.appoint(by=system, at=now, post=post, account=worker, since=today)
    answer = refusal(
        organisations.dissolve_organisation,
        by=system,
        at=now,
        organisation=committee,
        until=date(2026, 12, 1),
    )
    assert answer.sentence == "东莺社区居民委员会不能撤销：还有人在岗，请先办理免职。"


def test_a_dissolved_organisation_stays_readable(committee, system, now, today):
    organisations.dissolve_organisation(by=system, at=now, organisation=committee, until=today)
    assert organisations.organisation(committee.public_id, by=system).until == today
    assert committee not in organisations.organisations(by=system, on=today)


def test_organisations_follow_a_reorganised_area_with_the_roles_of_their_posts(
    post, committee, worker, system, now, today
):
    from yimen.foundations.access import api as access

    organisations.appoint(by=system, at=now, post=post, account=worker, since=date(2026, 1, 1))
    (code,) = places.reorganise_areas(
        by=system,
        at=now,
        on=date(2026, 11, 1),
        old=["330212007001"],
        new=[places.NewArea("330212007", "东莺苑社区")],
    )
    assert organisations.organisation_for(code, kind="committee", on=today) == committee
    assert [one.account for one in organisations.holders_of("community_worker", area=code, on=today)] == [
        worker
    ]
    assert access.actor_of(worker, on=today).reach == (code,)
    assert access.actor_of(worker, on=date(2026, 10, 31)).reach == ("330212007001",)
