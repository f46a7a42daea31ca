"""The card beside a case, its own page and the list, over HTTP."""

import pytest

from tests.apps.work.desk.conftest import FAR, STREET
from yimen.foundations.audit.models import Look
from yimen.registers.people import api as people

NUMBER = "11010519491231002X"


def card_of(found) -> str:
    return f"/transcripts/{found.public_id}/"


def test_the_card_on_the_case_has_the_fields_in_their_order_with_copy_keys_and_takes_the_number(
    taken, client, again
):
    found = taken()
    case = f"/desk/cases/{found.case}/"
    page = client.get(case).content.decode()
    labels = ["渠道", "姓名", "手机", "受理日", "事由", "来源编号", "银行卡号"]
    card = page[page.index("省里的试用系统") :]
    assert [card.index(one) for one in labels] == sorted(card.index(one) for one in labels)
    assert f'data-copy="{found.accepted_on:%Y/%m/%d}"' in card
    assert 'data-copy="住院"' in card and f'data-copy="{found.case_number}"' in card
    answer = client.post(
        card_of(found),
        {"outside_number": "A-17", "outside_state": "审核中", "edition": "1", "back": "case"},
    )
    assert answer.status_code == 302 and answer.url == case
    assert "A-17" in client.get(case).content.decode()
    assert again(found).standing == "written"


def test_a_double_click_is_one_deed_and_an_old_page_is_told(taken, client, again):
    found = taken()
    posted = {"outside_number": "A-17", "outside_state": "审核中", "edition": "1", "request_key": "k1"}
    for _ in range(2):
        assert client.post(card_of(found), posted).status_code == 302
    assert again(found).edition == 2
    late = client.post(card_of(found), posted | {"outside_state": "退回", "request_key": "k2"})
    assert late.status_code == 409 and "同事刚刚登记过" in late.content.decode()


def test_a_mistake_comes_back_with_what_was_typed(taken, client):
    found = taken()
    answer = client.post(card_of(found), {"outside_number": "A-17", "outside_state": "", "edition": "1"})
    assert answer.status_code == 422 and "A-17" in answer.content.decode()


def test_telephone_and_number_stand_in_part_and_whole_once_for_a_purpose_that_is_noted(
    taken, client, person, acting, system, now
):
    with acting(system):
        people.add_document(by=system, at=now, person=person, kind="id_card", number=NUMBER)
    found = taken()
    page = client.get(card_of(found)).content.decode()
    assert NUMBER not in page and "13800001234" not in page and "138" in page
    assert client.post(f"{card_of(found)}see/", {"field": "id_number", "purpose": "no"}).status_code == 422
    asked = {"field": "id_number", "purpose": "apply"}
    seen = client.post(f"{card_of(found)}see/", asked).content.decode()
    assert f'data-copy="{NUMBER}"' in seen and "13800001234" not in seen
    assert NUMBER not in client.get(card_of(found)).content.decode()
    with acting(system):
        assert Look.objects.filter(subject=person, why__startswith="查看证件号码").count() == 1


def test_the_list_counts_filters_and_goes_out_and_another_street_finds_nothing(taken, signed_in, client):
    found = taken()
    page = client.get("/transcripts/").content.decode()
    assert card_of(found) in page and "省里的试用系统" in page and "未抄录" in page
    assert card_of(found) in client.get("/transcripts/?standing=waiting&system=trial_system").content.decode()
    assert card_of(found) not in client.get("/transcripts/?standing=ended").content.decode()
    assert signed_in("zhao", "section_officer", area=STREET).get(card_of(found)).status_code == 200
    far = signed_in("wu", "window_clerk", area=FAR)
    assert card_of(found) not in far.get("/transcripts/").content.decode()
    assert far.get(card_of(found)).status_code == 404
    assert far.post(card_of(found), {"outside_number": "A", "outside_state": "审核中"}).status_code == 404


@pytest.mark.parametrize("role", ["volunteer", "leader"])
def test_who_has_nothing_to_do_with_it_is_refused(taken, signed_in, role):
    found = taken()
    browser = signed_in("gu", role)
    assert browser.get("/transcripts/").status_code == 403
    assert browser.get(card_of(found)).status_code == 403
