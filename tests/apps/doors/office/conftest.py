"""Two streets with staff of every duty; everything of the second street carries a canary."""

from datetime import date

import pytest
from django.test import Client

from tests.apps.doors.office.cast import CANARY, COMMUNITY, HERE, OTHER_COMMUNITY, PASSWORD, THERE, sign_in
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as
from yimen.registers.organisations import api as organisations
from yimen.registers.people import api as people
from yimen.registers.places import api as places

SINCE = date(2024, 1, 1)
ROWS = [
    ("330212", "鄞州区"),
    (HERE, "潘火街道"),
    (COMMUNITY, "东莺社区"),
    (THERE, f"百丈街道{CANARY}"),
    (OTHER_COMMUNITY, f"潜龙社区{CANARY}"),
]


@pytest.fixture
def streets(acting, system, now):
    with acting(system):
        places.import_areas(by=system, at=now, since=SINCE, rows=[places.AreaRow(*row) for row in ROWS])
        yield


@pytest.fixture
def open_account(streets, system, now):
    """``open_account("wang.min", "王敏", role="auditor")``: an account, with a role over an area if told."""

    def make(username, name, *, role=None, area=HERE, grant_area=None, kind="staff", must_change=False):
        made = access.create_account(
            by=system, at=now, username=username, name=name, password=PASSWORD, area=area, kind=kind,
            must_change=must_change,
        )  # fmt: skip
        if role:
            access.grant_role(
                by=system, at=now, account=made.public_id, role=role, area=grant_area or area, since=SINCE
            )
        return made

    return make


@pytest.fixture
def enter(open_account):
    """``enter("auditor")``: a client signed in with this role in the first street; ``client.account`` is its account."""

    def make(role: str, area: str = HERE) -> Client:
        made = open_account(f"{role}.{area}", f"{role}-{area}", role=role, area=area)
        return sign_in(made)

    return make


@pytest.fixture
def post(streets, system, now):
    office = organisations.found_organisation(
        by=system,
        at=now,
        name="潘火街道办事处",
        short="潘火街道办",
        kind="street_office",
        area=HERE,
        since=SINCE,
    )
    return organisations.create_post(
        by=system,
        at=now,
        organisation=office,
        title="民政干事",
        role="section_officer",
        area=HERE,
        since=SINCE,
    )


@pytest.fixture
def other_street(open_account, system, now):
    """Everything the second street has, with its canary: a colleague in a post, a resident, a look at her file."""
    office = organisations.found_organisation(
        by=system, at=now, name=f"百丈街道办事处{CANARY}", kind="street_office", area=THERE, since=SINCE
    )
    post = organisations.create_post(
        by=system,
        at=now,
        organisation=office,
        title=f"干事{CANARY}",
        role="section_officer",
        area=THERE,
        since=SINCE,
    )
    colleague = open_account(f"other.{THERE}", f"钱{CANARY}", area=THERE)
    organisations.appoint(by=system, at=now, post=post, account=colleague.public_id, since=SINCE)
    resident = people.register_person(
        by=system, at=now, name=f"孙{CANARY}", community=OTHER_COMMUNITY, lives_address=f"百丈路{CANARY}"
    )
    clerk = access.actor_of(colleague.public_id, on=now.date())
    with act_as(clerk, on=now.date()):
        people.note_look(by=clerk, at=now, person=resident.public_id, why=f"核对{CANARY}")
    return colleague


@pytest.fixture
def resident(streets, system, now):
    return people.register_person(
        by=system, at=now, name="王秀英", community=COMMUNITY, lives_address="东方丽都3幢501室"
    )


@pytest.fixture
def count_queries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)
