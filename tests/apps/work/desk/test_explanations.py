"""What cannot be asked of us is explained at once, with the lawful way: certificates and things abolished."""

import pytest

from tests.apps.work.desk.conftest import matter, on_day
from yimen.foundations.definitions.api import CannotUseDefinitions, publish
from yimen.standards.certificates import CERTIFICATES
from yimen.work.desk import api as desk

ON = on_day(2026, 11, 20).date()


@pytest.mark.parametrize("certificate", CERTIFICATES, ids=lambda one: one.key)
def test_each_of_the_twenty_certificates_is_answered_with_the_right_body(acting, clerk, street, certificate):
    with acting(clerk):
        told = desk.find_explanations(f"开{certificate.label}", by=clerk, on=ON)
    one = next(one for one in told if one.title == f"社区不开这个证明：{certificate.label}")
    assert certificate.bodies[0] in one.text and one.basis == "民发〔2020〕20号"


def test_what_can_be_asked_is_not_explained_away(acting, clerk, street):
    with acting(clerk):
        for words in ("", "补助", "着火了", "登记", "身份证", "证明"):
            assert desk.find_explanations(words, by=clerk, on=ON) == [], words


def test_no_matter_can_be_published_that_issues_such_a_certificate(acting, system, street):
    at = on_day(2026, 11, 20)
    with acting(system), pytest.raises(CannotUseDefinitions, match="社区不出具亲属关系证明"):
        publish(
            by=system, at=at, kind="matter", key="kinship", effective_on=ON, body=matter(title="亲属关系证明")
        )


@pytest.mark.parametrize(
    ("typed", "body"), [("亲属关系证明", "公证机构"), ("无犯罪证明", "派出所"), ("单身证明", "婚姻登记机关")]
)
def test_typing_it_while_choosing_the_matter_shows_where_to_go(signed_in, person, typed, body):
    page = signed_in("li", "window_clerk").get(f"/desk/new/?person={person}&q={typed}").content.decode()
    assert "社区不开这个证明" in page and body in page and "民发〔2020〕20号" in page
    assert "没有找到这样的事项" not in page


def test_the_global_search_says_it_too(signed_in, person):
    page = signed_in("li", "window_clerk").get("/search?q=无犯罪记录证明").content.decode()
    assert "社区不开这个证明" in page and "没有找到" not in page


@pytest.mark.requirement("S0-04")
def test_the_abolished_proof_is_explained_and_leads_to_the_registration(signed_in, person):
    clerk = signed_in("li", "window_clerk")
    page = clerk.get(f"/desk/new/?person={person}&q=婚育证").content.decode()
    assert "2021年9月" in page and f"/desk/new/birth_registration/?person={person}" in page
    assert "流动人口婚育证明已经取消" in clerk.get("/search?q=婚育证").content.decode()
    assert clerk.get(f"/desk/new/marriage_birth_proof/?person={person}").status_code == 404


def test_an_old_permit_leads_to_the_registration(signed_in, person):
    page = signed_in("li", "window_clerk").get(f"/desk/new/?person={person}&q=准生证").content.decode()
    assert "已经改为生育登记" in page and "/desk/new/birth_registration/" in page
