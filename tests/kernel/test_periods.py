from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yimen.kernel.faults import Fault
from yimen.kernel.periods import (
    AGE_BANDS,
    Month,
    Period,
    age_band,
    age_in_months,
    age_on,
    birthday_at,
    months_between,
    parse_month,
)

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@st.composite
def periods(draw):
    since = draw(days)
    return Period(since, draw(st.none() | st.integers(0, 400).map(lambda size: since + timedelta(days=size))))


def test_a_period_has_its_first_day_and_not_its_end():
    period = Period(date(2026, 1, 1), date(2026, 2, 1))
    assert period.contains(date(2026, 1, 1))
    assert period.contains(date(2026, 1, 31))
    assert not period.contains(date(2026, 2, 1))
    assert period.last_day == date(2026, 1, 31)


def test_an_open_period_has_no_last_day():
    assert Period(date(2026, 1, 1)).contains(date(2090, 1, 1))
    assert Period(date(2026, 1, 1)).last_day is None


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="结束日"):
        Period(date(2026, 2, 1), date(2026, 1, 1))


def test_an_empty_period_holds_no_day_and_overlaps_nothing():
    empty = Period(date(2026, 1, 1), date(2026, 1, 1))
    assert empty.is_empty
    assert not empty.contains(date(2026, 1, 1))
    assert not empty.overlaps(Period(date(2025, 1, 1)))
    with pytest.raises(ValueError, match="空的期间"):
        _ = empty.last_day


@given(periods(), periods(), days)
def test_a_day_lies_in_the_common_part_exactly_when_it_lies_in_both(one, other, day):
    common = one.intersect(other)
    assert (common is not None and common.contains(day)) == (one.contains(day) and other.contains(day))
    assert one.overlaps(other) == other.overlaps(one)


def test_a_month_knows_its_days_and_its_neighbours():
    november = Month.of(date(2026, 11, 21))
    assert str(november) == "2026-11"
    assert november.label == "2026年11月"
    assert (november.first_day, november.last_day) == (date(2026, 11, 1), date(2026, 11, 30))
    assert (november.next().next(), november.previous()) == (Month(2027, 1), Month(2026, 10))
    assert list(months_between(Month(2026, 11), Month(2027, 1))) == [
        november,
        Month(2026, 12),
        Month(2027, 1),
    ]


@given(days)
def test_a_month_ends_the_day_before_the_next_begins(day):
    month = Month.of(day)
    assert month.contains(day)
    assert month.period.contains(day)
    assert month.last_day + timedelta(days=1) == month.next().first_day


@pytest.mark.parametrize(
    "typed", ["2026-11", "202611", "2026年11月", "２０２６－１１", " 2026/11 ", "2026.11"]
)
def test_a_month_is_read_in_the_ways_people_write_it(typed):
    assert parse_month(typed) == Month(2026, 11)


@pytest.mark.parametrize("typed", ["", "2026-13", "2026-0", "26-11", "0000-01", "十一月"])
def test_what_is_no_month_is_a_fault(typed):
    assert isinstance(parse_month(typed), Fault)


def test_a_month_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="没有这个月份"):
        Month(2026, 13)


def test_age_rises_on_the_birthday():
    assert age_on(date(1961, 11, 21), date(2026, 11, 20)) == 64
    assert age_on(date(1961, 11, 21), date(2026, 11, 21)) == 65


def test_someone_born_on_29_february_grows_older_on_1_march_in_common_years():
    born = date(2000, 2, 29)
    assert age_on(born, date(2026, 2, 28)) == 25
    assert age_on(born, date(2026, 3, 1)) == 26
    assert age_on(born, date(2024, 2, 29)) == 24
    assert birthday_at(born, 26) == date(2026, 3, 1)


def test_a_day_before_birth_has_no_age():
    with pytest.raises(ValueError, match="早于出生"):
        age_on(date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(ValueError, match="早于出生"):
        age_in_months(date(2026, 1, 2), date(2026, 1, 1))


@given(days, st.integers(0, 120))
def test_the_birthday_is_the_first_day_of_an_age(born, age):
    birthday = birthday_at(born, age)
    assert age_on(born, birthday) == age
    assume(age > 0)
    assert age_on(born, birthday - timedelta(days=1)) == age - 1


@given(days, st.integers(0, 20_000))
def test_months_of_age_agree_with_years(born, later):
    day = born + timedelta(days=later)
    assert age_in_months(born, day) // 12 == age_on(born, day)


def test_a_baby_is_one_month_old_a_month_after_birth():
    assert age_in_months(date(2026, 1, 31), date(2026, 2, 28)) == 0
    assert age_in_months(date(2026, 1, 31), date(2026, 3, 1)) == 1


def test_the_age_bands_join_without_gap():
    assert [band.key for band in AGE_BANDS] == [
        "0-2", "3-6", "7-14", "15-17", "18-34", "35-59", "60-64", "65-79", "80+",
    ]  # fmt: skip
    assert AGE_BANDS[-1].label == "80岁及以上"
    for age in range(130):
        band = age_band(age)
        assert band.since <= age
        assert band.until is None or age < band.until
    with pytest.raises(ValueError, match="负数"):
        age_band(-1)
