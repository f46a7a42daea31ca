"""Dates are said one way on pages and lists: without the year of today, with any other."""

from datetime import UTC, date, datetime

import pytest

from yimen.foundations.bus.api import act_as
from yimen.foundations.ui.api import words
from yimen.foundations.ui.templatetags.ui import day, day_words, moment, paper_day

pytestmark = pytest.mark.django_db
TODAY, LAST_YEAR = date(2026, 11, 22), date(2025, 3, 2)
MORNING = datetime(2026, 11, 22, 1, 5, tzinfo=UTC)


def test_pages_and_lists_say_a_date_the_same_way():
    with act_as(None, on=TODAY):
        assert day(TODAY) == words(TODAY) == "11月22日"
        assert day(LAST_YEAR) == words(LAST_YEAR) == "2025年3月2日"
        assert moment(MORNING) == words(MORNING) == "11月22日 09:05"
        assert (day_words(TODAY), day_words(LAST_YEAR)) == ("11月22日（周日）", "2025年3月2日（周日）")


def test_on_paper_the_year_is_always_there():
    with act_as(None, on=TODAY):
        assert paper_day(TODAY) == paper_day(MORNING) == "2026年11月22日"


def test_where_nobody_says_what_day_it_is_the_year_is_named():
    assert day(TODAY) == "2026年11月22日"


def test_no_date_is_no_text():
    assert [each(None) for each in (day, day_words, paper_day, moment, words)] == [""] * 5
