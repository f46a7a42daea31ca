"""The rule of relief, from facts alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.kernel.money import Money
from yimen.services.aid.choices import EventKind
from yimen.services.aid.rules import FormerRelief, Limits, months_after, within_relief

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
LIMITS = Limits(12, Money(200_000))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 11, 20), 12, date(2026, 11, 20)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(day, months, then):
    assert months_after(day, months) == then


@given(st.sampled_from(EventKind.values), DAYS, st.integers(0, 400))
def test_only_the_same_hardship_within_the_months_is_refused(event, decided_on, later):
    on = decided_on + timedelta(days=later)
    found = within_relief(
        event=event, spending=None, on=on, former=[FormerRelief(event, decided_on)], limits=LIMITS
    )
    assert bool(found) == (on < months_after(decided_on, 12))
    other = next(kind for kind in EventKind.values if kind != event)
    assert not within_relief(
        event=other, spending=None, on=on, former=[FormerRelief(event, decided_on)], limits=LIMITS
    )


@given(st.integers(0, 10_000_000))
def test_an_amount_never_refuses_it_only_warns(fen):
    found = within_relief(event="fire", spending=Money(fen), on=date(2026, 11, 20), former=[], limits=LIMITS)
    assert [finding.severity for finding in found] == (["warn"] if fen > 200_000 else [])


def test_without_a_scheme_nothing_is_refused_or_warned_of():
    former = [FormerRelief("fire", date(2026, 11, 1))]
    assert not within_relief(
        event="fire", spending=Money(9_000_000), on=date(2026, 11, 20), former=former, limits=Limits()
    )
