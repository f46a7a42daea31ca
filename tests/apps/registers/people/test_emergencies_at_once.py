"""Many emergencies at the same moment are no more than one after the other (紧急查阅次数)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.db import connection

from tests.apps.registers.people.conftest import HOME, NEXT_DOOR, ROWS, SINCE
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.refusals import NotPossible
from yimen.registers.people import api as people
from yimen.registers.places import api as places

WOMAN = "11010519491231002X"
TOLD = {"kind": "missing", "words": "老人在菜场走失，认不得家"}


def test_eight_sent_at_once_open_five_times(committed_db, system):
    at = datetime.now(STREET_TIME)
    on = at.date()
    with act_as(system, on=on):
        rows = [places.AreaRow(*row) for row in ROWS]
        places.import_areas(by=system, at=at, since=SINCE, rows=rows)
        people.register_person(by=system, at=at, name="王小明", community=NEXT_DOOR, id_number=WOMAN)
        made = access.create_account(
            by=system, at=at, username="zhou", name="小周", password="Qiangdu-9-hao-mima", area="330212"
        )
        access.grant_role(
            by=system, at=at, account=made.public_id, role="community_worker", area=HOME, since=on
        )
        worker = access.actor_of(made.public_id, on=on)

    def look(_):
        try:
            with act_as(worker, on=on):
                people.break_glass(by=worker, at=at, id_number=WOMAN, **TOLD)
            return True
        except NotPossible:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(look, range(8))) == 5
