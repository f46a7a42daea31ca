"""The street, its worker, and residents who may be asked."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.work.ledger.conftest import FAR, HERE, STREET, THERE, signed_in
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.work.rounds.models import RollLine, Round

__all__ = ["FAR", "HERE", "STREET", "THERE", "signed_in"]
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"


@pytest.fixture
def worker(signed_in):
    return signed_in("community_worker")


@pytest.fixture
def residents(worker, acting, system):
    """``residents(12)``: so many grown-ups of the first community."""

    def register(count, *, community=HERE, born=date(1970, 3, 1), **told):
        with acting(system):
            return [
                people.register_person(
                    by=system,
                    at=timezone.now() - timedelta(hours=1),
                    name=f"{SURNAMES[n % len(SURNAMES)]}{SURNAMES[n // len(SURNAMES)]}",
                    community=community,
                    sex="female",
                    birth_on=born + timedelta(days=n),
                    **told,
                ).public_id
                for n in range(count)
            ]

    return register


@pytest.fixture
def asked(worker, acting, system):
    """``asked(size=…)``: a round that was begun over HTTP."""

    def begin(browser=None, *, survey="service_needs", **told) -> Round:
        today = day_of(timezone.now())
        given = {
            "title": "群众服务需求调查",
            "why": "排出需求先后，安排服务周",
            "area": HERE,
            "subjects": "person",
            "youngest": "18",
            "size": "",
            "channel": "paper",
            "secrecy": "named",
            "opens_on": str(today),
            "closes_on": str(today + timedelta(days=14)),
        } | told
        answer = (browser or worker).post(f"/rounds/new/?survey={survey}", given)
        assert answer.status_code == 302, answer.content.decode()
        with acting(system):
            return Round.objects.get(public_id=answer.url.rstrip("/").rsplit("/", 1)[1])

    return begin


@pytest.fixture
def lines(acting, system):
    """The roll of a round as it stands now."""

    def read(found) -> list[RollLine]:
        with acting(system):
            return list(RollLine.objects.filter(round=found).order_by("id"))

    return read
