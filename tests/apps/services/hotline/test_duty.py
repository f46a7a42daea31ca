"""Who is on duty, and how a night is handed over: signed by the next shift, answered, or told to the chief."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import FAR, HOME, STREET
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as
from yimen.foundations.messages.models import Message
from yimen.kernel.clock import day_of
from yimen.kernel.periods import Month
from yimen.registers.places import api as places
from yimen.services.hotline import api as hotline
from yimen.services.hotline.models import HandOver, Shift

NIGHT = {"phone": "13800001234", "topic": "neighbourhood", "sentence": "楼上漏水，半夜打来", "result": "left"}


def _next_month():
    return Month.of(day_of(timezone.now())).next()


def _select(page):
    """The slots of the roster form, in order, and the people who can be chosen."""
    slots = re.findall(r'<select name="(\d{4}-\d\d-\d\d-[a-z]+)"', page)
    people = list(dict.fromkeys(re.findall(r'<option value="([0-9a-f-]{36})"', page)))
    return slots, people


def _shifts(system):
    with act_as(system, on=day_of(timezone.now())):
        return list(Shift.objects.order_by("starts"))


def _make(browser, month, names):
    address = f"/duty/edit/?month={month}"
    slots, people = _select(browser.get(address).content.decode())
    told = {slot: people[names[n % len(names)]] for n, slot in enumerate(slots)}
    answer = browser.post(address, told)
    assert answer.status_code == 302, answer.content.decode()
    return slots, people


def test_a_month_is_made_on_one_page_printed_and_carried_on(signed_in, street, system):
    worker = signed_in("wang", "community_worker")
    signed_in("li", "window_clerk")
    month = _next_month()
    slots, people = _make(worker, month, [0, 1])
    assert len(people) == 2
    shifts = _shifts(system)
    assert len(shifts) == len(slots) >= month.last_day.day
    page = worker.get(f"/duty/?month={month}").content.decode()
    assert "li同事" in page and "wang同事" in page and "夜班" in page and "次日 08:30" in page
    assert "白班" in worker.get(f"/duty/print/?month={month}").content.decode()
    # The next month goes on where this one stopped; nothing is kept before it is saved.
    carried = worker.get(f"/duty/edit/?month={month.next()}&carry=1").content.decode()
    assert "已照上月的次序顺延" in carried and carried.count(" selected>") >= 28
    assert len(_shifts(system)) == len(slots)


def test_two_persons_are_swapped_with_a_reason_only(signed_in, street, system):
    worker = signed_in("wang", "community_worker")
    signed_in("li", "window_clerk")
    month = _next_month()
    _make(worker, month, [0, 1])
    first = _shifts(system)[0]
    second = next(one for one in _shifts(system) if one.account != first.account)
    told = {"first": str(first.public_id), "second": str(second.public_id)}
    address = f"/duty/swap/?month={month}"
    assert worker.post(address, told).status_code == 422
    assert worker.post(address, told | {"reason": "孩子家长会"}).status_code == 302
    after = {one.public_id: one for one in _shifts(system)}
    assert after[first.public_id].account == second.account
    assert after[second.public_id].account == first.account
    assert worker.get(f"/duty/?month={month}").content.decode().count("孩子家长会") == 2


def test_only_who_may_stand_duty_there_is_put_on_the_list(signed_in, street, system):
    worker = signed_in("wang", "community_worker")
    month = _next_month()
    address = f"/duty/edit/?month={month}"
    slots, _ = _select(worker.get(address).content.decode())
    answer = worker.post(address, {slots[0]: "00000000-0000-7000-8000-000000000000"})
    assert answer.status_code == 422 and _shifts(system) == []
    with act_as(system, on=day_of(timezone.now())), pytest.raises(hotline.NotOnTheList):
        hotline.set_roster(
            by=system, at=timezone.now(), area=HOME, month=month,
            people={slots[0]: UUID("00000000-0000-7000-8000-000000000000")},
        )  # fmt: skip


def test_a_window_reads_the_roster_and_does_not_make_it(clerk):
    assert clerk.get("/duty/").status_code == 200
    assert clerk.get("/duty/edit/").status_code == 403
    assert clerk.get("/duty/swap/").status_code == 403


@pytest.mark.requirement("S1-127")
def test_a_night_call_is_seen_signed_for_and_answered_by_the_next_shift(signed_in, stands, street, system):
    night, day = signed_in("ye", "community_worker"), signed_in("li", "window_clerk")
    shift = stands("ye", hours=(-10, -1))
    # The duty person notes the call, and hands over what she could not say.
    assert night.post("/calls/new/", NIGHT).status_code == 302
    own = night.get(f"/duty/shifts/{shift.public_id}/").content.decode()
    assert "楼上漏水" in own and "交班" in own
    assert night.post(f"/duty/shifts/{shift.public_id}/", {"note": "已请物业关阀"}).status_code == 302
    # Nobody signs for herself; the day sees it on its first page, signs, and answers.
    home = day.get("/").content.decode()
    assert "等您签收" in home and "楼上漏水" in home
    page = day.get(f"/duty/shifts/{shift.public_id}/").content.decode()
    assert "楼上漏水" in page and "已请物业关阀" in page
    assert day.post(f"/duty/shifts/{shift.public_id}/", {"note": "早上去看"}).status_code == 302
    with act_as(system, on=day_of(timezone.now())):
        over = HandOver.objects.get()
    assert over.signed_by_name == "li同事" and len(over.calls) == 1
    signed = day.get(f"/duty/shifts/{shift.public_id}/").content.decode()
    assert "已签收" in signed and "li同事" in signed and "楼上漏水" in signed
    assert day.post(f"/calls/{over.calls[0]}/answer/", {"answer": "物业已修好，回了电话"}).status_code == 302
    assert "li同事答复" in night.get(f"/duty/shifts/{shift.public_id}/").content.decode()
    assert "等您签收" not in day.get("/").content.decode()


def test_nobody_signs_for_herself_nor_for_a_shift_that_runs_nor_twice(signed_in, stands, street, system):
    night, day, late = (
        signed_in("ye", "community_worker"),
        signed_in("li", "window_clerk"),
        signed_in("wu", "window_clerk"),
    )
    running = stands("ye", hours=(-2, 2))
    answer = day.post(f"/duty/shifts/{running.public_id}/", {})
    assert answer.status_code == 422 and "还没有结束" in answer.content.decode()
    # Her own page only lets her give, which opens it for the next.
    assert night.post(f"/duty/shifts/{running.public_id}/", {}).status_code == 302
    assert day.post(f"/duty/shifts/{running.public_id}/", {}).status_code == 302
    again = late.post(f"/duty/shifts/{running.public_id}/", {})
    assert again.status_code == 422 and "已经有人签收" in again.content.decode()
    assert night.post(f"/duty/shifts/{running.public_id}/", {"note": "补一句"}).status_code == 422


def test_what_nobody_signed_for_in_time_is_told_to_the_chief_once(signed_in, stands, street, system):
    signed_in("ye", "community_worker")
    chief = signed_in("zhou", "section_chief", area=STREET)
    shift = stands("ye", hours=(-40, -30))
    now = timezone.now()
    with act_as(system, on=day_of(now)):
        assert hotline.escalate_unsigned(by=system, at=now) == 1
        assert hotline.escalate_unsigned(by=system, at=now) == 0
        assert Message.objects.filter(title="值班交接没有签收").count() == 1
    assert "值班交接没有签收" in chief.get("/messages/").content.decode()
    assert "逾时未签" in chief.get(f"/duty/shifts/{shift.public_id}/").content.decode()


def test_a_shift_that_was_signed_for_or_is_fresh_is_nobodys_complaint(signed_in, stands, street, system):
    signed_in("ye", "community_worker")
    day = signed_in("li", "window_clerk")
    old = stands("ye", hours=(-40, -30))
    assert day.post(f"/duty/shifts/{old.public_id}/", {}).status_code == 302
    fresh = stands("ye", hours=(-2, -1))
    now = timezone.now()
    with act_as(system, on=day_of(now)):
        before = fresh.ends + timedelta(seconds=1)
        assert hotline.escalate_unsigned(by=system, at=before) == 0
        assert not HandOver.objects.filter(shift=fresh, escalated_on__isnull=False).exists()


def test_the_neighbouring_street_sees_no_roster_and_signs_nothing(signed_in, stands, street, system):
    signed_in("ye", "community_worker")
    shift = stands("ye", hours=(-10, -1))
    far = signed_in("sun", "community_worker", area=FAR)
    assert far.get(f"/duty/shifts/{shift.public_id}/").status_code == 404
    assert far.post(f"/duty/shifts/{shift.public_id}/", {}).status_code == 404
    for page in ("/", "/duty/", f"/duty/print/?month={Month.of(shift.on)}"):
        assert "ye同事" not in far.get(page).content.decode()
    assert "ye同事" not in far.get(f"/duty/edit/?month={_next_month()}").content.decode()
    with act_as(system, on=day_of(timezone.now())):
        assert access.account_name(shift.account) == "ye同事"


@pytest.mark.parametrize("month", ["9999-12", "9999-11", "0001-01", "9998-12"])
def test_a_month_at_the_end_of_the_calendar_is_answered_with_a_page(signed_in, street, month):
    worker = signed_in("wang", "community_worker")
    for address in ("/duty/", "/duty/print/", "/duty/edit/", "/duty/swap/"):
        assert worker.get(f"{address}?month={month}").status_code == 200, address


def test_shifts_to_come_go_over_when_a_community_is_taken_over(signed_in, street, acting, system):
    worker = signed_in("wang", "community_worker")
    signed_in("li", "window_clerk")
    month = _next_month()
    slots, _ = _make(worker, month, [0, 1])
    today = day_of(timezone.now())
    with acting(system):
        into = places.open_area(
            by=system, at=timezone.now(), parent=STREET, name="雅苑社区", since=date(2015, 1, 1)
        ).code
        places.change_areas(
            by=system,
            at=timezone.now(),
            kind="merge",
            on=today,
            old=[HOME],
            into=into,
            authority="鄞州区人民政府",
            number="鄞政函〔2026〕9号",
        )
        assert Shift.objects.filter(area=into, street=STREET).count() == len(slots)
    page = worker.get(f"/duty/?month={month}").content.decode()
    assert "li同事" in page and "wang同事" in page
