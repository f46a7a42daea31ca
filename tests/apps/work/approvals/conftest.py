"""A street whose people draft, review and issue: accounts with the roles of the product, as they are on a day."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.apps.foundations.documents.files_as_sent import pdf, picture
from tests.apps.work.desk.conftest import (
    FAR,
    HOME,
    OTHER_STREET,
    STREET,
    asked,
    clerk,
    on_day,
    person,
    signed_in,
    street,
)
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as
from yimen.kernel.clock import day_of
from yimen.work.approvals import api as approvals
from yimen.work.approvals.models import Submission

__all__ = ["FAR", "HOME", "OTHER_STREET", "STREET", "asked", "clerk", "person", "signed_in", "street"]
SINCE = on_day(2026, 1, 5)


def scan(name="scan.pdf"):
    return SimpleUploadedFile(name, pdf())


def photo(name):
    return SimpleUploadedFile(name, picture((800, 600)))


@pytest.fixture
def colleague(street, acting, system, today):
    """``colleague("zhao", "赵科长", "section_chief")``: who holds that role over the area, as an actor of today."""

    def make(username, name, role, area=STREET):
        with acting(system):
            account = access.create_account(
                by=system,
                at=SINCE,
                username=username,
                name=name,
                password="Panhuo-2026-east",
                area=area,
                must_change=False,
            )
            access.grant_role(
                by=system,
                at=SINCE,
                account=account.public_id,
                role=role,
                area=area,
                since=date(2026, 1, 5),
            )
            return access.actor_of(account.public_id, on=today)

    return make


@pytest.fixture
def staff(colleague):
    """Who it takes: an officer who drafts, two chiefs, the head of the community, and the leader."""
    return {
        "wang": colleague("wang", "王科员", "section_officer"),
        "zhao": colleague("zhao", "赵科长", "section_chief"),
        "sun": colleague("sun", "孙科长", "section_chief"),
        "shu": colleague("shu", "舒书记", "community_head", HOME),
        "qian": colleague("qian", "钱主任", "leader"),
    }


@pytest.fixture
def sent(staff, acting, now):
    """``sent(chain, area=…)``: a submission that 王科员 drafted, and that waits at its first step."""

    def send(chain="three_level", *, by="wang", area=STREET, **more):
        told = {"title": "关于更换叫号机的请示", "text": "旧机器三年，坏了两次，拟换一台。"} | more
        with acting(staff[by]):
            return approvals.submit(by=staff[by], at=now, area=area, chain=chain, **told)

    return send


@pytest.fixture
def do(staff, acting, now):
    """``do("zhao", approvals.agree, found)``: one deed of a colleague on a submission, some minutes after it was sent."""

    def deed(who, operation, found, *, days=0, **told):
        with acting(staff[who]):
            at = now + timedelta(days=days, minutes=5)
            return operation(by=staff[who], at=at, submission=found.public_id, **told)

    return deed


@pytest.fixture
def again(acting, system):
    """A submission as it stands now."""

    def read(found):
        with acting(system):
            return Submission.objects.get(pk=found.pk)

    return read


@pytest.fixture
def enter(street, acting, system):
    """``enter("zhao", "赵科长", "section_chief")``: a browser in which such a colleague is signed in; pages read the clock."""

    def make(username, name, role, area=STREET):
        on = timezone.now() - timedelta(hours=1)
        with acting(system):
            account = access.create_account(
                by=system,
                at=on,
                username=username,
                name=name,
                password="Panhuo-2026-east",
                area=area,
                must_change=False,
            )
            access.grant_role(
                by=system, at=on, account=account.public_id, role=role, area=area, since=day_of(on)
            )
        browser = Client()
        with act_as(access.DOORKEEPER, on=day_of(on)):
            answer = browser.post("/sign-in", {"username": username, "password": "Panhuo-2026-east"})
        assert answer.status_code == 302, answer.content.decode()
        browser.account = account
        return browser

    return make


@pytest.fixture
def people(enter):
    """The same colleagues, each at a browser."""
    return {
        "wang": enter("wang", "王科员", "section_officer"),
        "zhao": enter("zhao", "赵科长", "section_chief"),
        "sun": enter("sun", "孙科长", "section_chief"),
        "shu": enter("shu", "舒书记", "community_head", HOME),
        "qian": enter("qian", "钱主任", "leader"),
    }
