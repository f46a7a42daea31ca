"""Posts and appointments: a post gives its role for exactly as long as somebody holds it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from yimen.foundations.access import api as access
from yimen.foundations.audit.api import trail_of
from yimen.foundations.bus.api import act_as
from yimen.kernel.refusals import NotAllowed, Refused
from yimen.registers.organisations import api as organisations
from yimen.registers.organisations.models import Appointment
from yimen.registers.organisations.permissions import APPOINT

pytestmark = pytest.mark.django_db
TOMORROW = date(2026, 11, 21)
AREA = "330212007001"


def refusal(call, **given):
    with pytest.raises(Refused) as caught, transaction.atomic():
        call(**given)
    return caught.value


def roles_of(account, on):
    return [hold.role for hold in access.actor_of(account, on=on).holds]


def test_an_appointment_gives_the_role_from_its_first_day(post, worker, system, now, today):
    made = organisations.appoint(by=system, at=now, post=post, account=worker, since=TOMORROW)
    assert roles_of(worker, today) == []
    assert roles_of(worker, TOMORROW) == ["community_worker"]
    assert access.actor_of(worker, on=TOMORROW).reach == (AREA,)
    assert [one.post for one in organisations.posts_of(worker, on=TOMORROW)] == [post]
    verbs = {row.verb for row in trail_of(made.public_id, by=system)}
    assert verbs == {"organisations.post.appointed"}


def test_ending_it_takes_the_role_back_and_keeps_the_history(post, worker, system, now, today):
    made = organisations.appoint(by=system, at=now, post=post, account=worker, since=date(2026, 1, 1))
    organisations.end_appointment(by=system, at=now, appointment=made, until=TOMORROW)
    assert roles_of(worker, today) == ["community_worker"]
    assert roles_of(worker, TOMORROW) == []
    (past,) = organisations.history_of(post, by=system)
    assert (past.name, past.since, past.until) == ("王社工", date(2026, 1, 1), TOMORROW)
    assert organisations.holders_of("community_worker", area=AREA, on=TOMORROW) == []
    assert [one.name for one in organisations.holders_of("community_worker", area=AREA, on=today)] == [
        "王社工"
    ]


def test_one_that_has_not_begun_never_takes_effect(post, worker, system, now):
    made = organisations.appoint(by=system, at=now, post=post, account=worker, since=TOMORROW)
    organisations.end_appointment(by=system, at=now, appointment=made)
    assert roles_of(worker, TOMORROW) == []
    assert organisations.posts_of(worker, on=TOMORROW) == []


def test_what_was_held_in_the_past_is_not_undone(post, worker, system, now):
    made = organisations.appoint(by=system, at=now, post=post, account=worker, since=date(2026, 1, 1))
    answer = refusal(
        organisations.end_appointment, by=system, at=now, appointment=made, until=date(2026, 6, 1)
    )
    assert answer.sentence == "不能办理免职：只能从今天或以后的一天起。"


def test_a_role_given_by_two_posts_ends_with_the_last(post, committee, worker, system, now, today):
    second = organisations.create_post(
        by=system,
        at=now,
        organisation=committee,
        title="社区民政专干",
        role="community_worker",
        area=AREA,
        since=date(2024, 1, 1),
    )
    one, two = (
        organisations.appoint(by=system, at=now, post=each, account=worker, since=date(2026, 1, 1))
        for each in (post, second)
    )
    organisations.end_appointment(by=system, at=now, appointment=one, until=TOMORROW)
    assert roles_of(worker, TOMORROW) == ["community_worker"]
    organisations.end_appointment(by=system, at=now, appointment=two, until=TOMORROW)
    assert roles_of(worker, TOMORROW) == []


def test_a_role_granted_directly_before_stays_when_the_post_ends(post, worker, system, now, today):
    access.grant_role(
        by=system, at=now, account=worker, role="community_worker", area=AREA, since=date(2026, 1, 1)
    )
    made = organisations.appoint(by=system, at=now, post=post, account=worker, since=today)
    organisations.end_appointment(by=system, at=now, appointment=made, until=TOMORROW)
    assert roles_of(worker, TOMORROW) == ["community_worker"]


def test_a_full_post_takes_nobody_but_a_deputy(post, worker, make_account, system, now, today):
    organisations.appoint(by=system, at=now, post=post, account=worker, since=date(2026, 1, 1))
    other = make_account("李社工")
    answer = refusal(organisations.appoint, by=system, at=now, post=post, account=other, since=TOMORROW)
    assert answer.sentence == "不能任命：“社区工作者”定员1人，这段时间已满。"
    deputy = organisations.appoint(
        by=system,
        at=now,
        post=post,
        account=other,
        since=TOMORROW,
        until=TOMORROW + timedelta(14),
        acting=True,
    )
    assert deputy.acting
    (line,) = organisations.posts_in(post.organisation, by=system, on=TOMORROW)
    assert ([one.name for one in line.holders], line.free_seats) == (["王社工", "李社工"], 0)


def test_a_seat_is_free_again_after_its_holder_left(post, worker, make_account, system, now, today):
    made = organisations.appoint(by=system, at=now, post=post, account=worker, since=date(2026, 1, 1))
    organisations.end_appointment(by=system, at=now, appointment=made, until=TOMORROW)
    organisations.appoint(by=system, at=now, post=post, account=make_account("李社工"), since=TOMORROW)


def test_nobody_holds_the_same_post_twice_at_a_time(post, worker, system, now, today):
    made = organisations.appoint(
        by=system, at=now, post=post, account=worker, since=date(2026, 1, 1), acting=True
    )
    answer = refusal(organisations.appoint, by=system, at=now, post=post, account=worker, since=TOMORROW)
    assert answer.sentence == "不能任命：王社工在这段时间已担任“社区工作者”。"
    from yimen.foundations.bus.api import Deed, open_deed
    from yimen.kernel.ids import uuid7

    deed = Deed(id=uuid7(), verb="tests.breach", by=system, at=now)
    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic(), open_deed(deed):
        Appointment.objects.create(post=post, account=made.account, since=TOMORROW, appointed_by=system.key)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"role": "emperor"}, "不能设置岗位：没有名为“emperor”的角色。"),
        ({"area": "330212007002"}, "不能设置岗位：雅苑社区不在东莺社区居民委员会负责的区域之内。"),
        ({"seats": 0}, "不能设置岗位：要有岗位名称、角色和至少一个定员。"),
        ({"title": "社区工作者"}, "不能设置岗位：东莺社区居民委员会已有负责这个区域的“社区工作者”岗位。"),
    ],
)
def test_a_post_that_makes_no_sense_is_refused(post, committee, system, now, given, sentence):
    usual = {"title": "网格员", "role": "grid_worker", "area": AREA, "since": date(2024, 1, 1)}
    answer = refusal(organisations.create_post, by=system, at=now, organisation=committee, **usual | given)
    assert answer.sentence == sentence


def test_appointing_wants_both_permissions_and_never_oneself(post, worker, system, make_actor, now, today):
    clerk = make_actor(APPOINT, area="330212007")
    with act_as(clerk, on=today), pytest.raises(NotAllowed):
        organisations.appoint(by=clerk, at=now, post=post, account=worker, since=today)
    elsewhere = make_actor(APPOINT, "access.grant_roles", area="330212008")
    with act_as(elsewhere, on=today), pytest.raises(NotAllowed):
        organisations.appoint(by=elsewhere, at=now, post=post, account=worker, since=today)
    admin = make_actor(APPOINT, "access.grant_roles", area="330212007")
    with act_as(admin, on=today):
        organisations.appoint(by=admin, at=now, post=post, account=worker, since=today)
    assert roles_of(worker, today) == ["community_worker"]


def test_messages_find_who_holds_a_role_over_an_area(post, worker, system, now, today):
    from yimen.foundations.messages import ports

    organisations.appoint(by=system, at=now, post=post, account=worker, since=today)
    plug = ports.role_holders.get("organisations")
    assert plug.accounts_holding("community_worker", area=AREA + "003", on=today) == {worker}
    assert plug.accounts_holding("community_worker", area="330212007", on=today) == frozenset()
