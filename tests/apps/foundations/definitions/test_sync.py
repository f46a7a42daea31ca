"""Definition files become versions that stay."""

from datetime import date

import pytest

from yimen.foundations.definitions.api import current, current_all, working_calendar

pytestmark = pytest.mark.django_db


def test_shipped_calendars_are_in_force_after_a_sync(today):
    found = current("calendar", "2026", on=today)
    assert found.body.year == 2026
    assert [one.key for one in current_all("calendar", on=today)] == ["2025", "2026"]


def test_a_make_up_day_counts_as_a_working_day(today):
    calendar = working_calendar(on=today)
    assert calendar.is_working_day(date(2026, 2, 14))
    assert not calendar.is_working_day(date(2026, 10, 7))
    assert calendar.is_working_day(date(2027, 2, 8)).provisional_years == (2027,)
