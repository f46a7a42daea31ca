"""谁看过我的档案, through HTTP: by the person herself, whoever she is, and by nobody else."""

from datetime import date

import pytest
from django.test import Client

from yimen.foundations.access import api as access
from yimen.registers.people import api as people
from yimen.registers.places import api as places

pytestmark = pytest.mark.django_db
HERE, COMMUNITY = "330212007", "330212007001"
PASSWORD = "Qiangdu-9-hao-mima"
SINCE = date(2024, 1, 1)


@pytest.fixture
def street(acting, system, now):
    rows = [("330212", "鄞州区"), (HERE, "潘火街道"), (COMMUNITY, "东莺社区")]
    with acting(system):
        places.import_areas(by=system, at=now, since=SINCE, rows=[places.AreaRow(*row) for row in rows])
        yield


@pytest.fixture
def make(street, system, now):
    def account(username, name, *, role=None, kind="staff"):
        made = access.create_account(
            by=system,
            at=now,
            username=username,
            name=name,
            password=PASSWORD,
            area=HERE,
            kind=kind,
            must_change=False,
        )
        if role:
            access.grant_role(by=system, at=now, account=made.public_id, role=role, area=HERE, since=SINCE)
        return made

    return account


def _sign_in(account) -> Client:
    client = Client()
    assert client.post("/sign-in", {"username": account.username, "password": PASSWORD}).status_code == 302
    return client


@pytest.mark.parametrize(("kind", "role"), [("resident", None), ("staff", "window_clerk")])
def test_a_person_reads_who_opened_her_file_when_and_why(make, system, now, kind, role):
    mine = people.register_person(by=system, at=now, name="王秀英", community=COMMUNITY)
    other = people.register_person(by=system, at=now, name="李金丝雀", community=COMMUNITY)
    clerk = access.actor_of(make("clerk", "窗口小李", role="window_clerk").public_id, on=now.date())
    people.note_look(by=clerk, at=now, person=mine.public_id, why="办理生育登记")
    people.note_look(by=clerk, at=now, person=other.public_id, why="别人的金丝雀")
    account = make("xiuying", "王秀英", role=role, kind=kind)
    people.join_account(by=system, at=now, account=account.public_id, person=mine.public_id)
    page = _sign_in(account).get("/my/looks").content.decode()
    assert "窗口小李" in page and "办理生育登记" in page and "东莺社区" in page
    assert "金丝雀" not in page


def test_an_account_that_is_joined_to_nobody_is_told_how_to_join(make):
    page = _sign_in(make("new", "新人", kind="resident")).get("/my/looks").content.decode()
    assert "还没有对上您本人的档案" in page


def test_who_is_nobody_reads_nothing_and_is_told_how_to_get_there(client):
    page = client.get("/my/looks").content.decode()
    assert "没有打开过您的档案" in page and "凭条" in page
