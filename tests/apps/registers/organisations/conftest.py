"""A street with an office, a committee and two accounts."""

from datetime import date

import pytest
from django.test import Client

from yimen.foundations.access import api as access
from yimen.registers.organisations import api as organisations
from yimen.registers.places import api as places

SINCE = date(2023, 6, 30)
PASSWORD = "Qiangdu-9-hao-mima"
ROWS = [
    ("330212", "鄞州区"),
    ("330212007", "潘火街道"),
    ("330212007001", "东莺社区"),
    ("330212007002", "雅苑社区"),
    ("330212008", "百丈街道"),
    ("330212008001", "潜龙社区"),
]


@pytest.fixture
def areas(acting, system, now):
    with acting(system):
        places.import_areas(by=system, at=now, since=SINCE, rows=[places.AreaRow(*row) for row in ROWS])
        yield


@pytest.fixture
def office(areas, system, now):
    return organisations.found_organisation(
        by=system, at=now, name="潘火街道办事处", kind="street_office", area="330212007", since=SINCE
    )


@pytest.fixture
def committee(areas, system, now):
    return organisations.found_organisation(
        by=system,
        at=now,
        name="东莺社区居民委员会",
        short="东莺居委会",
        kind="committee",
        area="330212007001",
        since=SINCE,
    )


@pytest.fixture
def post(committee, system, now):
    return organisations.create_post(
        by=system,
        at=now,
        organisation=committee,
        title="社区工作者",
        role="community_worker",
        area="330212007001",
        since=SINCE,
    )


@pytest.fixture
def make_account(areas, system, now):
    def make(name: str):
        return access.create_account(
            by=system,
            at=now,
            username=f"user-{name}",
            name=name,
            password="Qiangdu-9-hao-mima",
            area="330212007",
        ).public_id

    return make


@pytest.fixture
def worker(make_account):
    return make_account("王社工")


@pytest.fixture
def enter(areas, system, now):
    """``enter("section_officer", area)``: a client that is signed in with this role there."""

    def make(role: str, area: str) -> Client:
        made = access.create_account(
            by=system,
            at=now,
            username=f"{role}-{area}",
            name="赵科",
            password=PASSWORD,
            area="330212",
            must_change=False,
        )
        access.grant_role(
            by=system, at=now, account=made.public_id, role=role, area=area, since=date(2026, 1, 1)
        )
        client = Client()
        assert client.post("/sign-in", {"username": made.username, "password": PASSWORD}).status_code == 302
        return client

    return make
