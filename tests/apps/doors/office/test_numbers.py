"""Once a week at night the numbers are proven; who runs the house is told when one does not follow (核对数字)."""

from datetime import date, timedelta

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from tests.conftest import STREET, _owner
from yimen.doors.office.tasks import prove_numbers
from yimen.foundations.access import api as access
from yimen.foundations.audit.api import last_proving
from yimen.foundations.bus.api import act_as
from yimen.foundations.messages.models import Message
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import day_of
from yimen.registers.places import api as places

SYSTEM = system_actor("tests")
WORD = "Panhuo-2026-east"


@pytest.fixture
def at(committed_db):
    """An hour ago, in a street with one administrator."""
    on = timezone.now() - timedelta(hours=1)
    with act_as(SYSTEM, on=day_of(on)):
        rows = [places.AreaRow("330212", "鄞州区"), places.AreaRow(STREET, "潘火街道")]
        places.import_areas(by=SYSTEM, at=on, since=date(2015, 1, 1), rows=rows)
        account = access.create_account(
            by=SYSTEM, at=on, username="li", name="李敏", password=WORD, area=STREET, must_change=False
        )
        access.grant_role(
            by=SYSTEM, at=on, account=account.public_id, role="administrator", area=STREET, since=day_of(on)
        )
    return on


def prove(at):
    with act_as(SYSTEM, on=day_of(at)):
        prove_numbers(by=SYSTEM, at=at)
        return last_proving()


def page():
    browser = Client()
    assert browser.post("/sign-in", {"username": "li", "password": WORD}).status_code == 302
    return browser.get("/office/").content.decode()


def test_it_is_done_once_a_week_and_the_page_says_when_and_how(at):
    assert "还没有核对过" in page()
    first = prove(at)
    assert first.different == 0 and first.lines
    assert prove(at + timedelta(days=6)) == first
    assert prove(at + timedelta(days=7)) != first
    shown = page()
    assert "全部相符" in shown and "处不符" not in shown
    with act_as(SYSTEM, on=day_of(at)):
        assert not Message.objects.exists()


def test_a_number_that_does_not_follow_is_told_to_the_administrator_and_named(at):
    with _owner(connections["owner"].settings_dict["NAME"]) as owner:
        owner.execute(
            "INSERT INTO ledger_tally (area, street, item, month, sex, age_band, residence, acts, quantity)"
            " VALUES ('330212007001', '330212007', 'invented', '2026-11-01', '', '', '', 7, 7)"
        )
    assert prove(at).different == 1
    with act_as(SYSTEM, on=day_of(at)):
        (message,) = Message.objects.all()
    assert message.title == "核对数字：有 1 处不符" and message.link == "/office/"
    shown = page()
    assert "最近一次核对数字有 1 处不符" in shown
    assert "330212007001|invented|2026-11-01" in shown and "现为 7/7，应为 无" in shown
