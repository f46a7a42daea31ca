"""Gatherings (活动) as a worker plans, fills, signs in and closes them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.work.gatherings.conftest import FAR, HERE, STREET
from yimen.foundations.audit import api as audit
from yimen.foundations.audit.api import prove
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.retention import api as retention
from yimen.kernel.clock import day_of
from yimen.kernel.periods import Month
from yimen.registers.people import api as people
from yimen.work.gatherings.models import Helper, SignUp
from yimen.work.gatherings.rules import in_hours, what_is_entered
from yimen.work.indicators import api as indicators
from yimen.work.ledger.models import Entry


def text_of(response):
    text = response.content.decode()
    assert "{%" not in text and "{{" not in text
    return text


def at(gathering, deed=""):
    return f"/gatherings/{gathering.public_id}/{deed}"


def sign_up(browser, gathering, person, **told):
    return browser.post(at(gathering, "sign_up/"), {"person": str(person)} | told)


def rows_of(gathering, acting, system):
    with acting(system):
        return list(SignUp.objects.filter(gathering=gathering).order_by("id"))


def entries_of(gathering, acting, system):
    with acting(system):
        return list(Entry.objects.filter(source=gathering.public_id).order_by("id"))


def test_a_worker_plans_a_lecture_and_it_stands_in_the_list(worker, planned):
    gathering = planned(in_days=3, materials="血压计\n宣传单")
    page = text_of(worker.get("/gatherings/"))
    assert "秋冬养生讲座" in page and "二楼活动室" in page and "还没有定" in page
    page = text_of(worker.get(at(gathering)))
    assert "还没有人报名" in page and "血压计" in page
    sheet = text_of(worker.get(at(gathering, "sheet/")))
    assert "□ 血压计" in sheet and "不用写身份证号和电话" in sheet


def test_the_first_step_asks_which_kind(worker):
    page = text_of(worker.get("/gatherings/new/"))
    assert "健康讲座" in page and "不问有几个孩子" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ends": "00:01"}, "结束要晚于开始"),
        ({"place": "  "}, "必填"),
        ({"sessions": "31"}, "30"),
        ({"capacity": "0"}, "1"),
        ({"day": "2026-13-40"}, "日期"),
    ],
)
def test_a_plan_that_cannot_be_comes_back_with_a_sentence(worker, wrong, sentence):
    given = {
        "title": "讲座",
        "day": "2030-01-05",
        "starts": "14:00",
        "ends": "15:00",
        "place": "一楼",
        "sessions": "1",
    }
    answer = worker.post(f"/gatherings/new/?kind=health_lecture&area={HERE}", given | wrong)
    assert answer.status_code == 422 and sentence in text_of(answer)


def test_who_is_found_signs_up_and_signs_in(worker, planned, resident, acting, system, fresh):
    her, gathering = resident("王桂英"), planned()
    assert "报名：王桂英" in text_of(worker.get(at(gathering) + "?q=王桂英"))
    assert sign_up(worker, gathering, her).status_code == 422  # it has begun
    assert sign_up(worker, gathering, her, present="on").status_code == 302
    [row] = rows_of(gathering, acting, system)
    assert row.signed_in_at is not None
    assert worker.post(at(gathering, "undo_sign_in/"), {"row": str(row.public_id)}).status_code == 302
    assert (
        worker.post(at(gathering, "sign_in/"), {"sign_ups": [str(row.public_id)], "guests": "5"}).status_code
        == 302
    )
    assert fresh(gathering).guests == 5
    assert "签到 1 人" in text_of(worker.get(at(gathering)))


def test_a_double_click_signs_up_once(worker, planned, resident, acting, system):
    her, gathering = resident("王桂英"), planned(in_days=2)
    for _ in range(2):
        assert sign_up(worker, gathering, her, request_key="once-only-1234").status_code == 302
    again = sign_up(worker, gathering, her)
    assert again.status_code == 422 and "已经报过名" in text_of(again)
    assert len(rows_of(gathering, acting, system)) == 1


@pytest.mark.requirement("S0-43")
def test_who_comes_when_all_seats_are_taken_waits_and_moves_up_in_order(
    worker, planned, resident, acting, system, fresh
):
    names = ["王一", "李二", "张三", "赵四"]
    gathering = planned(in_days=2, capacity="1")
    for name in names:
        assert sign_up(worker, gathering, resident(name)).status_code == 302
    assert [row.seat for row in rows_of(gathering, acting, system)] == ["in", *["waiting"] * 3]
    assert (fresh(gathering).taken, fresh(gathering).waiting) == (1, 3)
    first = rows_of(gathering, acting, system)[0]
    worker.post(at(gathering, "withdraw/"), {"row": str(first.public_id)})
    assert [row.seat for row in rows_of(gathering, acting, system)] == [
        "withdrawn",
        "in",
        "waiting",
        "waiting",
    ]
    begins = timezone.localtime(gathering.starts_at)
    given = {
        "day": str(day_of(gathering.starts_at)),
        "starts": f"{begins:%H:%M}",
        "ends": f"{timezone.localtime(gathering.ends_at):%H:%M}",
        "place": "大礼堂",
        "capacity": "3",
        "why": "报名的人多",
    }
    assert worker.post(at(gathering, "change/"), given).status_code == 302
    assert [row.seat for row in rows_of(gathering, acting, system)] == ["withdrawn", "in", "in", "in"]


def test_a_minor_needs_her_guardians_consent_and_it_is_kept_who_and_when(
    worker, planned, resident, acting, system
):
    child = resident("小明", born=day_of(timezone.now()) - timedelta(days=365 * 12))
    gathering = planned(in_days=2)
    for told in ({}, {"guardian": "王父"}, {"agreed": "on"}):
        refused = sign_up(worker, gathering, child, **told)
        assert refused.status_code == 422 and "未满 18 周岁" in text_of(refused)
    assert rows_of(gathering, acting, system) == []
    assert sign_up(worker, gathering, child, guardian="王父", agreed="on").status_code == 302
    [row] = rows_of(gathering, acting, system)
    assert row.guardian == "王父" and row.agreed_at is not None
    adult = resident("王桂英")
    sign_up(worker, gathering, adult, guardian="不相干", agreed="on")
    assert rows_of(gathering, acting, system)[1].guardian == ""


def test_somebody_of_another_community_is_counted_without_a_name(
    worker, signed_in, planned, resident, acting, system
):
    there = resident("外社区人", community="330212007002")
    officer = signed_in("section_officer", area=STREET)
    gathering = planned(in_days=2)
    answer = sign_up(officer, gathering, there)
    assert answer.status_code == 422 and "不在这场活动的辖区里" in text_of(answer)
    assert sign_up(worker, gathering, there).status_code == 404


@pytest.mark.requirement("S0-43")
def test_closing_enters_each_who_came_once_and_the_unnamed_with_their_number(
    worker, planned, resident, acting, system, today
):
    gathering = planned(capacity="40", materials="签到表\n血压计")
    assert "名额 40" in text_of(worker.get(at(gathering)))
    assert "□ 血压计" in text_of(worker.get(at(gathering, "sheet/")))
    for person in reversed([resident(name) for name in ("王一", "李二")]):
        sign_up(worker, gathering, person, present="on")
    worker.post(at(gathering, "sign_in/"), {"guests": "5"})
    for _ in range(2):
        assert worker.post(at(gathering, "close/"), {"request_key": "close-only-1234"}).status_code == 302
    assert worker.post(at(gathering, "close/"), {}).status_code == 422
    entries = list(entries_of(gathering, acting, system))
    told = [(entry.item, entry.quantity, entry.person is not None) for entry in entries]
    assert told == [
        ("lecture_held", 1, False),
        ("lecture_attended", 1, True),
        ("lecture_attended", 1, True),
        ("lecture_attended", 5, False),
    ]
    # Whoever writes for several takes them in one order, not in that of the sheet: so two of them never wait in a ring.
    assert entries[1].person < entries[2].person
    stand = planned(kind="outreach", title="广场宣传")
    worker.post(at(stand, "sign_in/"), {"guests": "3"})
    worker.post(at(stand, "close/"), {})
    month = Month.of(day_of(gathering.starts_at))
    with acting(system):
        figures = {
            key: indicators.value(
                key, area=STREET, first=month, last=month, by=system, on=day_of(timezone.now())
            )
            for key in (
                "lectures_held",
                "lecture_attendance",
                "gatherings_held",
                "gathering_attendance",
                "gathering_people",
            )
        }
    assert figures == {
        "lectures_held": 1,
        "lecture_attendance": 7,
        "gatherings_held": 2,
        "gathering_attendance": 10,
        "gathering_people": 2,
    }
    assert "7 人次" in text_of(worker.get("/gatherings/list/held/"))


def test_nobody_came_needs_a_reason(worker, planned):
    gathering = planned()
    refused = worker.post(at(gathering, "close/"), {})
    assert refused.status_code == 422 and "没有一个人签到" in text_of(refused)
    assert worker.post(at(gathering, "close/"), {"why": "下大雨"}).status_code == 302


def test_what_has_not_begun_is_neither_signed_in_nor_closed(worker, planned, resident, acting, system):
    gathering = planned(in_days=2)
    assert sign_up(worker, gathering, resident("王桂英")).status_code == 302
    [row] = rows_of(gathering, acting, system)
    for deed, told in (("sign_in/", {"sign_ups": str(row.public_id)}), ("close/", {"why": "试试"})):
        refused = worker.post(at(gathering, deed), told)
        assert refused.status_code == 422
    assert rows_of(gathering, acting, system)[0].signed_in_at is None


def test_a_gathering_closed_by_mistake_opens_again_and_its_figures_go_back(
    worker, planned, acting, system, fresh
):
    gathering = planned()
    worker.post(at(gathering, "sign_in/"), {"guests": "4"})
    worker.post(at(gathering, "close/"), {})
    assert worker.post(at(gathering, "reopen/"), {"why": "少数了人"}).status_code == 302
    assert fresh(gathering).state == "planned"
    assert sum(entry.quantity for entry in entries_of(gathering, acting, system)) == 0
    worker.post(at(gathering, "sign_in/"), {"guests": "6"})
    worker.post(at(gathering, "close/"), {})
    attended = [
        entry.quantity for entry in entries_of(gathering, acting, system) if entry.item == "lecture_attended"
    ]
    assert sum(attended) == 6


@pytest.mark.requirement("S1-163")
def test_a_volunteer_for_one_day_has_the_hours_of_the_duty_she_signed_in_to(
    worker, planned, resident, acting, system
):
    gathering = planned(kind="volunteer_duty", title="清理楼道")
    came, stayed_away = resident("党员甲"), resident("党员乙")
    for person in (came, stayed_away):
        assert worker.post(at(gathering, "one_day/"), {"row": str(person)}).status_code == 302
    twice = worker.post(at(gathering, "one_day/"), {"row": str(came)})
    assert twice.status_code == 422 and "已经在帮手里" in text_of(twice)
    with acting(system):
        helper = Helper.objects.get(person=came)
    worker.post(at(gathering, "sign_in/"), {"helpers": [str(helper.public_id)]})
    assert worker.post(at(gathering, "close/"), {}).status_code == 302
    with acting(system):
        assert Helper.objects.get(person=came).minutes == 90
        assert Helper.objects.get(person=stayed_away).minutes is None
    [entry] = [one for one in entries_of(gathering, acting, system) if one.item == "volunteer_service"]
    assert (entry.person, entry.quantity, entry.unit) == (came, 90, "分钟")
    assert "1 小时 30 分钟" in text_of(worker.get(at(gathering)))
    assert "志愿服务" in text_of(worker.get(f"/people/{came}/"))


def test_the_rehearsals_of_a_team_show_who_came_how_often_and_how_long(
    worker, planned, resident, acting, system
):
    first = planned(kind="club_rehearsal", title="合唱排练", in_days=-7, sessions="3")
    her, him = resident("王桂英"), resident("李建国")
    for person in (her, him):
        assert sign_up(worker, first, person, present="on").status_code == 302
    assert worker.post(at(first, "close/"), {}).status_code == 302
    with acting(system):
        second = type(first).objects.filter(series=first.series_id).order_by("starts_at")[1]
    sign_up(worker, second, her, present="on")
    worker.post(at(second, "close/"), {})
    page = text_of(worker.get(at(second)))
    assert "3 场" in page and "2 次，3 小时" in page and "1 次，1 小时 30 分钟" in page


def test_the_whole_series_is_signed_up_for_at_once(worker, planned, resident, acting, system):
    first = planned(kind="parents_class", in_days=1, sessions="3")
    her = resident("王桂英")
    assert sign_up(worker, first, her, whole_series="on").status_code == 302
    with acting(system):
        assert SignUp.objects.filter(person=her).count() == 3


def test_the_dead_leave_every_list_and_the_next_in_line_has_the_seat(
    worker, planned, resident, acting, system, fresh
):
    gathering = planned(in_days=3, capacity="1")
    her = resident("王桂英")
    sign_up(worker, gathering, her)
    sign_up(worker, gathering, resident("李建国"))
    with acting(system):
        people.record_death(by=system, at=timezone.now(), person=her, died_on=day_of(timezone.now()))
    run_pending_jobs()
    rows = rows_of(gathering, acting, system)
    assert [(row.seat, row.withdrawn_why) for row in rows] == [("withdrawn", "已去世"), ("in", "")]
    assert fresh(gathering).taken == 1
    refused = sign_up(worker, gathering, her)
    assert refused.status_code == 422 and "已去世" in text_of(refused)
    with acting(system):
        people.undo_death(by=system, at=timezone.now(), person=her, reason="同名的人")
    run_pending_jobs()
    rows = rows_of(gathering, acting, system)
    assert [(row.seat, row.withdrawn_why) for row in rows] == [("waiting", ""), ("in", "")]
    assert fresh(gathering).taken == 1


def test_the_numbers_on_a_gathering_follow_from_its_lists_and_from_the_ledger(
    worker, planned, resident, acting, system
):
    coming = planned(in_days=2, capacity="1")
    for name in ("王一", "李二", "张三"):
        sign_up(worker, coming, resident(name))
    [first, *_] = rows_of(coming, acting, system)
    worker.post(at(coming, "withdraw/"), {"row": str(first.public_id)})
    held = planned()
    sign_up(worker, held, first.person, present="on")
    worker.post(at(held, "one_day/"), {"row": str(resident("赵四"))})
    worker.post(at(held, "sign_in/"), {"guests": "4"})
    for deed, told in (("close/", {}), ("reopen/", {"why": "数错了"}), ("close/", {})):
        assert worker.post(at(held, deed), told).status_code == 302
    with acting(system), connection.cursor() as cursor:
        keys = ("gatherings.seats", "gatherings.heads", "gatherings.copies")
        found = {one.key: one.found for one in prove(cursor, only=keys)}
    assert {key: (one.compared > 0, one.examples) for key, one in found.items()} == dict.fromkeys(
        keys, (True, ())
    )


def test_cancelling_wants_a_reason_and_enters_nothing(worker, planned, acting, system):
    gathering = planned(in_days=1)
    assert worker.post(at(gathering, "cancel/"), {"why": ""}).status_code == 422
    assert worker.post(at(gathering, "cancel/"), {"why": "讲师生病"}).status_code == 302
    assert entries_of(gathering, acting, system) == []
    assert "取消" in text_of(worker.get("/gatherings/list/cancelled/"))


def test_what_she_signed_up_for_stands_on_her_file_and_afterwards_what_she_came_to(worker, planned, resident):
    her, gathering = resident("王桂英"), planned(in_days=2)
    sign_up(worker, gathering, her)
    assert "报了名的活动" in text_of(worker.get(f"/people/{her}/"))
    held = planned()
    sign_up(worker, held, her, present="on")
    worker.post(at(held, "close/"), {})
    assert "参加健康讲座" in text_of(worker.get(f"/people/{her}/"))


def test_another_street_and_another_community_see_nothing(worker, planned, signed_in, resident):
    gathering = planned(in_days=1)
    for area in (FAR, "330212007002"):
        other = signed_in("community_worker", area=area)
        assert "秋冬养生讲座" not in text_of(other.get("/gatherings/"))
        for path in (at(gathering), at(gathering, "sheet/")):
            assert other.get(path).status_code == 404
        for deed in ("sign_up/", "cancel/", "close/", "withdraw/", "sign_in/"):
            told = {"why": "闯入", "row": str(gathering.public_id)}
            assert other.post(at(gathering, deed), told).status_code == 404
    for kind in ("health_lecture", "no-such"):
        beyond = f"/gatherings/new/?kind={kind}&area={FAR}"
        assert worker.get(beyond).status_code == 404
        assert worker.post(beyond, {"title": "越界"}).status_code == 404


def test_a_leader_of_the_street_reads_masked_names_and_changes_nothing(worker, planned, resident, signed_in):
    gathering = planned(in_days=1)
    sign_up(worker, gathering, resident("王桂英"))
    leader = signed_in("leader", area=STREET)
    page = text_of(leader.get(at(gathering)))
    assert "王*英" in page and "王桂英" not in page
    assert leader.post(at(gathering, "cancel/"), {"why": "试试"}).status_code == 403


def test_today_stands_on_the_first_page_of_a_worker(worker, planned):
    assert "今天的活动" not in text_of(worker.get("/"))
    planned()
    page = text_of(worker.get("/"))
    assert "今天的活动" in page and "秋冬养生讲座" in page


@given(
    present=st.integers(0, 500),
    guests=st.integers(0, 5000),
    helpers=st.integers(0, 60),
    minutes=st.integers(1, 960),
)
def test_what_is_entered_adds_up_to_heads_and_to_the_hours_of_all_helpers(present, guests, helpers, minutes):
    lines = what_is_entered(
        held="held",
        attended="attended",
        service="service",
        present=present,
        guests=guests,
        helpers=helpers,
        minutes=minutes,
    )
    sums = {line.item: line.quantity for line in lines}
    assert sums["held"] == 1
    assert sums.get("attended", 0) == present + guests
    assert sums.get("service", 0) == helpers * minutes
    assert all(line.entries >= 1 and line.quantity >= line.entries for line in lines)


@given(minutes=st.integers(0, 100_000))
def test_hours_in_words_lose_no_minute(minutes):
    said = in_hours(minutes).split()
    hours = int(said[0]) if "小时" in said else 0
    rest = int(said[said.index("分钟") - 1]) if "分钟" in said else 0
    assert hours * 60 + rest == minutes


def test_two_years_after_it_ended_its_list_names_nobody_and_its_numbers_stay(
    worker, planned, resident, acting, system, fresh
):
    gathering, her = planned(in_days=2), resident("王桂英")
    assert sign_up(worker, gathering, her).status_code == 302
    late = timezone.now() + timedelta(days=800)
    with acting(system, on=day_of(late)):
        assert (
            retention.clear_past_term(by=system, at=late, key="gatherings_signups") == 0
        )  # it has not ended
    assert worker.post(at(gathering, "cancel/"), {"why": "下雨"}).status_code == 302
    with acting(system, on=day_of(late)):
        assert retention.clear_past_term(by=system, at=late, key="gatherings_signups") == 1
        assert retention.clear_past_term(by=system, at=late, key="gatherings_signups") == 0
        with connection.cursor() as cursor:
            assert all(one.holds for one in audit.prove(cursor, only=["gatherings"]))
    [row] = rows_of(gathering, acting, system)
    assert row.person != her
    assert "王桂英" not in row.person_name


def test_one_who_had_two_files_has_one_seat_and_two_again_when_she_is_two(
    worker, planned, resident, acting, system, fresh
):
    gathering = planned(in_days=2, capacity="1")
    keep, alias, other = resident("王桂英"), resident("王桂英"), resident("李四")
    for who in (alias, other, keep):
        assert sign_up(worker, gathering, who).status_code == 302
    told = {"by": system, "at": timezone.now(), "alias": alias}
    with acting(system, on=day_of(timezone.now())):
        people.merge_people(**told, keep=keep, reason="同一人，重复建档")
    live = [(row.person, row.seat) for row in rows_of(gathering, acting, system) if row.seat != "withdrawn"]
    # The seat was taken under the other file: it stays, and nobody else loses her place in the line.
    assert live == [(alias, "in"), (other, "waiting")]
    assert (fresh(gathering).taken, fresh(gathering).waiting) == (1, 1)
    with acting(system, on=day_of(timezone.now())):
        people.undo_merge(**told, reason="是两个人")
        with connection.cursor() as cursor:
            assert all(one.holds for one in audit.prove(cursor, only=["gatherings"]))
    assert (fresh(gathering).taken, fresh(gathering).waiting) == (1, 2)
