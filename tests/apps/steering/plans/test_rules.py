"""A plan is split into whole numbers that add up, and says on every day how much should be done."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yimen.steering.plans.rules import Pace, by_month, pace_sentence, promised_by, turns

weights = st.lists(st.integers(0, 60), min_size=12, max_size=12).filter(sum)
shares = st.lists(st.integers(0, 40), min_size=1, max_size=12).filter(sum)
amounts = st.integers(1, 5000)


@given(st.integers(1, 600), shares)
def test_at_every_moment_the_shares_are_near_their_weights_and_add_up(amount, parts):
    named = tuple((f"c{number}", weight) for number, weight in enumerate(parts))
    given_out = turns(amount, named)
    assert len(given_out) == amount
    for so_far in (amount // 3, amount // 2, amount):
        counts = Counter(given_out[:so_far])
        for key, weight in named:
            # With k parts the divisor method may leave the exact share by more than one, but never by half of k.
            assert abs(counts[key] - so_far * weight / sum(parts)) <= max(1, len(parts) / 2)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12).filter(sum))
def test_amounts_given_for_each_community_come_out_exactly(amounts_told):
    named = tuple((f"c{number}", amount) for number, amount in enumerate(amounts_told))
    assert Counter(turns(sum(amounts_told), named)) == Counter(dict(named)) + Counter()


@given(amounts, weights)
def test_months_add_up_to_the_amount_and_none_is_negative(amount, plan):
    months = by_month(amount, plan)
    assert sum(months) == amount
    assert len(months) == 12
    assert min(months) >= 0


@given(amounts, weights)
def test_what_should_be_done_never_falls_and_is_everything_at_the_end(amount, plan):
    months = by_month(amount, plan)
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    told = [promised_by(months, year=2026, on=day) for day in days]
    assert told == sorted(told)
    assert told[-1] == amount
    assert promised_by(months, year=2026, on=date(2025, 12, 31)) == 0
    assert promised_by(months, year=2026, on=date(2027, 1, 1)) == amount


def test_twelve_even_months_of_a_hundred_are_eight_or_nine():
    assert by_month(100) == (8, 8, 9, 8, 8, 9, 8, 8, 9, 8, 8, 9)


def test_the_present_month_is_promised_by_its_days():
    months = (30, 28, *[0] * 10)
    assert promised_by(months, year=2026, on=date(2026, 1, 31)) == 30
    assert promised_by(months, year=2026, on=date(2026, 2, 14)) == 30 + 14
    assert promised_by((1, *[0] * 11), year=2026, on=date(2026, 1, 30)) == 0


def test_who_is_behind_is_said_with_the_furthest_first():
    said = pace_sentence([("雅苑社区", 1), ("东莺社区", 3)], unit="件", forecast=False)
    assert said == "低于进度：东莺社区，差 3 件；雅苑社区，差 1 件。"
    assert pace_sentence([], unit="件", forecast=False) == "各社区都达到进度。"
    many = [(f"第{number}社区", 1) for number in range(7)]
    assert pace_sentence(many, unit="件", forecast=False).endswith("；另有 2 个社区。")


def test_a_forecast_names_no_community():
    assert "社区" not in pace_sentence([("雅苑社区", 1)], unit="件", forecast=True)


def test_done_as_promised_is_not_behind():
    assert not Pace(amount=10, promised=5, done=5).is_behind
    assert Pace(amount=10, promised=5, done=4).difference == -1
