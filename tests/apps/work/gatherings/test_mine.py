"""My gatherings (我的活动): what a lecturer, a volunteer and the leader of a club see, and what they never see."""

import pytest
from django.db import connection
from django.utils import timezone

from tests.apps.work.gatherings.conftest import HERE, STREET
from tests.apps.work.gatherings.test_gatherings import at, rows_of, sign_up, text_of
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as, run_pending_jobs
from yimen.kernel.clock import day_of
from yimen.registers.people.models import Person
from yimen.work.gatherings.api import remind_leaders
from yimen.work.gatherings.models import Gathering, Helper, SignUp


def mine(gathering, deed=""):
    return f"/my-gatherings/{gathering.public_id}/{deed}"


@pytest.fixture
def lecturer(signed_in):
    return signed_in("lecturer", name="陈医生")


@pytest.fixture
def led(lecturer, planned, account_of):
    """``led(in_days=…)``: a lecture that the lecturer gives."""
    return lambda **told: planned(led_by=account_of("lecturer"), **told)


@pytest.mark.parametrize("role", ["lecturer", "volunteer", "club_leader"])
def test_the_first_page_says_so_when_nothing_waits(signed_in, role):
    page = text_of(signed_in(role).get("/"))
    assert "我的活动" in page and "现在没有安排给您的活动" in page
    assert "今天的活动" not in page and "待办" not in page


def test_the_lecturer_is_asked_first_and_the_worker_sees_what_she_says(worker, lecturer, led, fresh):
    gathering = led(in_days=5)
    home = text_of(lecturer.get("/"))
    assert "请确认能不能来" in home and "1 场活动等您确认" in home
    assert "还没有回复" in text_of(worker.get("/gatherings/"))
    refused = lecturer.post(mine(gathering, "answer/"), {"comes": "no"})
    assert refused.status_code == 422 and "写一句来不了的原因" in text_of(refused)
    assert lecturer.post(mine(gathering, "answer/"), {"comes": "no", "note": "当天门诊"}).status_code == 302
    run_pending_jobs()
    assert "陈医生来不了" in text_of(worker.get("/messages/"))
    assert "陈医生来不了" in text_of(worker.get("/"))
    assert lecturer.post(mine(gathering, "answer/"), {"comes": "yes"}).status_code == 302
    assert fresh(gathering).answer == "yes"
    assert "来不了" not in text_of(worker.get("/gatherings/"))


def test_a_new_time_asks_the_lecturer_again(worker, lecturer, led, fresh):
    gathering = led(in_days=5)
    lecturer.post(mine(gathering, "answer/"), {"comes": "yes"})
    given = {
        "day": str(day_of(gathering.starts_at)),
        "starts": "08:00",
        "ends": "09:30",
        "place": "大礼堂",
        "why": "换时间",
    }
    assert worker.post(at(gathering, "change/"), given).status_code == 302
    assert fresh(gathering).answer == ""
    assert "有变动" in text_of(lecturer.get("/messages/"))


def test_the_lecturer_signs_in_who_is_there_and_reads_masked_names_only(
    worker, lecturer, led, resident, acting, system, fresh
):
    gathering = led()
    her = resident("王桂英", phone="13800001234")
    sign_up(worker, gathering, her, present="on")
    [row] = rows_of(gathering, acting, system)
    worker.post(at(gathering, "undo_sign_in/"), {"row": str(row.public_id)})
    page = text_of(lecturer.get(mine(gathering)))
    assert "王*英" in page
    for secret in ("王桂英", "13800001234", "/people/", str(her)):
        assert secret not in page
    told = {"sign_ups": [str(row.public_id)], "guests": "3"}
    assert lecturer.post(mine(gathering, "sign-in/"), told).status_code == 302
    assert rows_of(gathering, acting, system)[0].signed_in_at is not None
    assert fresh(gathering).guests == 3


def test_who_leads_one_gathering_sees_no_other_and_nothing_of_the_area(
    worker, lecturer, led, planned, resident, account_of, acting, system
):
    own = led(in_days=1, title="我讲的课")
    other = planned(in_days=1, title="别人的课")
    sign_up(worker, own, resident("王桂英"))
    sign_up(worker, other, resident("李建国"))
    assert "别人的课" not in text_of(lecturer.get("/my-gatherings/"))
    assert "我讲的课" in text_of(lecturer.get("/my-gatherings/"))
    for path in (mine(other), mine(other, "answer/"), mine(other, "sign-in/")):
        ask = lecturer.get if path == mine(other) else lecturer.post
        assert ask(path).status_code == 404
    for path in (
        "/gatherings/",
        at(own),
        at(own, "sheet/"),
        "/people/",
        f"/gatherings/new/?kind=outreach&area={HERE}",
    ):
        assert lecturer.get(path).status_code == 403
    assert lecturer.post(at(own, "cancel/"), {"why": "不想讲"}).status_code == 403
    # The database itself shows her no more than that, whatever a page may forget.
    with acting(system):
        actor = access.actor_of(account_of("lecturer"), on=day_of(timezone.now()))
    assert actor.reach == ()
    with act_as(actor, on=day_of(timezone.now())):
        assert [one.title for one in Gathering.objects.all()] == ["我讲的课"]
        assert [row.person_name for row in SignUp.objects.all()] == ["王桂英"]
        assert Person.objects.count() == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM ledger_entry")
            assert cursor.fetchone() == (0,)


def test_the_list_is_out_of_the_lecturers_sight_once_it_is_closed(
    worker, lecturer, led, resident, account_of, acting, system
):
    gathering = led()
    sign_up(worker, gathering, resident("王桂英"), present="on")
    assert worker.post(at(gathering, "close/"), {}).status_code == 302
    page = text_of(lecturer.get(mine(gathering)))
    assert "1 人次" in page and "王*英" not in page
    assert "1 场，1 小时 30 分钟" in text_of(lecturer.get("/my-gatherings/"))
    with acting(system):
        actor = access.actor_of(account_of("lecturer"), on=day_of(timezone.now()))
    with act_as(actor, on=day_of(timezone.now())):
        assert Gathering.objects.count() == 1
        assert SignUp.objects.count() == 0
    assert lecturer.post(mine(gathering, "sign-in/"), {"guests": "9"}).status_code == 422


def test_another_leader_takes_over_and_the_first_sees_it_no_more(
    worker, lecturer, led, signed_in, account_of
):
    gathering = led(in_days=3)
    second = signed_in("doctor", name="周医生")
    assert worker.post(at(gathering, "leader/"), {"led_by": account_of("doctor")}).status_code == 302
    assert lecturer.get(mine(gathering)).status_code == 404
    assert second.get(mine(gathering)).status_code == 200


def test_a_volunteer_reads_numbers_and_her_hours_but_no_name(
    worker, signed_in, planned, resident, account_of, acting, system
):
    volunteer, other = signed_in("volunteer", name="吴琳"), signed_in("volunteer", name="郑强", area=STREET)
    gathering = planned(kind="volunteer_duty", title="清理楼道")
    for account in (account_of("volunteer"), account_of("volunteer", area=STREET)):
        assert worker.post(at(gathering, "helper/"), {"account": account}).status_code == 302
    sign_up(worker, gathering, resident("王桂英"), present="on")
    assert "请找负责人签到" in text_of(volunteer.get("/"))
    page = text_of(volunteer.get(mine(gathering)))
    assert "2 人" in page
    for name in ("郑强", "王桂英", "王*英"):
        assert name not in page
    assert volunteer.post(mine(gathering, "sign-in/"), {"guests": "3"}).status_code == 403
    with acting(system):
        own = Helper.objects.get(name="吴琳")
        actor = access.actor_of(account_of("volunteer"), on=day_of(timezone.now()))
    with act_as(actor, on=day_of(timezone.now())):
        assert [row.name for row in Helper.objects.all()] == ["吴琳"]
        assert SignUp.objects.count() == 0
    worker.post(at(gathering, "sign_in/"), {"helpers": [str(own.public_id)]})
    worker.post(at(gathering, "close/"), {})
    assert "1 次，1 小时 30 分钟" in text_of(volunteer.get("/my-gatherings/"))
    assert "0 次，0 分钟" in text_of(other.get("/my-gatherings/"))


def test_who_does_not_help_after_all_sees_it_no_more(worker, signed_in, planned, account_of, acting, system):
    volunteer = signed_in("volunteer")
    gathering = planned(kind="volunteer_duty", in_days=1)
    worker.post(at(gathering, "helper/"), {"account": account_of("volunteer")})
    assert volunteer.get(mine(gathering)).status_code == 200
    with acting(system):
        row = Helper.objects.get(gathering=gathering)
    worker.post(at(gathering, "drop_helper/"), {"row": str(row.public_id)})
    assert volunteer.get(mine(gathering)).status_code == 404


def test_the_leader_of_a_club_is_not_asked_but_signs_in_her_rehearsal(signed_in, planned, account_of, fresh):
    leader = signed_in("club_leader", name="何团长")
    gathering = planned(kind="club_rehearsal", title="合唱排练", led_by=account_of("club_leader"))
    home = text_of(leader.get("/"))
    assert "合唱排练" in home and "请给到场的人签到" in home
    assert "您能来吗" not in text_of(leader.get(mine(gathering)))
    assert leader.post(mine(gathering, "sign-in/"), {"guests": "12"}).status_code == 302
    assert fresh(gathering).guests == 12


def test_a_post_that_does_not_lead_this_kind_cannot_be_chosen(worker, signed_in, account_of):
    signed_in("volunteer")
    given = {
        "title": "讲座", "day": "2030-01-05", "starts": "14:00", "ends": "15:00", "place": "一楼", "sessions": "1",
        "led_by": account_of("volunteer"),
    }  # fmt: skip
    answer = worker.post(f"/gatherings/new/?kind=health_lecture&area={HERE}", given)
    assert answer.status_code == 422


def test_who_said_nothing_is_reminded_once_a_week_before(lecturer, led, acting, system, fresh):
    near, far = led(in_days=5, title="近的"), led(in_days=20, title="远的")
    with acting(system):
        assert remind_leaders(by=system, at=timezone.now()) == 1
        assert remind_leaders(by=system, at=timezone.now()) == 0
    assert fresh(near).reminded_on is not None and fresh(far).reminded_on is None
