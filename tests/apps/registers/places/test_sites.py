"""Service sites: hours are published from a day on, history stays, and the next open day knows the calendar."""

from datetime import date, time, timedelta

import pytest
from django.db import transaction

from yimen.kernel.refusals import NotAllowed, Refused
from yimen.registers.places import api as places
from yimen.registers.places.permissions import EDIT

pytestmark = pytest.mark.django_db

MORNING, AFTERNOON = (time(8, 30), time(11, 30)), (time(14, 0), time(17, 0))
WEEK = [places.Hours(day, *part) for day in range(5) for part in (MORNING, AFTERNOON)]


def refusal(call, **given):
    with pytest.raises(Refused) as caught, transaction.atomic():
        call(**given)
    return caught.value


@pytest.fixture
def opened(site, system, now, today):
    return places.set_site_hours(
        by=system, at=now - timedelta(days=300), site=site, hours=WEEK, since=date(2026, 2, 1)
    )


@pytest.mark.parametrize(
    ("after", "opens", "why"),
    [
        (date(2026, 11, 19), date(2026, 11, 20), "the next weekday"),
        (date(2026, 11, 20), date(2026, 11, 23), "over an ordinary weekend"),
        (date(2026, 9, 24), date(2026, 9, 28), "over 中秋节 and its weekend"),
        (date(2026, 9, 30), date(2026, 10, 8), "over 国庆节"),
        (date(2026, 10, 9), date(2026, 10, 10), "a Saturday that is made up for"),
        (date(2026, 2, 13), date(2026, 2, 14), "another make-up Saturday"),
        (date(2026, 2, 14), date(2026, 2, 24), "over 春节"),
    ],
)
def test_the_next_open_day_keeps_the_state_council_calendar(opened, calendar, after, opens, why):
    found = places.next_open_day(opened, after=after, calendar=calendar)
    assert found.on == opens, why
    assert [str(one) for one in found.hours] == ["08:30–11:30", "14:00–17:00"]
    assert found.provisional_years == ()


def test_a_year_without_a_calendar_is_said_to_be_provisional(opened, calendar):
    found = places.next_open_day(opened, after=date(2027, 3, 5), calendar=calendar)
    assert (found.on, found.provisional_years) == (date(2027, 3, 8), (2027,))


def test_saturday_hours_hold_on_an_ordinary_saturday_but_not_in_a_holiday(
    opened, calendar, system, now, today
):
    week = [*WEEK, places.Hours(5, time(9, 0), time(12, 0))]
    places.set_site_hours(
        by=system, at=now - timedelta(days=200), site=opened, hours=week, since=date(2026, 6, 1)
    )
    saturday = places.site_open_on(opened, on=date(2026, 11, 21), calendar=calendar)
    assert [str(one) for one in saturday.hours] == ["09:00–12:00"]
    assert places.site_open_on(opened, on=date(2026, 10, 3), calendar=calendar) is None, "国庆节"


def test_a_site_that_works_through_holidays_is_open_on_them(areas, calendar, system, now):
    station = places.open_site(
        by=system,
        at=now,
        area="330212007",
        name="潘火街道社区卫生服务中心",
        kind="health",
        address="金谷中路 1 号",
        since=date(2026, 1, 1),
        holidays="always",
    )
    every_day = [places.Hours(day, time(8, 0), time(20, 0)) for day in range(7)]
    places.set_site_hours(
        by=system, at=now - timedelta(days=90), site=station, hours=every_day, since=date(2026, 9, 1)
    )
    assert places.next_open_day(station, after=date(2026, 9, 30), calendar=calendar).on == date(2026, 10, 1)


def test_new_hours_keep_the_old_ones_as_history(opened, system, now, today):
    short = [places.Hours(day, *MORNING) for day in range(5)]
    places.set_site_hours(by=system, at=now, site=opened, hours=short, since=date(2026, 12, 1))
    assert len(places.weekly_hours(opened, on=today)) == 10
    assert len(places.weekly_hours(opened, on=date(2026, 12, 1))) == 5
    history = places.hours_history(opened)
    assert {(one.since, one.until) for one in history} == {
        (date(2026, 2, 1), date(2026, 12, 1)),
        (date(2026, 12, 1), None),
    }


def test_announced_hours_that_are_not_in_force_yet_are_replaced(opened, system, now):
    for closes in (time(11, 0), time(12, 0)):
        hours = [places.Hours(0, time(9, 0), closes)]
        places.set_site_hours(by=system, at=now, site=opened, hours=hours, since=date(2026, 12, 1))
    assert [str(one) for one in places.weekly_hours(opened, on=date(2026, 12, 7))] == ["09:00–12:00"]


def test_publishing_the_same_hours_again_changes_nothing(opened, system, now, today):
    places.set_site_hours(by=system, at=now, site=opened, hours=WEEK, since=today)
    assert {one.since for one in places.hours_history(opened)} == {date(2026, 2, 1)}


@pytest.mark.parametrize(
    ("hours", "since", "sentence"),
    [
        ([], date(2026, 12, 1), "至少要有一个开放时段；不再开放请办理撤销"),
        (WEEK, date(2026, 11, 1), "已经过去的日子不能再改，请从今天或以后的一天起"),
        (
            [places.Hours(0, time(17, 0), time(9, 0))],
            date(2026, 12, 1),
            "周一 17:00–09:00 的结束时间不晚于开始时间",
        ),
        (
            [places.Hours(2, time(9, 0), time(12, 0)), places.Hours(2, time(11, 0), time(13, 0))],
            date(2026, 12, 1),
            "周三 09:00–12:00 与 11:00–13:00 重叠",
        ),
    ],
)
def test_hours_that_nobody_could_keep_are_refused(opened, system, now, hours, since, sentence):
    answer = refusal(places.set_site_hours, by=system, at=now, site=opened, hours=hours, since=since)
    assert answer.sentence == f"开放时间不能这样公布：{sentence}。"


def test_a_closed_site_has_no_next_open_day_but_stays_readable(opened, calendar, system, now, today):
    places.close_site(by=system, at=now, site=opened, until=date(2026, 12, 1))
    shut = places.site(opened.public_id)
    assert places.next_open_day(shut, after=date(2026, 11, 30), calendar=calendar) is None
    assert places.sites_in("330212007", on=today) == [shut]
    assert places.sites_in("330212007", on=date(2026, 12, 1)) == []
    answer = refusal(places.close_site, by=system, at=now, site=opened, until=date(2026, 12, 9))
    assert answer.sentence == "东莺社区服务站不能撤销：已定于2026年12月01日撤销。"


def test_the_nearest_site_comes_first(site, system, now, today):
    centre = places.open_site(
        by=system,
        at=now,
        area="330212007",
        name="潘火街道便民服务中心",
        kind="street_centre",
        address="金谷中路 1 号",
        since=date(2026, 1, 1),
    )
    assert places.sites_serving("330212007001", on=today) == [site, centre]
    assert places.sites_serving("330212007002", on=today) == [centre]


def test_hours_are_published_only_where_one_may(site, make_actor, now):
    clerk = make_actor(EDIT, area="330212007002")
    with pytest.raises(NotAllowed):
        places.set_site_hours(by=clerk, at=now, site=site, hours=WEEK, since=date(2026, 12, 1))
