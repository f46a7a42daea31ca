"""A street and its committee at work, each signed in as herself; a case that lies at its window."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.work.colleagues import browser_of, committee_of
from tests.apps.work.desk.conftest import FAR, HOME, STREET, asked, clerk, person, signed_in, street
from yimen.foundations.access import api as access
from yimen.kernel.clock import day_of
from yimen.work.desk import api as desk
from yimen.work.directives.models import Directive, DirectiveStep

__all__ = ["FAR", "HOME", "STREET", "asked", "clerk", "person", "signed_in", "street"]
PASSWORD = "Panhuo-2026-east"


@pytest.fixture
def committee(street, acting, system):
    with acting(system):
        return committee_of(system)


@pytest.fixture
def post(street, acting, system):
    """``post("leader", "section_chief", area=…)``: an account with this role, its actor and its browser."""

    def make(username, role, *, area=STREET):
        at = timezone.now() - timedelta(hours=1)
        with acting(system):
            made = access.create_account(
                by=system, at=at, username=username, name=f"{username}某", password=PASSWORD, area=area,
                must_change=False,
            )  # fmt: skip
            access.grant_role(
                by=system, at=at, account=made.public_id, role=role, area=area, since=day_of(at)
            )
            actor = access.actor_of(made.public_id, on=day_of(at))
        browser = Client()
        answer = browser.post("/sign-in", {"username": username, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return SimpleNamespace(account=made.public_id, actor=actor, browser=browser)

    return make


@pytest.fixture
def head(committee):
    return browser_of(committee, "head")


@pytest.fixture
def worker(committee):
    return browser_of(committee, "first")


@pytest.fixture
def give(head, committee, today):
    """``give(days=3, …)``: what the head wants of the first worker by a day, through the page; its address."""

    def post(*, days=3, query="", **told):
        typed = {
            "kind": "urge",
            "title": "容缺的材料过期没有补",
            "text": "逐件联系，报一个数。",
            "owner": str(committee.accounts["first"]),
            "due_on": str(today + timedelta(days=days)),
        } | told
        answer = head.post(f"/directives/new/{query}", typed)
        assert answer.status_code == 302, answer.content.decode()
        return answer.url

    return post


@pytest.fixture
def accept(acting, clerk, asked):
    """``accept()``: a case at the window of the community; its number of the outside."""

    def make():
        with acting(clerk):
            return str(desk.accept_case(by=clerk, at=timezone.now(), area=HOME, asked=asked()).public_id)

    return make


@pytest.fixture
def today():
    """The street's day by the machine's clock: what a page takes for today."""
    return day_of(timezone.now())


@pytest.fixture
def stored(acting, system):
    """The directive behind an address, with what was done about it."""

    def read(address):
        with acting(system):
            found = Directive.objects.get(public_id=address.strip("/").split("/")[1])
            found.deeds = list(
                DirectiveStep.objects.filter(directive=found)
                .order_by("number")
                .values_list("deed", flat=True)
            )
            return found

    return read
