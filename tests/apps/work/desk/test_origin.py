"""A note in passing (随手记) becomes a case: person, source and words go along, and the case keeps where it came from."""

import re

import pytest

from yimen.work.desk.models import Case

NEW = "/ledger/notes/new"
NOTE = {"item": "called_by_phone", "text": "家里漏水，问能不能帮", "sequel": "case"}


@pytest.fixture
def browser(signed_in):
    return signed_in("clerk", "community_worker")


def _note(browser, person):
    answer = browser.post(f"{NEW}?person={person}", NOTE)
    assert answer.status_code == 302
    return answer.url


def _only_case(acting, system):
    with acting(system):
        return Case.objects.get()


def test_the_note_leads_to_the_matters_and_fills_in_source_and_words(browser, person, acting, system):
    choose = _note(browser, person)
    assert choose.startswith("/desk/new/?person=")
    page = browser.get(choose).content.decode()
    assert "家里漏水，问能不能帮" in page
    onward = re.search(r'/desk/new/trial/\?person=[^"]+origin=[0-9a-f-]+', page)[0].replace("&amp;", "&")
    form = browser.get(onward).content.decode()
    assert re.search(r'value="phone"\s+selected', form)
    assert "家里漏水，问能不能帮" in form
    origin = re.search(r'name="intake-origin" value="([0-9a-f-]+)"', form)[1]
    taken = browser.post(
        onward,
        {
            "reason": "漏水",
            "phone": "13800001234",
            "sick": "no",
            "paper-identity": "seen",
            "intake-source": "phone",
            "intake-note": "家里漏水，问能不能帮",
            "intake-origin": origin,
            "act": "accept",
        },
    )
    assert taken.status_code == 302
    case = _only_case(acting, system)
    assert (str(case.origin), case.source) == (origin, "phone")
    told = browser.get(f"/desk/cases/{case.public_id}/").content.decode()
    assert "随手记" in told and f"/ledger/notes/{origin}/" in told
    note = browser.get(f"/ledger/notes/{origin}/").content.decode()
    assert f"/desk/cases/{case.public_id}/" in note
    refused = browser.post(f"/ledger/notes/{origin}/undo")
    assert refused.status_code == 422
    assert "已经据此受理了办件" in refused.content.decode()


def test_a_case_needs_a_resident(browser, person):
    answer = browser.post(NEW, NOTE | {"place": "菜场东门"})
    assert answer.status_code == 422


def test_a_note_about_somebody_else_is_no_origin(browser, person, acting, system):
    page = browser.get(f"/desk/new/trial/?person={person}&origin=0190a0f0-0000-7000-8000-000000000000")
    assert page.status_code == 200
    assert "随手记" not in page.content.decode().split('id="work"')[1]
