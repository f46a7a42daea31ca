"""Two clinics of one street, each with a licence, an agreement and an account of its own; everything through operations."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.foundations.documents.files_as_sent import picture, upload
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as
from yimen.kernel.clock import day_of
from yimen.kernel.money import Money
from yimen.registers.organisations import api as organisations
from yimen.registers.places import api as places
from yimen.services.providers import api as providers

STREET, HOME, FAR_STREET, FAR = "330212007", "330212007001", "330212008", "330212008001"
ROWS = [
    ("330212", "鄞州区"),
    (STREET, "潘火街道"),
    (HOME, "东莺社区"),
    (FAR_STREET, "百丈街道"),
    (FAR, "潜龙社区"),
]
PASSWORD = "Papaya-Street-77"


@dataclass(frozen=True)
class Unit:
    """A clinic, its agreement and work, and its account."""

    organisation: Any
    agreement: UUID
    work: UUID
    account: UUID
    username: str
    doctor: UUID
    doctor_username: str


@pytest.fixture
def here():
    """Now, as the pages read it."""
    return timezone.now()


@pytest.fixture
def on(here) -> date:
    return day_of(here)


@pytest.fixture
def areas(acting, system, here, on):
    with acting(system, on):
        since = date(2023, 6, 30)
        places.import_areas(by=system, at=here, since=since, rows=[places.AreaRow(*row) for row in ROWS])
    return on


@pytest.fixture
def found(areas, system, here, on):
    """``found("甲诊所")``: a clinic with a licence and an agreement of two years around today."""

    def make(name: str, *, area: str = HOME, kind: str = "clinic", licensed_to: date | None = None) -> Unit:
        begun = on - timedelta(days=365)
        told = {"by": system, "at": here}
        with act_as(system, on=on):
            unit = organisations.found_organisation(**told, name=name, kind=kind, area=area, since=begun)
            organisations.file_credential(
                **told,
                organisation=unit,
                kind="clinic_licence",
                since=begun,
                last_day=licensed_to or on + timedelta(days=365),
                number=f"PDY-{name}",
                extent="全科、预防保健科",
                issuer="鄞州区卫生健康局",
            )
            agreed = organisations.file_agreement(
                **told,
                organisation=unit,
                title="公共卫生服务协议",
                partner="潘火街道办事处",
                content="按量验收、按季结算",
                since=begun,
                last_day=on + timedelta(days=365),
            )
            work = providers.agree_work(
                **told,
                organisation=unit.public_id,
                agreement=agreed.public_id,
                title="高血压随访",
                measure="人次",
                price=Money(1250),
                licence="clinic_licence",
                extent="预防保健科",
            )
            told_post = {"organisation": unit, "area": area, "since": begun, "seats": 3}
            held = {}
            for role, title in (("provider", "机构申报员"), ("provider_doctor", "机构医护")):
                username = f"{role}-{unit.pk}"
                account = access.create_account(
                    **told, username=username, name=f"{name}{title}", password=PASSWORD, must_change=False
                )
                post = organisations.create_post(**told, **told_post, title=title, role=role)
                organisations.appoint(**told, post=post, account=account.public_id, since=begun)
                held[role] = (account.public_id, username)
        return Unit(unit, agreed.public_id, work.public_id, *held["provider"], *held["provider_doctor"])

    return make


@pytest.fixture
def enter(areas, system, here, on):
    """``enter("section_officer")``, ``enter(unit)`` or ``enter(unit, "doctor")``: a client that is signed in."""

    def make(who: Any, area: str = STREET) -> Client:
        if isinstance(who, Unit):
            username = who.doctor_username if area == "doctor" else who.username
        else:
            username = f"{who}-{area}"
            with act_as(system, on=on):
                made = access.create_account(
                    by=system, at=here, username=username, name="赵科", password=PASSWORD, must_change=False
                )
                access.grant_role(
                    by=system,
                    at=here,
                    account=made.public_id,
                    role=who,
                    area=area,
                    since=on - timedelta(days=9),
                )
        client = Client()
        assert client.post("/sign-in", {"username": username, "password": PASSWORD}).status_code == 302
        return client

    return make


@pytest.fixture
def proof():
    return lambda name="签到表.png": upload(picture(kind="PNG"), name)
