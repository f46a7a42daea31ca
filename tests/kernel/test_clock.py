from datetime import UTC, date, datetime

from yimen.kernel.clock import clock_of, day_of, full_day, spoken_day

TODAY = date(2026, 11, 22)


def test_a_day_of_this_year_is_said_without_its_year():
    assert spoken_day(date(2026, 3, 2), today=TODAY) == "3月2日"


def test_a_day_of_another_year_or_of_nobodys_today_names_its_year():
    assert spoken_day(date(2025, 12, 31), today=TODAY) == "2025年12月31日"
    assert spoken_day(TODAY, today=None) == full_day(TODAY) == "2026年11月22日"


def test_day_and_time_are_those_of_shanghai():
    late = datetime(2026, 11, 22, 17, 5, tzinfo=UTC)
    assert (day_of(late), clock_of(late)) == (date(2026, 11, 23), "01:05")
