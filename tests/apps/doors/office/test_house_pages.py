"""The state of the house and its background work, through HTTP."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from yimen.doors.office.choices import verb_words
from yimen.doors.office.queries.jobs import job_words
from yimen.doors.office.queries.overview import overview
from yimen.foundations.audit.api import seal_trail
from yimen.foundations.audit.models import Backup
from yimen.foundations.bus.api import FAILED, defer, jobs

pytestmark = pytest.mark.django_db


def _fail(number):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = 12 WHERE id = %s", [number]
        )
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [number])


def _beat():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [timezone.now()])


def _failed_job():
    defer("ledger.roll_up")
    number = jobs().order_by("-id").first().id
    _fail(number)
    return number


def test_the_overview_says_what_asks_for_a_hand(enter):
    client = enter("administrator")
    page = client.get("/office/").content.decode()
    assert "后台进程超过一分钟没有动静" in page and "还没有封印" in page
    _beat()
    _failed_job()
    page = client.get("/office/").content.decode()
    assert "后台进程超过一分钟没有动静" not in page
    assert "有 1 个后台作业多次运行仍失败" in page
    assert "系统概况" in client.get("/").content.decode()


def test_the_overview_says_when_the_last_backup_was_made_and_warns_of_a_night_without_one(enter):
    client = enter("administrator")
    assert "还没有做过备份" in client.get("/office/").content.decode()
    _note_backup("yimen-1.yimen", timezone.now() - timedelta(days=3, hours=1), spoilt=2)
    page = client.get("/office/").content.decode()
    assert "最近一次备份已是 3 天以前" in page and "2 个上传的文件内容已变" in page
    _note_backup("yimen-2.yimen", timezone.now() - timedelta(hours=7))
    _note_backup("yimen-2.yimen", timezone.now())  # the same file again
    page = client.get("/office/").content.decode()
    assert "天以前" not in page and "没有做过备份" not in page
    assert "120 条记录，7 个文件" in page and "逐表核对无误" in page
    assert Backup.objects.count() == 2
    assert verb_words("audit.backup.noted") == "登记备份"


def test_a_clock_that_is_wrong_is_told(enter, make_actor, system, acting):
    now, client = timezone.now(), enter("administrator")
    client.get("/office/")
    with acting(system):
        seal_trail(by=system, at=now)
    assert "时钟" not in client.get("/office/").content.decode()
    chief = make_actor("office.view_overview")
    with acting(chief):
        behind = overview(by=chief, at=now - timedelta(minutes=10)).trouble
    assert any("与数据库的时钟相差 60" in one for one in behind)
    assert any("比现在还晚：时钟被拨慢了" in one for one in behind)


def _note_backup(file, made_at, *, spoilt=0):
    told = {"made_at": made_at, "rows": 120, "files": 7, "size": 4_000_000, "spoilt": spoilt, "proven": True}
    call_command("note_backup", file, **told)


def test_a_failed_job_is_named_and_run_again_by_the_administrator_only(enter):
    number = _failed_job()
    auditor, administrator = enter("auditor"), enter("administrator")
    page = auditor.get("/office/jobs/").content.decode()
    assert "汇总台账" in page and "由系统管理员重新运行" in page
    assert auditor.post(f"/office/jobs/{number}/retry").status_code == 403
    assert jobs(FAILED).filter(pk=number).exists()
    assert administrator.post(f"/office/jobs/{number}/retry").status_code == 302
    assert not jobs(FAILED).filter(pk=number).exists()
    assert administrator.post(f"/office/jobs/{number}/retry").status_code == 409
    assert "重新运行作业" in auditor.get("/office/trail/").content.decode()


def test_a_delivery_says_who_is_told_of_what(enter):
    defer("bus.deliver", announcement=7, handler="yimen.services.aid.subscribers.keep_relief")
    job = jobs().get(task_name="bus.deliver")
    assert job_words(job, {7: "desk.case_decided"}) == "把“作出决定”通知临时救助"
    assert "通知临时救助" in enter("administrator").get("/office/jobs/").content.decode()


def test_health_for_machines_is_the_same_health(client):
    assert client.get("/healthz").status_code == 503
    _beat()
    assert client.get("/healthz").json() == {"web": True, "database": True, "worker": True}


def test_the_pages_take_the_same_queries_for_many(enter, count_queries):
    client = enter("administrator")
    counts = []
    for many in (1, 30):
        for _ in range(many):
            _failed_job()
            defer("audit.seal_trail")
        for address in ("/office/", "/office/jobs/"):
            client.get(address)
            with count_queries() as taken:
                client.get(address)
            counts.append(len(taken))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 16
