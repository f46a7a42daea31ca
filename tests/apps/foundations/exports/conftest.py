"""Two streets with residents, and the posts that ask for lists in full and approve them."""

from datetime import date

import pytest
from django.test import Client

from yimen.foundations.access import api as access
from yimen.registers.people import api as people
from yimen.registers.places import api as places

STREET, HOME, NEXT_DOOR, FAR = "330212007", "330212007001", "330212007002", "330212008001"
ROWS = [
    ("330212", "鄞州区"), (STREET, "潘火街道"), (HOME, "东莺社区"), (NEXT_DOOR, "雅苑社区"),
    ("330212008", "百丈街道"), (FAR, "潜龙社区"),
]  # fmt: skip
PASSWORD = "Qiangdu-9-hao-mima"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.YIMEN_FILES = tmp_path / "files"


@pytest.fixture
def folk(db, acting, system, now):
    """Three residents of the first community, one of them with a hostile name; one next door, one in another street."""
    with acting(system):
        places.import_areas(
            by=system, at=now, since=date(2015, 1, 1), rows=[places.AreaRow(*row) for row in ROWS]
        )

        def put(name: str, community: str = HOME, **told):
            return people.register_person(by=system, at=now, name=name, community=community, **told)

        put("王小明", id_number="11010519491231002X", phone="13800138000", lives_address="东方丽都3幢501室")
        put("=HYPERLINK(1)", lives_address="+1号楼1室")
        put("李小红", phone="13900139000")
        put("邻家人", NEXT_DOOR)
        put("金丝雀", FAR, phone="13700137777")


@pytest.fixture
def account(db, acting, system, now):
    """``account("section_chief", "330212007")``: the public id of a new account with this role there."""

    def make(role: str, area: str = STREET, name: str = ""):
        with acting(system):
            made = access.create_account(
                by=system, at=now, username=name or f"{role}-{area}", name=name or role, password=PASSWORD,
                area="330212", must_change=False,
            )  # fmt: skip
            access.grant_role(
                by=system, at=now, account=made.public_id, role=role, area=area, since=date(2026, 1, 1)
            )
        return made

    return make


@pytest.fixture
def enter(account):
    """``enter("section_chief")``: a client that is signed in with this role."""

    def make(role: str, area: str = STREET, name: str = "") -> Client:
        made = account(role, area, name)
        client = Client()
        answer = client.post("/sign-in", {"username": made.username, "password": PASSWORD})
        assert answer.status_code == 302
        return client

    return make
