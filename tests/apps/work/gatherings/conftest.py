"""The street, its posts, residents and a gathering that was planned over HTTP."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from tests.apps.work.ledger.conftest import FAR, HERE, STREET, signed_in
from yimen.foundations.access.models import Account
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.registers.people import api as people
from yimen.work.gatherings.models import Gathering

__all__ = ["FAR", "HERE", "STREET", "signed_in"]


@pytest.fixture
def worker(signed_in):
    return signed_in("community_worker")


@pytest.fixture
def resident(worker, acting, system):
    """``resident("王桂英", born=date(1950, 3, 1))``: the id of somebody of the first community."""

    def register(name, *, born=date(1950, 3, 1), community=HERE, **told) -> UUID:
        with acting(system):
            return people.register_person(
                by=system,
                at=timezone.now() - timedelta(hours=1),
                name=name,
                community=community,
                sex="female",
                birth_on=born,
                **told,
            ).public_id

    return register


@pytest.fixture
def account_of(acting, system):
    """The id of the account of a post of the first community."""

    def find(role, area=HERE) -> str:
        with acting(system):
            username = f"{role}-{area}".replace("_", "-")
            return str(Account.objects.get(username=username).public_id)

    return find


@pytest.fixture
def planned(worker, acting, system):
    """``planned(kind=…, in_days=…)``: what a worker planned; today's began an hour ago at most and lasts ninety minutes."""

    def plan(*, kind="health_lecture", in_days=0, browser=None, **told) -> Gathering:
        now = timezone.now().astimezone(STREET_TIME)
        # Soon after midnight an hour ago was yesterday, and late in the evening ninety minutes end tomorrow: what begins at
        # 22:29 is the last that still runs a minute before midnight.
        begins = max(now - timedelta(hours=1), now.replace(hour=0, minute=0))
        begins = min(begins, now.replace(hour=22, minute=29)) + timedelta(days=in_days)
        given = {
            "title": "秋冬养生讲座",
            "day": str(begins.date()),
            "starts": f"{begins:%H:%M}",
            "ends": f"{begins + timedelta(minutes=90):%H:%M}",
            "place": "二楼活动室",
            "capacity": "",
            "sessions": "1",
        } | told
        answer = (browser or worker).post(f"/gatherings/new/?kind={kind}&area={HERE}", given)
        assert answer.status_code == 302, answer.content.decode()
        with acting(system):
            return Gathering.objects.get(public_id=answer.url.rstrip("/").rsplit("/", 1)[1])

    return plan


@pytest.fixture
def fresh(acting, system):
    """The gathering as it stands now."""

    def read(gathering) -> Gathering:
        with acting(system, on=day_of(timezone.now())):
            return Gathering.objects.get(pk=gathering.pk)

    return read
