"""Two hands at the same moment: one signature and one word to the slower; numbers in a row (同时审签、同时送审)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections

from tests.apps.work.approvals.conftest import SINCE, STREET
from tests.conftest import NOW, TODAY
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as
from yimen.kernel.refusals import Refused
from yimen.registers.places import api as places
from yimen.work.approvals import api as approvals
from yimen.work.approvals.models import Signature, Submission

TOLD = {"area": STREET, "chain": "section", "title": "关于更换叫号机的请示", "text": "拟换一台。"}


@pytest.fixture
def hands(committed_db, system):
    """An officer and two chiefs, each committed."""
    posts = {"wang": "section_officer", "zhao": "section_chief", "sun": "section_chief"}
    with act_as(system, on=TODAY):
        rows = [places.AreaRow("330212", "鄞州区"), places.AreaRow(STREET, "潘火街道")]
        places.import_areas(by=system, at=SINCE, since=date(2015, 1, 1), rows=rows)
        for username, role in posts.items():
            account = access.create_account(
                by=system,
                at=SINCE,
                username=username,
                name=username,
                password="Panhuo-2026-east",
                area=STREET,
            )
            given = {"account": account.public_id, "role": role, "area": STREET, "since": date(2026, 1, 5)}
            access.grant_role(by=system, at=SINCE, **given)
            posts[username] = access.actor_of(account.public_id, on=TODAY)
    return posts


def at_once(*deeds):
    """All of them at one moment, each in a transaction of its own; what was refused, in words."""
    start = Barrier(len(deeds))

    def run(told):
        actor, deed = told
        start.wait()
        try:
            with act_as(actor, on=TODAY):
                deed(actor)
        except Refused as refusal:
            return refusal.sentence
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(run, deeds))


def test_of_two_chiefs_who_sign_at_one_moment_one_signs(hands):
    with act_as(hands["wang"], on=TODAY):
        found = approvals.submit(by=hands["wang"], at=NOW, **TOLD)

    def sign(actor):
        told = {"by": actor, "at": NOW, "submission": found.public_id}
        approvals.agree(**told, edition=found.edition)

    said = at_once((hands["zhao"], sign), (hands["sun"], sign))
    assert said == ["", "这份呈批件刚刚有了变化，请看一下最新情况再办。"]
    with act_as(hands["zhao"], on=TODAY):
        assert Signature.objects.count() == 1 and Submission.objects.get().state == "issued"


def test_what_is_sent_at_one_moment_gets_numbers_in_a_row(hands):
    def send(actor):
        approvals.submit(by=actor, at=NOW, **TOLD)

    assert at_once(*[(hands["wang"], send)] * 3) == ["", "", ""]
    with act_as(hands["zhao"], on=TODAY):
        assert sorted(Submission.objects.values_list("sequence", flat=True)) == [1, 2, 3]
