"""One application, several units: asked at once, answered on one page, never at the cost of the clock."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import FAR, OTHER_STREET, STREET, matter, on_day
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as
from yimen.foundations.definitions.api import publish
from yimen.foundations.messages.models import Message
from yimen.kernel.clock import day_of
from yimen.registers.organisations import api as organisations
from yimen.work.desk import operations
from yimen.work.desk.engine.numbers import tracking_word
from yimen.work.desk.models import Case, CaseStep, Share

WORD = "Panhuo-2026-east"
ANSWERS = {
    "reason": "一家三口没有收入", "phone": "13800001234", "sick": "no", "paper-identity": "seen",
    "intake-source": "counter",
}  # fmt: skip
ASK = [
    {"key": "money", "title": "民政部门", "finds": ["民政"], "question": "能不能给予补助？", "days": 3,
     "tells": ["reason"]},
    {"key": "ill", "title": "医保部门", "finds": ["医保"], "question": "能不能报销？", "days": 3,
     "needed_if": "sick"},
    {"key": "school", "title": "教育部门", "finds": ["教育"], "question": "孩子能不能减免？", "days": 3},
]  # fmt: skip


@pytest.fixture
def joint(street, acting, system):
    """A matter that is usually sent to civil affairs and to the schools, and to medical insurance if somebody is ill."""
    start = on_day(2026, 1, 5)
    with acting(system):
        publish(
            by=system,
            at=start,
            effective_on=start.date(),
            kind="matter",
            key="joint",
            body=matter(title="联办试点", ask=ASK),
        )


@pytest.fixture
def unit(acting, system, street):
    """``unit("民政办", "section_officer", area=…)``: an organisation and somebody who holds its post; her account."""

    def found(name, role, *, area=STREET, kind="section", post_area=""):
        at = timezone.now() - timedelta(hours=1)
        with acting(system, on=day_of(at)):
            since = day_of(at)
            organisation = organisations.found_organisation(
                by=system, at=at, name=name, kind=kind, area=area, since=since
            )
            account = access.create_account(
                by=system, at=at, username=role.replace("_", ""), name="吴经办", password=WORD,
                area=area, must_change=False,
            )  # fmt: skip
            post = organisations.create_post(
                by=system, at=at, organisation=organisation, title="经办", role=role, area=post_area or area,
                since=since,
            )  # fmt: skip
            organisations.appoint(by=system, at=at, post=post, account=account.public_id, since=since)
        return organisation, account

    return found


@pytest.fixture
def enter(client):
    def sign_in(username):
        with act_as(access.DOORKEEPER, on=day_of(timezone.now())):
            assert client.post("/sign-in", {"username": username, "password": WORD}).status_code == 302
        return client

    return sign_in


@pytest.fixture
def case(signed_in, joint, person, acting, system):
    """An application under the joint matter, accepted at the window of the first community."""
    browser = signed_in("li", "window_clerk")
    assert browser.post(f"/desk/new/joint/?person={person}", ANSWERS).status_code == 302
    with acting(system):
        return Case.objects.get().public_id


def _rows(*rows):
    told = {"unit-TOTAL_FORMS": len(rows), "unit-INITIAL_FORMS": 0, "request_key": str(uuid4())}
    for number, row in enumerate(rows):
        due = {"due_on": day_of(timezone.now()).isoformat(), "send": "on", "unit": ""}
        told |= {f"unit-{number}-{name}": value for name, value in (due | row).items()}
    return told


def _two(civil):
    return _rows(
        {"unit": civil.public_id, "question": "能不能给予补助？", "key": "money"},
        {"unit_name": "区教育局", "question": "孩子能不能减免？", "key": "school"},
    )


def test_the_usual_units_come_filled_in_and_only_those_that_the_answers_call_for(case, unit, client):
    unit("潘火街道民政办", "section_officer")
    page = client.get(f"/desk/cases/{case}/ask-units/").content.decode()
    assert re.search(r"<option value=\"[0-9a-f-]{36}\" selected[^>]*>潘火街道民政办", page)
    assert "教育部门" in page and "医保部门" not in page


def test_all_answers_stand_on_one_page_and_on_the_residents_own(case, unit, enter, acting, system, client):
    civil, _ = unit("潘火街道民政办", "section_officer")
    with acting(system):
        due = Case.objects.get().due_on
    page = f"/desk/cases/{case}/"
    assert client.post(f"{page}ask-units/", _two(civil)).status_code == 302
    with acting(system):
        shares = {share.unit_name: share for share in Share.objects.all()}
        assert Case.objects.get().due_on == due
        assert shares["潘火街道民政办"].told == [["原因", "一家三口没有收入"]] and not shares["区教育局"].told
    # The department without an account: the window types in what it said by telephone, and it is marked so.
    school = f"/desk/shares/{shares['区教育局'].public_id}/"
    told = {"answer": "refused", "text": "不在学籍名册里，请找原学校", "heard": "phone"}
    nobody = client.post(f"{school}answer/", told)
    assert nobody.status_code == 422
    told["said_by"] = "基础教育科陈老师"
    assert client.post(f"{school}answer/", told).status_code == 302
    # The unit itself sees it on its first page and answers.
    officer = enter("sectionofficer")
    mine = f"/desk/shares/{shares['潘火街道民政办'].public_id}/"
    home = officer.get("/").content.decode()
    assert "等我协办" in home and mine in home
    told = {"answer": "agreed", "text": "从下月起每月领取", "amount": "800"}
    assert officer.post(f"{mine}answer/", told).status_code == 302
    assert officer.post(f"{mine}answer/", told).status_code == 422
    whole = enter("li").get(page).content.decode()
    for words in ("¥800.00", "从下月起每月领取", "不在学籍名册里", "电话答复，窗口代录", "基础教育科陈老师"):
        assert words in whole
    own = client.get(f"/t/{tracking_word(case)}").content.decode()
    assert "从下月起每月领取" in own and "不在学籍名册里" in own and "800" not in own and "王桂英" not in own
    with acting(system):
        assert Message.objects.filter(title="协办有了答复").count() == 1


def test_a_row_that_cannot_be_sent_comes_back_and_the_others_are_sent(case, unit, acting, system, client):
    civil, _ = unit("潘火街道民政办", "section_officer")
    far = (day_of(timezone.now()) + timedelta(days=90)).isoformat()
    answer = client.post(
        f"/desk/cases/{case}/ask-units/",
        _rows(
            {"unit": civil.public_id, "question": "能不能给予补助？"},
            {"unit_name": "区教育局", "question": "能不能减免？", "due_on": far},
            {"unit_name": "没有问的", "question": ""},
        ),
    )
    text = answer.content.decode()
    assert (
        answer.status_code == 422
        and "已送 1 个单位" in text
        and "不因协办停表" in text
        and "区教育局" in text
    )
    again = client.post(
        f"/desk/cases/{case}/ask-units/", _rows({"unit": civil.public_id, "question": "再问一遍"})
    )
    assert again.status_code == 422 and "不用再送一次" in again.content.decode()
    with acting(system):
        assert Share.objects.count() == 1 and CaseStep.objects.filter(kind="asked_units").count() == 1


def test_it_is_decided_when_all_have_answered_or_with_a_reason_without_them(
    case, unit, enter, acting, system, client, signed_in
):
    civil, _ = unit("潘火街道民政办", "section_officer")
    client.post(f"/desk/cases/{case}/ask-units/", _two(civil))
    chief = signed_in("sun", "section_chief", area=STREET)
    decide = f"/desk/cases/{case}/decide/"
    waits = chief.post(decide, {"outcome": "granted"})
    assert waits.status_code == 422 and "还没有答复" in waits.content.decode()
    assert chief.post(decide, {"outcome": "granted", "without": "期限到了，先办能办的"}).status_code == 302
    with acting(system):
        assert set(Share.objects.values_list("state", flat=True)) == {"closed"}
        step = CaseStep.objects.get(kind="decided")
        assert "没有等潘火街道民政办、区教育局的答复：期限到了" in step.note
    assert "等我协办" not in enter("sectionofficer").get("/").content.decode()


def test_a_unit_is_reminded_once_a_day_and_a_question_is_taken_back_with_a_reason(
    case, unit, acting, system, client
):
    civil, account = unit("潘火街道民政办", "section_officer")
    client.post(f"/desk/cases/{case}/ask-units/", _two(civil))
    with acting(system):
        share = Share.objects.get(unit=civil.public_id)
    page = f"/desk/shares/{share.public_id}/"
    assert client.post(f"{page}urge/").status_code == 302
    twice = client.post(f"{page}urge/")
    assert twice.status_code == 422 and "一天只催一次" in twice.content.decode()
    with acting(system):
        sent = Message.objects.filter(addressee=f"account:{account.public_id}")
        assert sent.count() == 2 and not any("王桂英" in one.title + one.text for one in sent)
    assert client.post(f"{page}withdraw/", {"why": ""}).status_code == 422
    assert client.post(f"{page}withdraw/", {"why": "问错单位"}).status_code == 302
    assert client.post(f"{page}urge/").status_code == 422


def test_a_unit_beyond_the_areas_of_the_case_sees_its_question_and_nothing_else(
    case, unit, enter, acting, system, client, person
):
    # The county's centre is asked; who answers there works for another street.
    centre, _ = unit("区医保中心", "doctor", area="330212", kind="institution", post_area=OTHER_STREET)
    rows = _rows({"unit": centre.public_id, "question": "能不能报销？", "send": ""})
    assert client.post(f"/desk/cases/{case}/ask-units/", rows).status_code == 302
    far = enter("doctor")
    with acting(system):
        share = Share.objects.get().public_id
    page = far.get(f"/desk/shares/{share}/")
    assert page.status_code == 200 and "能不能报销？" in page.content.decode()
    assert "13800001234" not in page.content.decode() and "一家三口" not in page.content.decode()
    assert far.get(f"/desk/cases/{case}/").status_code in (403, 404)
    assert far.get(f"/people/{person}/").status_code == 404
    told = {"answer": "elsewhere", "text": "参保地在外省，请向参保地医保申请"}
    assert far.post(f"/desk/shares/{share}/answer/", told).status_code == 302
    assert "参保地在外省" in enter("li").get(f"/desk/cases/{case}/").content.decode()


def test_the_other_street_finds_neither_the_question_nor_the_list(case, unit, enter, acting, system, client):
    civil, _ = unit("潘火街道民政办", "section_officer")
    client.post(f"/desk/cases/{case}/ask-units/", _two(civil))
    unit("百丈街道民政办", "section_chief", area=OTHER_STREET)
    far = enter("sectionchief")
    with acting(system):
        share = Share.objects.first().public_id
    assert far.get(f"/desk/shares/{share}/").status_code == 404
    assert far.post(f"/desk/shares/{share}/answer/", {"answer": "agreed", "text": "好"}).status_code == 404
    for kind in ("mine", "sent", "all"):
        assert "王桂英" not in far.get(f"/desk/shares/{kind}/").content.decode()
    assert far.get(f"/desk/cases/{case}/ask-units/").status_code == 404


def test_what_is_late_reminds_the_unit_and_climbs(case, unit, acting, system, client):
    civil, account = unit("潘火街道民政办", "section_officer")
    client.post(f"/desk/cases/{case}/ask-units/", _two(civil))
    at = timezone.now() + timedelta(days=7)
    while at.weekday() > 4:
        at += timedelta(days=1)
    with acting(system, on=day_of(at)):
        assert operations.chase_shares(by=system, at=at) == 2
        titles = list(
            Message.objects.filter(addressee=f"account:{account.public_id}").values_list("title", flat=True)
        )
        assert "有一件协办已过答复期限" in titles and "有协办过期没有答复" in titles
        before = Message.objects.count()
        operations.chase_shares(by=system, at=at)
        late = Message.objects.filter(title="有一件协办已过答复期限").count()
        assert late == 1 and Message.objects.count() > before


def test_only_the_unit_that_was_asked_answers_as_itself(case, unit, enter, acting, system, client):
    civil, _ = unit("潘火街道民政办", "section_officer")
    unit("潘龙居委会", "community_worker", area=FAR, kind="committee")
    client.post(f"/desk/cases/{case}/ask-units/", _two(civil))
    with acting(system):
        share = Share.objects.get(unit=civil.public_id).public_id
    page = enter("communityworker").get(f"/desk/shares/{share}/")
    assert page.status_code == 404
