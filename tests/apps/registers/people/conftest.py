"""Two streets with communities, an estate with doors, and the posts that work with residents."""

from datetime import date

import pytest
from django.test import Client

from yimen.foundations.access import api as access
from yimen.registers.people import api as people
from yimen.registers.people import permissions
from yimen.registers.places import api as places

SINCE = date(2015, 1, 1)
COUNTY, STREET, OTHER_STREET = "330212", "330212007", "330212008"
HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
ROWS = [
    (COUNTY, "鄞州区"),
    (STREET, "潘火街道"),
    (HOME, "东莺社区"),
    (NEXT_DOOR, "雅苑社区"),
    (OTHER_STREET, "百丈街道"),
    (FAR, "潜龙社区"),
]


@pytest.fixture
def areas(acting, system, now):
    with acting(system):
        places.import_areas(by=system, at=now, since=SINCE, rows=[places.AreaRow(*row) for row in ROWS])


@pytest.fixture
def clerk(make_actor):
    """Everything with residents, in the first street."""
    return make_actor(*permissions.PERMISSIONS, area=STREET, name="李敏")


@pytest.fixture
def stranger(make_actor):
    """The same post in the other street."""
    return make_actor(*permissions.PERMISSIONS, area=OTHER_STREET, name="陈远")


@pytest.fixture
def register(system, now):
    """``register(name="王小明", …)`` puts somebody on file as the system, in the first community."""

    def put(name="王小明", *, community=HOME, at=now, **told):
        return people.register_person(by=system, at=at, name=name, community=community, **told)

    return put


@pytest.fixture
def street(areas, acting, clerk):
    """The clerk of the first street at work; everything of the test runs in her transaction."""
    with acting(clerk):
        yield clerk


@pytest.fixture
def enter(areas, acting, system, now):
    """``enter("window_clerk", area)``: a client that is signed in with this role there."""

    def make(role: str = "window_clerk", area: str = STREET) -> Client:
        name = f"{role}-{area}"
        with acting(system):
            made = access.create_account(
                by=system, at=now, username=name, name="李敏", password="Qiangdu-9-hao-mima", area="330212",
                must_change=False,
            )  # fmt: skip
            access.grant_role(
                by=system, at=now, account=made.public_id, role=role, area=area, since=date(2026, 1, 1)
            )
        client = Client()
        assert (
            client.post("/sign-in", {"username": name, "password": "Qiangdu-9-hao-mima"}).status_code == 302
        )
        return client

    return make
