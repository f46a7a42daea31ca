from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.kernel.periods import Period
from yimen.kernel.working_days import (
    WorkingCalendar,
    YearCalendar,
    describe,
    due_after_pauses,
    provisional_note,
    remaining,
)


def span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


ANNOUNCED_2025 = YearCalendar(
    2025,
    frozenset([
        date(2025, 1, 1), *span(date(2025, 1, 28), date(2025, 2, 4)), *span(date(2025, 4, 4), date(2025, 4, 6)),
        *span(date(2025, 5, 1), date(2025, 5, 5)), *span(date(2025, 5, 31), date(2025, 6, 2)),
        *span(date(2025, 10, 1), date(2025, 10, 8)),
    ]),
    frozenset([date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11)]),
    "国办发明电〔2024〕12号",
)  # fmt: skip
ANNOUNCED_2026 = YearCalendar(
    2026,
    frozenset([
        *span(date(2026, 1, 1), date(2026, 1, 3)), *span(date(2026, 2, 15), date(2026, 2, 23)),
        *span(date(2026, 4, 4), date(2026, 4, 6)), *span(date(2026, 5, 1), date(2026, 5, 5)),
        *span(date(2026, 6, 19), date(2026, 6, 21)), *span(date(2026, 9, 25), date(2026, 9, 27)),
        *span(date(2026, 10, 1), date(2026, 10, 7)),
    ]),
    frozenset([date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)]),
    "国务院办公厅关于2026年部分节假日安排的通知",
)  # fmt: skip
STATUTORY_2027 = frozenset([
    date(2027, 1, 1), *span(date(2027, 2, 5), date(2027, 2, 8)), date(2027, 4, 5), date(2027, 5, 1), date(2027, 5, 2),
    date(2027, 6, 9), date(2027, 9, 15), *span(date(2027, 10, 1), date(2027, 10, 3)),
])  # fmt: skip
CALENDAR = WorkingCalendar((ANNOUNCED_2025, ANNOUNCED_2026), {2027: STATUTORY_2027})

days = st.dates(min_value=date(2025, 1, 1), max_value=date(2028, 12, 31))


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_agrees_with_a_second_independent_calendar(year):
    chinese_calendar = pytest.importorskip("chinese_calendar")
    for day in span(date(year, 1, 1), date(year, 12, 31)):
        answer = CALENDAR.is_working_day(day)
        assert bool(answer) == chinese_calendar.is_workday(day), day
        assert answer.provisional_years == ()


def test_the_day_of_acceptance_is_day_0_and_the_next_working_day_is_day_1():
    assert CALENDAR.add_working_days(date(2026, 11, 20), 1).day == date(2026, 11, 23)
    assert CALENDAR.add_working_days(date(2026, 11, 21), 1).day == date(2026, 11, 23)


def test_twenty_working_days_over_new_year_festival_count_the_make_up_days():
    deadline = CALENDAR.add_working_days(date(2026, 2, 6), 20)
    assert deadline.day == date(2026, 3, 12)
    assert deadline.with_make_up
    assert deadline.with_holiday


def test_no_working_days_end_on_the_day_itself():
    assert CALENDAR.add_working_days(date(2026, 11, 21), 0).day == date(2026, 11, 21)


def test_a_year_without_announcement_is_never_silent():
    deadline = CALENDAR.add_working_days(date(2026, 12, 28), 5)
    assert deadline.day == date(2027, 1, 5)  # 1 January is left out, nothing else is known
    assert deadline.provisional_years == (2027,)
    assert CALENDAR.is_working_day(date(2027, 2, 5)).provisional_years == (2027,)
    assert not CALENDAR.is_working_day(date(2027, 2, 5))
    assert CALENDAR.add_working_days(date(2026, 12, 1), 5).provisional_years == ()
    assert CALENDAR.add_working_days(date(2027, 3, 1), 0).provisional_years == (2027,)
    assert CALENDAR.working_days_between(date(2026, 12, 28), date(2027, 1, 5)).provisional_years == (2027,)


def test_the_next_working_day_comes_after_and_the_roll_forward_may_stay():
    assert CALENDAR.next_working_day(date(2026, 11, 20)).day == date(2026, 11, 23)
    assert CALENDAR.working_day_on_or_after(date(2026, 11, 20)).day == date(2026, 11, 20)
    assert CALENDAR.working_day_on_or_after(date(2026, 10, 1)).day == date(2026, 10, 8)
    assert CALENDAR.working_day_on_or_after(date(2027, 1, 1)).provisional_years == (2027,)


@given(days, st.integers(1, 80))
def test_a_limit_is_a_working_day_with_exactly_n_working_days_on_the_way(start, n):
    deadline = CALENDAR.add_working_days(start, n)
    assert CALENDAR.is_working_day(deadline.day)
    assert CALENDAR.working_days_between(start, deadline.day).count == n


@given(days, st.integers(0, 60))
def test_a_longer_limit_never_ends_earlier(start, n):
    assert CALENDAR.add_working_days(start, n).day < CALENDAR.add_working_days(start, n + 1).day


@given(days, days, days)
def test_counts_of_working_days_add_up_in_any_direction(a, b, c):
    between = CALENDAR.working_days_between
    assert between(a, b).count + between(b, c).count == between(a, c).count


@given(days, st.integers(0, 40))
def test_a_clock_without_pauses_is_the_plain_limit(start, n):
    assert due_after_pauses(
        start=start, working_days=n, pauses=[], calendar=CALENDAR
    ) == CALENDAR.add_working_days(start, n)


pause_lists = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 30)).map(
        lambda pair: Period(
            date(2026, 3, 1) + timedelta(days=pair[0]), date(2026, 3, 1) + timedelta(days=sum(pair))
        )
    ),
    max_size=4,
)


@given(st.integers(0, 40), st.integers(1, 30), pause_lists)
def test_on_the_day_it_is_due_a_paused_clock_has_nothing_left(shift, n, pauses):
    start = date(2026, 2, 20) + timedelta(days=shift)
    due = due_after_pauses(start=start, working_days=n, pauses=pauses, calendar=CALENDAR)
    left = remaining(start=start, working_days=n, pauses=pauses, today=due.day, calendar=CALENDAR)
    before = remaining(
        start=start, working_days=n, pauses=pauses, today=due.day - timedelta(days=1), calendar=CALENDAR
    )
    assert (left.count, left.paused, before.count) == (0, False, 1)


def test_the_day_of_stopping_does_not_count_and_the_day_of_resuming_does():
    # accepted on Monday the 2nd, stopped on Wednesday, papers brought on the Monday after
    pause = Period(date(2026, 11, 4), date(2026, 11, 9))
    due = due_after_pauses(start=date(2026, 11, 2), working_days=3, pauses=[pause], calendar=CALENDAR)
    assert due.day == date(2026, 11, 10)  # Tuesday the 3rd, Monday the 9th, Tuesday the 10th
    stopped = remaining(
        start=date(2026, 11, 2), working_days=3, pauses=[pause], today=date(2026, 11, 6), calendar=CALENDAR
    )
    assert (stopped.count, stopped.paused) == (2, True)


def test_while_a_pause_has_no_end_no_day_is_named():
    pauses = [Period(date(2026, 11, 4))]
    assert due_after_pauses(start=date(2026, 11, 2), working_days=3, pauses=pauses, calendar=CALENDAR) is None
    left = remaining(
        start=date(2026, 11, 2), working_days=3, pauses=pauses, today=date(2027, 5, 1), calendar=CALENDAR
    )
    assert (left.count, left.paused) == (2, True)


def test_what_is_overdue_counts_below_zero():
    left = remaining(
        start=date(2026, 11, 2), working_days=3, pauses=[], today=date(2026, 11, 9), calendar=CALENDAR
    )
    assert left.count == -2


def test_a_limit_is_told_in_words():
    today = date(2026, 10, 8)
    assert describe(CALENDAR.add_working_days(today, 5), today=today) == "5 个工作日，10月14日前，含调休"
    assert describe(CALENDAR.add_working_days(date(2026, 11, 2), 3), today=today) == "3 个工作日，11月5日前"
    assert (
        describe(CALENDAR.add_working_days(date(2026, 9, 28), 4), today=today)
        == "4 个工作日，10月9日前，已扣除节假日"
    )
    assert describe(CALENDAR.add_working_days(date(2026, 12, 28), 5), today=today) == (
        "5 个工作日，2027年1月5日前，已扣除节假日（2027 年放假安排尚未公布，暂按法定节假日推算）"
    )
    assert describe(CALENDAR.add_working_days(today, 0), today=today) == "10月8日当日"
    assert provisional_note(()) == ""
    assert provisional_note((2027, 2028)) == "（2027、2028 年放假安排尚未公布，暂按法定节假日推算）"


@pytest.mark.parametrize(
    ("off", "made_up", "source", "words"),
    [
        ([date(2026, 1, 1)], [], " ", "缺少来源"),
        ([date(2024, 1, 1)], [], "通知", "不在 2026 年"),
        ([date(2026, 1, 4)], [date(2026, 1, 4)], "通知", "既放假又上班"),
        ([], [date(2026, 1, 5)], "通知", "本来就是工作日"),
    ],
)
def test_an_announcement_with_a_slip_is_refused(off, made_up, source, words):
    with pytest.raises(ValueError, match=words):
        YearCalendar(2026, frozenset(off), frozenset(made_up), source)


def test_two_announcements_for_one_year_are_refused():
    with pytest.raises(ValueError, match="两份"):
        WorkingCalendar((ANNOUNCED_2026, ANNOUNCED_2026))


@pytest.mark.parametrize("n", [-1, 1.5, True, 100_000])
def test_a_number_of_days_that_makes_no_sense_is_refused(n):
    with pytest.raises(ValueError, match="工作日天数"):
        CALENDAR.add_working_days(date(2026, 11, 2), n)
