"""Two hosts on the way to a new index key, one a step ahead: the same number is written once (换索引密钥)."""

import json
import os
import subprocess
import time

from django.db import connection, connections

from tests.apps.registers.people.conftest import HOME, ROWS, SINCE
from tests.conftest import NOW
from tools import house
from tools.house import ROOT
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import day_of
from yimen.registers.people.models import PersonDocument
from yimen.registers.places import api as places

SYSTEM = system_actor("tests")
NUMBER = "11010519491231002X"
KEYS = {
    "k1": "ERERERERERERERERERERERERERERERERERERERERERE=",
    "k2": "aes:IiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiI=",
}
REGISTER = f"""
from datetime import datetime, timezone
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Refused
from yimen.registers.people import api as people
by, at = system_actor("tests"), datetime.now(timezone.utc)
try:
    with act_as(by, on=day_of(at)):
        people.register_person(by=by, at=at, name="王小明", community="{HOME}", id_number="{NUMBER}")
        print("written", flush=True)
        input()
except Refused as refusal:
    print("refused", flush=True)
"""
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def _host(order: tuple[str, str]) -> subprocess.Popen:
    """A process that knows both keys, in this order."""
    name = connections["default"].settings_dict["NAME"]
    head, _, after = os.environ["DATABASE_URL"].partition("?")
    env = os.environ | {
        "DATABASE_URL": f"{head.rpartition('/')[0]}/{name}{'?' + after if after else ''}",
        "YIMEN_INDEX_KEY": json.dumps({number: KEYS[number] for number in order}),
    }
    return subprocess.Popen(
        [str(house.PYTHON), "manage.py", "shell", "--no-imports", "-c", REGISTER],
        cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_number_written_by_both_at_once_stands_once(committed_db):
    with act_as(SYSTEM, on=day_of(NOW)):
        places.import_areas(by=SYSTEM, at=NOW, since=SINCE, rows=[places.AreaRow(*row) for row in ROWS])
    behind = _host(("k1", "k2"))
    assert behind.stdout.readline() == "written\n"
    ahead = _host(("k2", "k1"))
    until = time.monotonic() + 60
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                break
            time.sleep(0.1)
    assert ahead.poll() is None, "it did not wait"
    behind.communicate("\n", timeout=60)
    told, _ = ahead.communicate("\n", timeout=60)
    assert told == "refused\n"
    with act_as(SYSTEM, on=day_of(NOW)):
        assert [paper.number_hash[:2] for paper in PersonDocument.objects.all()] == ["01"]
