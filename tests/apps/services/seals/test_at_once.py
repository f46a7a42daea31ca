"""Two who put the same seal on the register at the same moment."""

import threading
from datetime import timedelta

from django.db import connections
from django.utils import timezone

from tests.apps.services.seals.test_seals import WORD
from tests.apps.work.desk.conftest import HOME, ROWS
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Refused
from yimen.registers.organisations import api as organisations
from yimen.registers.places import api as places
from yimen.services.seals import api as seals
from yimen.services.seals.choices import SealKind
from yimen.services.seals.models import OfficialSeal


def test_the_second_of_two_who_register_one_seal_is_told_that_it_is_on_the_register(committed_db, system):
    now = timezone.now()
    before = now - timedelta(days=1)
    with act_as(system, on=day_of(now)):
        rows = [places.AreaRow(*row) for row in ROWS]
        places.import_areas(by=system, at=before, since=day_of(before), rows=rows)
        told = {"username": "li", "name": "李敏", "password": WORD, "area": HOME}
        keeper = access.create_account(by=system, at=before, **told)
        since = {"by": system, "at": before, "area": HOME, "since": day_of(before)}
        office = organisations.found_organisation(
            **since, name="东莺社区居民委员会", kind="committee", phone="0574-88120000"
        )
        post = organisations.create_post(**since, organisation=office, title="文书", role="community_worker")
        since.pop("area")
        organisations.appoint(**since, post=post, account=keeper.public_id)
    start, refused = threading.Barrier(2), []

    def register():
        start.wait()
        try:
            with act_as(system, on=day_of(now)):
                seals.register_seal(
                    by=system,
                    at=now,
                    name="居委会公章",
                    kind=next(iter(SealKind)),
                    area=HOME,
                    since=day_of(now),
                    keeper=keeper.public_id,
                    signed="领用单1号",
                )
        except Refused as refusal:
            refused.append(refusal.sentence)
        finally:
            connections.close_all()

    both = [threading.Thread(target=register) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert refused == ["“居委会公章”已在名册里，重刻的请先登记旧章报失或缴销。"]
    with act_as(system, on=day_of(now)):
        assert OfficialSeal.objects.count() == 1
