"""Two who make the roster of a month at the same moment."""

import threading
from datetime import timedelta

from django.db import connections
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, ROWS
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as
from yimen.kernel.clock import day_of
from yimen.kernel.periods import Month
from yimen.registers.places import api as places
from yimen.services.hotline import api as hotline
from yimen.services.hotline.engine.rulebook import rule_of
from yimen.services.hotline.models import Shift
from yimen.services.hotline.rules import slots_of_month


def test_two_who_make_the_same_month_at_once_make_each_shift_once(committed_db, system):
    now = timezone.now()
    before = now - timedelta(days=1)
    month = Month.of(day_of(now)).next()
    with act_as(system, on=day_of(now)):
        rows = [places.AreaRow(*row) for row in ROWS]
        places.import_areas(by=system, at=before, since=day_of(before), rows=rows)
        clerk = access.create_account(
            by=system, at=before, username="li", name="李敏", password="Panhuo-2026-east", area=HOME
        )
        access.grant_role(
            by=system,
            at=before,
            account=clerk.public_id,
            role="window_clerk",
            area=HOME,
            since=day_of(before),
        )
        parts = rule_of(HOME, on=day_of(now)).shifts
    slots = slots_of_month(month, parts=parts, works=lambda day: True)
    people = {slot.key: clerk.public_id for slot in slots}
    start, fell = threading.Barrier(2), []

    def make():
        start.wait()
        try:
            with act_as(system, on=day_of(now)):
                hotline.set_roster(by=system, at=now, area=HOME, month=month, people=people)
        except Exception as fault:
            fell.append(fault)
        finally:
            connections.close_all()

    both = [threading.Thread(target=make) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert not fell
    with act_as(system, on=day_of(now)):
        standing = list(Shift.objects.values_list("on", "part"))
    assert standing and len(standing) == len(set(standing))
