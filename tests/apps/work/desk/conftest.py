"""A street with one community at work, two matters, and residents: everything through operations."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from yimen.foundations.bus.api import Deed, open_deed
from yimen.foundations.definitions.api import current_all, publish
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.kernel.ids import uuid7
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.work.desk import api as desk
from yimen.work.desk.models import Delegation

STREET, HOME, OTHER_STREET, FAR = "330212007", "330212007001", "330212008", "330212008001"
ROWS = [
    ("330212", "鄞州区"),
    (STREET, "潘火街道"),
    (HOME, "东莺社区"),
    (OTHER_STREET, "百丈街道"),
    (FAR, "潜龙社区"),
]
# On which terms the matters of the street are given to its communities.
ON_THESE_TERMS = {"powers": "accept", "document": "事项下放清单", "seal_rule": "使用便民服务专用章"}
FORM = {
    "title": "试用申请表",
    "questions": [
        {
            "key": "reason",
            "label": "原因",
            "type": "text",
            "required": True,
            "purpose": "判断是否属于受理范围",
        },
        {
            "key": "phone",
            "label": "联系电话",
            "type": "phone",
            "prefill": "person.phone",
            "purpose": "联系申请人",
        },
        {"key": "sick", "label": "是否因病", "type": "yesno", "purpose": "决定要哪些材料"},
    ],
}
PAPERS = [
    {"key": "identity", "title": "身份证", "how": "带原件即可"},
    {"key": "diagnosis", "title": "诊断证明", "needed_if": "sick", "may_follow": True, "how": "就诊医院出具"},
]
WINDOW = {
    "name": "潘火街道办事处",
    "mark": "潘街",
    "address": "测试路 1 号便民服务中心",
    "phone": "0574-12345678",
    "review_office": "鄞州区人民政府",
    "court": "鄞州区人民法院",
}


def matter(**told):
    return {
        "title": "试用补助",
        "summary": "用来试办的事项。",
        "says": ["补助", "困难"],
        "way": "decision",
        "decides": "community",
        "basis": [{"document": "社会救助法", "article": "第五十条"}],
        "form": "trial_form",
        "papers": PAPERS,
        "days": {"legal": 10, "promised": 5, "legal_source": "社会救助法"},
        "result": "同意补助通知书",
        "items": ["trial_help"],
        "archive": {"category": "救助", "keep_years": 10},
    } | told


@pytest.fixture
def street(acting, system):
    """Areas, window, form and three matters: a decision, one decided by the street, and a notice."""
    start = on_day(2026, 1, 5)
    publishing = {"by": system, "at": start, "effective_on": start.date()}
    with acting(system):
        rows = [places.AreaRow(*row) for row in ROWS]
        places.import_areas(by=system, at=start, since=date(2015, 1, 1), rows=rows)
        for area in (STREET, OTHER_STREET):
            publish(**publishing, kind="window", key=area, body=WINDOW | {"mark": f"街{area[-1]}"})
        publish(**publishing, kind="form", key="trial_form", body=FORM)
        publish(**publishing, kind="item", key="trial_help", body={"title": "试用救助", "unit": "户次"})
        publish(**publishing, kind="matter", key="trial", body=matter())
        publish(
            **publishing, kind="matter", key="street_trial", body=matter(title="街道试办", decides="street")
        )
        notice = matter(title="试用登记", way="notice", papers=[], result="登记回执")
        publish(**publishing, kind="matter", key="trial_notice", body=notice)
        for area in (HOME, FAR):
            delegate_all(area, by=system, at=start)
        # The table of areas is read by whoever asks first, and kept: no test shall count that.
        places.area_name(HOME)


def delegate_all(area, *, by, at):
    """Everything of the street may be asked at the window of this community too (下放), for as long as tests last.

    In one statement and not by some hundred deeds, because nearly every test stands on this street:
    test_delegating.py holds these rows against what the operation writes.
    """
    given = [
        Delegation(
            matter=definition.key,
            street=street_of(area),
            area=area,
            **ON_THESE_TERMS,
            since=day_of(at),
            until=date(2031, 1, 1),
            given_by=by.key,
            given_by_name=by.name,
            given_at=at,
        )
        for definition in current_all("matter", on=day_of(at))
        if definition.body.level == "street"
    ]
    with open_deed(Deed(id=uuid7(), verb="tests.street.delegated", by=by, at=at)):
        Delegation.objects.bulk_create(given)


@pytest.fixture
def person(street, acting, system):
    """王桂英 of the first community."""
    with acting(system):
        return people.register_person(
            by=system,
            at=on_day(2026, 1, 5),
            name="王桂英",
            community=HOME,
            sex="female",
            birth_on=date(1950, 3, 1),
            phone="13800001234",
        ).public_id


@pytest.fixture
def clerk(make_actor):
    """The window of the first community: accepts, handles, delivers; finds people."""
    return make_actor(
        "desk.accept_case", "desk.handle_case", "desk.view_cases", "people.find", "documents.issue_letter",
        "documents.open", "documents.store", "people.view_file", area=HOME, name="李窗口",
    )  # fmt: skip


@pytest.fixture
def officer(make_actor):
    """The section of the street: decides and handles."""
    return make_actor(
        "desk.decide_case", "desk.handle_case", "desk.view_cases", "people.find", "documents.issue_letter",
        "documents.open", area=STREET, name="赵科员",
    )  # fmt: skip


@pytest.fixture
def keeper(make_actor):
    return make_actor("desk.archive_case", "desk.view_cases", area=STREET, name="周档案")


@pytest.fixture
def asked(person):
    """``asked(matter="trial", **answers)``: an application with everything needed."""

    def ask(matter="trial", papers=None, **answers):
        given = {"reason": "住院", "phone": "13800001234", "sick": False} | answers
        return desk.Asked(
            matter=matter,
            person=person,
            answers=given,
            papers={"identity": "seen"} if papers is None else papers,
        )

    return ask


def on_day(year, month, day, hour=10):
    """A moment of that day in the street's time."""
    return datetime.combine(date(year, month, day), time(hour), tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def signed_in(street, acting, system, client):
    """``signed_in("clerk", *permissions, area=…)``: a browser in which such an account is signed in."""
    from yimen.foundations.access import api as access
    from yimen.foundations.access.api import DOORKEEPER
    from yimen.foundations.bus.api import act_as

    word = "Panhuo-2026-east"

    def enter(username, role, *, area=HOME):
        on = timezone.now() - timedelta(hours=1)  # pages read the clock
        with acting(system):
            account = access.create_account(
                by=system,
                at=on,
                username=username,
                name="李窗口",
                password=word,
                area=area,
                must_change=False,
            )
            access.grant_role(
                by=system, at=on, account=account.public_id, role=role, area=area, since=day_of(on)
            )
        with act_as(DOORKEEPER, on=day_of(on)):
            response = client.post("/sign-in", {"username": username, "password": word})
        assert response.status_code == 302, response.content.decode()
        return client

    return enter
