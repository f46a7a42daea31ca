"""Names the tests of the office share, and how somebody comes in."""

from datetime import date

from django.test import Client
from django.utils import timezone

from yimen.kernel.clock import day_of

HERE, THERE = "330212007", "330212008"
COMMUNITY, OTHER_COMMUNITY = "330212007001", "330212008001"
PASSWORD = "Qiangdu-9-hao-mima"
CANARY = "金丝雀"


def sign_in(account, password: str = PASSWORD) -> Client:
    client = Client()
    answer = client.post("/sign-in", {"username": account.username, "password": password})
    assert answer.status_code == 302, answer.content.decode()
    client.account = account
    return client


def real_today() -> date:
    """The street's day by the machine's clock: what a page takes for today."""
    return day_of(timezone.now())
