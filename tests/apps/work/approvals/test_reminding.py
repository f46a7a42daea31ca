"""What waits too long is told once to who must sign and once to who is above; areas that change take it along (催签)."""

from datetime import timedelta

import pytest

from tests.apps.work.approvals.conftest import HOME, STREET
from yimen.foundations.messages.models import Message
from yimen.registers.places.ports import AreaMove
from yimen.work.approvals import api as approvals
from yimen.work.approvals import operations
from yimen.work.approvals.models import Seat, Submission


@pytest.fixture
def told(acting, system, now):
    """``told(days)``: run the morning's job so many days later; who got which new message."""
    seen = set()

    def run(days):
        at = now + timedelta(days=days)
        with acting(system, at.date()):
            operations.remind_signers(by=system, at=at)
            rows = Message.objects.filter(title__contains="份呈批件").values_list("id", "addressee", "title")
            fresh = {(who, title) for key, who, title in rows if key not in seen}
            seen.update(key for key, _, _ in rows)
        return fresh

    return run


def test_signers_once_and_who_is_above_once_and_then_nobody(staff, sent, told):
    sent()
    waits, late = "1 份呈批件等您审签，已过应签日期", "1 份呈批件超期没有审签"
    # Sent on a Friday, to be signed on Monday.
    assert told(3) == set()
    assert told(4) == {(staff["zhao"].key, waits), (staff["sun"].key, waits)}
    assert told(5) == {(staff["qian"].key, late)}
    assert told(6) == set() and told(8) == set()


def test_not_on_a_day_off_and_not_once_it_is_signed(acting, staff, sent, do, told):
    found = sent()
    do("zhao", approvals.agree, found, days=3)
    assert told(4) == set()
    sent("section", by="wang")
    # The eighth day is a Saturday. Who is above must sign herself here, and is told of it as a signer only.
    assert told(8) == set()
    waits = "1 份呈批件等您审签，已过应签日期"
    assert told(10) == {(staff[who].key, waits) for who in ("zhao", "sun", "qian")}
    assert told(11) == set()


def test_what_is_under_way_goes_over_with_its_area_and_keeps_its_number(acting, system, staff, sent, do, now):
    live, done = sent("community", area=HOME), sent("section", area=HOME)
    do("zhao", approvals.agree, done)
    move = AreaMove(old=HOME, new=f"{STREET}002", on=now.date())
    from yimen.foundations.audit.api import operation

    @operation("tests.areas.changed")
    def change(*, by, at):
        return operations.carry_over_submissions(by=by, at=at, move=move)

    with acting(system):
        assert change(by=system, at=now) == 1
        areas = dict(Submission.objects.values_list("number", "area"))
        assert areas == {live.number: f"{STREET}002", done.number: HOME}
        assert set(Seat.objects.filter(closed=False).values_list("area", flat=True)) == {f"{STREET}002"}
